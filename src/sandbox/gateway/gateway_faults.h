// src/sandbox/gateway/gateway_faults.h: accidents of delivery that are yet to happen.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace convene::sandbox {

enum class DeliveryFault {
    none,
    lose,       ///< the event never comes, not by a resume either
    duplicate,  ///< it comes twice, as two events
    reorder,    ///< it waits until as many as were ordered wait, which then come last first
};

class GatewayFaults {
public:
    /// \param event  name of the dispatch it concerns, "" for any
    void add(DeliveryFault fault, std::string event, int count);
    /// What befalls the next event of this name; counts it.
    [[nodiscard]] DeliveryFault strike(const std::string& event);
    /// Whether more events of this name are to be held back for a reorder.
    [[nodiscard]] bool more_to_hold(const std::string& event) const;

    void lose_acks(int count) { acks_to_lose_ += count; }
    [[nodiscard]] bool ack_is_lost();

    void clear() { *this = {}; }
    [[nodiscard]] nlohmann::json describe() const;

private:
    struct Order {
        DeliveryFault fault = DeliveryFault::none;
        std::string event;
        int left = 0;
    };
    std::vector<Order> orders_;
    int acks_to_lose_ = 0;
};

}  // namespace convene::sandbox
