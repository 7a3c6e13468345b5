#include "sandbox/rest/request_log.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
namespace {
using nlohmann::json;
json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}
std::string text_of(const json& value) {
    return value.is_string() ? value.get<std::string>() : "";
}
}  // namespace

json to_json(const RequestRecord& record) {
    return {{"n", record.n},
            {"time", to_iso(record.time)},
            {"method", record.method},
            {"path", record.path},
            {"query", record.query},
            {"status", record.status ? json(*record.status) : json(nullptr)},
            {"write", record.write},
            {"bucket", text_or_null(record.bucket)},
            {"violation", text_or_null(record.violation)},
            {"fault", text_or_null(record.fault)},
            {"committed", record.committed}};
}

RequestRecord request_record_from(const json& value) {
    RequestRecord record;
    record.n = value.at("n").get<long long>();
    record.time = parse_iso(value.at("time").get<std::string>()).value_or(Instant{});
    record.method = value.at("method").get<std::string>();
    record.path = value.at("path").get<std::string>();
    record.query = value.at("query").get<std::string>();
    if (value.at("status").is_number()) record.status = value.at("status").get<int>();
    record.write = value.at("write").get<bool>();
    record.bucket = text_of(value.at("bucket"));
    record.violation = text_of(value.at("violation"));
    record.fault = text_of(value.at("fault"));
    record.committed = value.at("committed").get<bool>();
    return record;
}

long long RequestLog::add(RequestRecord record) {
    record.n = static_cast<long long>(records_.size()) + 1;
    records_.push_back(std::move(record));
    return records_.back().n;
}

void RequestLog::restore(RequestRecord record) {
    const auto index = static_cast<std::size_t>(record.n - 1);
    if (index >= records_.size()) records_.resize(index + 1);
    records_[index] = std::move(record);
}

json RequestLog::after(long long n) const {
    json out = json::array();
    const auto first = static_cast<std::size_t>(std::max(0LL, n));
    for (std::size_t i = first; i < records_.size(); ++i) out.push_back(to_json(records_[i]));
    return out;
}

}  // namespace convene::sandbox
