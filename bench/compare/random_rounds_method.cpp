// The method of cohort-scheduler: many rounds in random order, the best one is kept. It knows no bound.
#include "bench/compare/method.h"
#include "bench/compare/orders.h"

namespace convene::bench {

Answer run_random_rounds(const Problem& problem, double limit_s) {
    constexpr int kRounds = 1000;
    const Stopwatch watch;
    const Instance instance = compile(problem);
    test::RandomNumbers random(1);
    Answer answer;
    answer.status = "feasible";
    for (int round = 0; round < kRounds && watch.cpu_s() < limit_s; ++round) {
        const Objective found = follow(instance, random_order(instance, random));
        if (round > 0 && !better(found, answer.best)) continue;
        answer.best = found;
        answer.moments.push_back({watch.wall_s(), watch.cpu_s(), found, std::nullopt});
    }
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, std::nullopt});
    return answer;
}

}  // namespace convene::bench
