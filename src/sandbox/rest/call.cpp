#include "sandbox/rest/call.h"

#include <fmt/format.h>

#include <charconv>

#include "sandbox/server/form.h"

namespace convene::sandbox {

Result<long long> Call::query_number(const std::string& name, long long least, long long greatest,
                                     long long otherwise) const {
    const auto found = query.find(name);
    if (found == query.end()) return otherwise;
    const std::string& text = found->second;
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    FormFaults faults;
    if (error != std::errc() || end != text.data() + text.size()) {
        faults.add({name}, "NUMBER_TYPE_COERCE", fmt::format("Value \"{}\" is not int.", text));
    } else if (number < least) {
        faults.add({name}, "NUMBER_TYPE_MIN",
                   fmt::format("int value should be greater than or equal to {}.", least));
    } else if (number > greatest) {
        faults.add({name}, "NUMBER_TYPE_MAX",
                   fmt::format("int value should be less than or equal to {}.", greatest));
    }
    if (!faults.empty()) return faults.refusal();
    return number;
}

std::optional<Snowflake> Call::query_id(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::nullopt : parse_snowflake(found->second);
}

}  // namespace convene::sandbox
