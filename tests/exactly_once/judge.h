// tests/exactly_once/judge.h: whether a server holds each thing of a cohort once.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace convene::test {

/// What is wrong, or an empty text. Compares the sandbox's state, its request log and its list of leaks with
/// the groups in the database.
/// \param accident_strikes_others  whether requests under way when a limit struck may have run into it
[[nodiscard]] std::string fault_of(const nlohmann::json& state, const nlohmann::json& requests,
                                   const nlohmann::json& leaks, const std::string& database_url,
                                   bool accident_strikes_others);

}  // namespace convene::test
