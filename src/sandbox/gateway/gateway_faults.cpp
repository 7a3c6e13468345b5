#include "sandbox/gateway/gateway_faults.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
namespace {
const char* name_of(DeliveryFault fault) {
    switch (fault) {
        case DeliveryFault::lose:
            return "lose";
        case DeliveryFault::duplicate:
            return "duplicate";
        case DeliveryFault::reorder:
            return "reorder";
        default:
            return "none";
    }
}
}  // namespace

void GatewayFaults::add(DeliveryFault fault, std::string event, int count) {
    orders_.push_back({fault, std::move(event), count});
}

DeliveryFault GatewayFaults::strike(const std::string& event) {
    for (auto order = orders_.begin(); order != orders_.end(); ++order) {
        if (!order->event.empty() && order->event != event) continue;
        const DeliveryFault fault = order->fault;
        if (--order->left == 0) orders_.erase(order);
        return fault;
    }
    return DeliveryFault::none;
}

bool GatewayFaults::more_to_hold(const std::string& event) const {
    return std::any_of(orders_.begin(), orders_.end(), [&](const Order& order) {
        return order.fault == DeliveryFault::reorder && (order.event.empty() || order.event == event);
    });
}

bool GatewayFaults::ack_is_lost() {
    if (acks_to_lose_ == 0) return false;
    --acks_to_lose_;
    return true;
}

nlohmann::json GatewayFaults::describe() const {
    nlohmann::json out = nlohmann::json::array();
    for (const Order& order : orders_) {
        out.push_back({{"action", name_of(order.fault)}, {"event", order.event}, {"left", order.left}});
    }
    if (acks_to_lose_ > 0) out.push_back({{"action", "lose_acks"}, {"left", acks_to_lose_}});
    return out;
}

}  // namespace convene::sandbox
