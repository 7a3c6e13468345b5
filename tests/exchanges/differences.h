// tests/exchanges/differences.h: where what is said differs from Discord's OpenAPI description, and why.
//
// The description is generated from Discord's source, says of itself that it
// may change, and in these points contradicts the documentation, which is what
// convene and the sandbox follow. A difference that no longer occurs must go.
#pragma once
#include <regex>
#include <string>
#include <vector>

namespace convene::sandbox {

struct Difference {
    enum class In { request, answer } in;
    const char* operation;  ///< expression for the operation's name
    const char* fault;      ///< expression for what the description holds against it
    const char* why;
};

[[nodiscard]] inline const std::vector<Difference>& differences() {
    using enum Difference::In;
    static const std::vector<Difference> list{
        {request, "create_guild_channel|update_channel|set_channel_permission_overwrite",
         R"(\.(allow|deny): "\d+" is not of type \["integer","null"\]$)",
         "Decimal strings in the documentation, since numbers in JSON are safe to 2^53 only; every client "
         "sends those."},
        {request, "bulk_set_guild_application_commands",
         R"(\.default_member_permissions: "\d+" is not of type \["integer","null"\]$)",
         "Permissions again: decimal strings in the documentation."},
        {answer, ".*", R"(^\$\.errors)",
         "Inner codes are texts in the documentation's examples and in every report, numbers in the "
         "description."},
        {answer, ".*(message|pins).*", R"(\.application_id: null is not of type \["string"\]$)",
         "Messages that answer no interaction have an explicit null since August 2026 (change log)."},
        {answer, ".*", R"(^429 \$\.code: missing$)",
         "Optional in the documentation's Rate Limit Response Structure, required in the description."},
    };
    return list;
}

/// The number of the difference that explains the fault, or -1. Faults of a
/// 429 begin with "429 ".
[[nodiscard]] inline int explanation(Difference::In in, const std::string& operation,
                                     const std::string& fault) {
    for (std::size_t i = 0; i < differences().size(); ++i) {
        const Difference& known = differences()[i];
        if (known.in == in && std::regex_match(operation, std::regex(known.operation)) &&
            std::regex_search(fault, std::regex(known.fault))) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

}  // namespace convene::sandbox
