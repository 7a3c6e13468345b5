#include "bench/compare/method.h"

#include <sys/resource.h>

#include <chrono>

namespace convene::bench {
namespace {

double wall_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](timeval t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Stopwatch::Stopwatch() : wall_begin_(wall_now()), cpu_begin_(cpu_now()) {}
double Stopwatch::wall_s() const {
    return wall_now() - wall_begin_;
}
double Stopwatch::cpu_s() const {
    return cpu_now() - cpu_begin_;
}

std::vector<Method> all_methods() {
    return {{"convene", run_convene}, {"cbc-weighted", run_cbc_weighted},   {"cbc-in-turn", run_cbc_in_turn},
            {"glpk", run_glpk},       {"random-rounds", run_random_rounds}, {"genetic", run_genetic}};
}

}  // namespace convene::bench
