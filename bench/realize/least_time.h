// bench/realize/least_time.h: what nobody can be faster than.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace convene::bench {

struct LeastTime {
    double seconds = 0;
    std::string bucket;  ///< the limit that takes longest
    int requests = 0;    ///< drawn on it
};

/// Of the requests of a run without accidents: n requests on a limit of L in each window of W need
/// (⌈n / L⌉ − 1) · W, however they are spread, and the slowest limit decides. Answers are taken to come at
/// once. \param requests  the sandbox's log \param settings  the sandbox's
[[nodiscard]] LeastTime least_time(const nlohmann::json& requests, const nlohmann::json& settings);

}  // namespace convene::bench
