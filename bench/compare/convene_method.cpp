#include "bench/compare/method.h"
#include "core/rules/check_plan.h"
#include "core/solve/solve.h"

namespace convene::bench {

Answer run_convene(const Problem& problem, double limit_s) {
    const Stopwatch watch;
    Answer answer;
    SolveOptions options;
    options.should_stop = [&] { return watch.cpu_s() > limit_s; };
    options.on_progress = [&](const SolveProgress& progress) {
        answer.moments.push_back({watch.wall_s(), watch.cpu_s(), progress.incumbent, progress.bound});
    };
    const Plan plan = solve(problem, options);
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), plan.objective, plan.bound});
    answer.status = to_string(plan.status);
    answer.best = plan.objective;
    answer.bound = plan.bound;
    const auto violations = check_plan(problem, plan);
    if (!violations.empty()) answer.invalid = violations.front().rule + ": " + violations.front().message;
    return answer;
}

}  // namespace convene::bench
