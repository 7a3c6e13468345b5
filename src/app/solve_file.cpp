#include "app/solve_file.h"

#include <iterator>
#include <utility>

#include "app/find_plan.h"
#include "formats/cohort_file.h"
#include "formats/plan_file.h"

namespace convene {

tl::expected<SolvedFile, InputFaults> solve_file(std::string_view cohort_text, const ZoneTable& zones,
                                                 const SolveFileOptions& options) {
    using SteadyClock = std::chrono::steady_clock;
    const SteadyClock::time_point begun = SteadyClock::now();
    auto file = read_cohort_file(cohort_text, zones);
    if (!file) return tl::unexpected(std::move(file).error());
    const auto problem = Problem::build(std::move(file->problem));
    if (!problem) return tl::unexpected(problem.error());

    SolveOptions solving;
    solving.seed = options.seed;
    solving.threads = options.threads;
    solving.on_progress = options.on_progress;
    solving.should_stop = [&options] {
        return (options.should_stop && options.should_stop()) ||
               (options.deadline && SteadyClock::now() >= *options.deadline);
    };
    SolvedFile solved;
    std::vector<Plan> plans = find_plans(*problem, options.plans, solving);
    solved.plan = std::move(plans.front());
    solved.alternatives.assign(std::make_move_iterator(plans.begin() + 1),
                               std::make_move_iterator(plans.end()));
    const std::chrono::duration<double, std::milli> elapsed = SteadyClock::now() - begun;
    solved.plan_text = write_plan_file(solved.plan, elapsed.count(), solved.alternatives);
    solved.warnings = std::move(file->warnings);
    return solved;
}

}  // namespace convene
