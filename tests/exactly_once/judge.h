// tests/exactly_once/judge.h: whether a server holds each thing of a cohort once.
#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace convene::test {

/// What stands beside one of each thing, or in its place.
struct Traces {
    std::map<std::string, std::size_t> notices{};  ///< messages after the welcome, by the group's name
    std::string deletes{};                         ///< in the path of what may be deleted; empty: nothing may
    bool archived = false;                         ///< read only, and without events
};

/// What is wrong, or an empty text. Compares the sandbox's state, its request log and its list of who saw
/// what with the groups in the database.
/// \param accident_strikes_others  whether requests under way when a limit struck may have run into it
[[nodiscard]] std::string fault_of(const nlohmann::json& state, const nlohmann::json& requests,
                                   const nlohmann::json& leaks, const std::string& database_url,
                                   const Traces& traces, bool accident_strikes_others);

}  // namespace convene::test
