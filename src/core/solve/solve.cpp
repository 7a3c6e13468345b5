#include "core/solve/solve.h"

#include <limits>
#include <utility>

#include "core/solve/branch_and_cut.h"
#include "core/solve/plan_builder.h"

namespace convene {
namespace {

class Solver {
public:
    Solver(const Problem& problem, const SolveOptions& options)
        : options_(options), instance_(compile(problem)), program_(make_program(instance_)) {}

    Plan run() {
        for (const Unit& unit : instance_.units) most_placed_ += unit.size();
        report();
        if (place_most()) need_least();
        Plan plan = build_plan(instance_, best_);
        plan.bound = bound();
        plan.status = finished_ ? PlanStatus::optimal : PlanStatus::feasible;
        plan.seed = options_.seed;
        return plan;
    }

private:
    [[nodiscard]] Objective bound() const {
        return {instance_.placed_before + most_placed_, instance_.if_needed_before + least_if_needed_};
    }
    void report() {
        if (!options_.on_progress) return;
        options_.on_progress(
            {{instance_.placed_before + best_.placed, instance_.if_needed_before + best_.if_needed},
             bound()});
    }

    void take(const std::vector<double>& values) {
        best_ = read_solution(instance_, program_, values);
        report();
    }

    /// O1.
    bool place_most() {
        BranchAndCutRequest request;
        for (const Program::Column& column : program_.columns) request.objective.push_back(-column.people);
        request.known = 0;
        request.should_stop = options_.should_stop;
        request.on_better = [this](int, const std::vector<double>& values) { take(values); };
        request.on_bound = [this](int value) {
            if (-value >= most_placed_) return;
            most_placed_ = -value;
            report();
        };
        const BranchAndCutResult result = branch_and_cut(program_, request);
        // Stopped before the first relaxation was solved, the search knows no bound: everybody then is.
        if (result.bound > std::numeric_limits<int>::min())
            most_placed_ = std::min(most_placed_, -result.bound);
        return result.finished;
    }

    /// O2, with as many placed as O1 found.
    void need_least() {
        BranchAndCutRequest request;
        Program::Row placed{static_cast<double>(best_.placed), 1e30, {}};
        for (std::size_t j = 0; j < program_.columns.size(); ++j) {
            request.objective.push_back(program_.columns[j].cost);
            if (program_.columns[j].people > 0)
                placed.terms.emplace_back(static_cast<int>(j), program_.columns[j].people);
        }
        if (!placed.terms.empty()) request.extra_rows.push_back(std::move(placed));
        request.known = best_.if_needed;
        request.should_stop = options_.should_stop;
        request.on_better = [this](int, const std::vector<double>& values) { take(values); };
        request.on_bound = [this](int value) {
            if (value <= least_if_needed_) return;
            least_if_needed_ = value;
            report();
        };
        const BranchAndCutResult result = branch_and_cut(program_, request);
        least_if_needed_ = std::max(least_if_needed_, result.bound);
        finished_ = result.finished;
    }

    const SolveOptions& options_;
    Instance instance_;
    Program program_;
    Solution best_;
    int most_placed_ = 0;
    int least_if_needed_ = 0;
    bool finished_ = false;
};

}  // namespace

Plan solve(const Problem& problem, const SolveOptions& options) {
    return Solver(problem, options).run();
}

}  // namespace convene
