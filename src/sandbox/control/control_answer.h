// src/sandbox/control/control_answer.h: how the control port answers, and reads ids.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/http/http_message.h"
#include "sandbox/server/snowflake.h"

namespace convene::sandbox {

[[nodiscard]] inline HttpResponse control_answer(int status, const nlohmann::json& body) {
    return {status,
            {{"Content-Type", "application/json"}},
            body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
}
[[nodiscard]] inline HttpResponse control_refusal(const std::string& what, int status = 400) {
    return control_answer(status, {{"error", what}});
}
[[nodiscard]] inline HttpResponse control_refusal(const std::vector<std::string>& faults) {
    return control_answer(400, {{"error", faults.front()}, {"faults", faults}});
}

/// Ids may come as numbers too.
[[nodiscard]] inline std::optional<Snowflake> id_in(const nlohmann::json& body, const char* field) {
    if (!body.contains(field)) return std::nullopt;
    const nlohmann::json& value = body[field];
    if (value.is_number_unsigned() && value != 0) return value.get<Snowflake>();
    return value.is_string() ? parse_snowflake(value.get_ref<const std::string&>()) : std::nullopt;
}

}  // namespace convene::sandbox
