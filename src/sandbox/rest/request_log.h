// src/sandbox/rest/request_log.h: every request that reached the API, in order.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/server/instant.h"

namespace convene::sandbox {

struct RequestRecord {
    long long n = 0;  ///< 1, 2, 3 … also over restarts with a state file
    Instant time{};
    std::string method;
    std::string path;
    std::string query;
    std::optional<int> status;  ///< what the client was told; none when it was told nothing
    bool write = false;         ///< anything but GET
    std::string bucket;         ///< route name; "" for no such route
    std::string violation;      ///< "" for none
    std::string fault;          ///< mode of the scripted fault that struck; "" for none
    bool committed = false;     ///< a write that was carried out
};

[[nodiscard]] nlohmann::json to_json(const RequestRecord& record);
[[nodiscard]] RequestRecord request_record_from(const nlohmann::json& json);

class RequestLog {
public:
    /// Numbers the record and keeps it; returns its number.
    long long add(RequestRecord record);
    /// Takes one over from a state file; a later one of the same number replaces it.
    void restore(RequestRecord record);
    /// n must be one that was given out.
    [[nodiscard]] RequestRecord& at(long long n) { return records_.at(static_cast<std::size_t>(n - 1)); }
    /// Those with a greater number than `n`.
    [[nodiscard]] nlohmann::json after(long long n) const;
    [[nodiscard]] const std::vector<RequestRecord>& all() const { return records_; }

private:
    std::vector<RequestRecord> records_;  ///< the one numbered n at n - 1
};

}  // namespace convene::sandbox
