#include "core/solve/search.h"

#include <limits>
#include <numeric>
#include <utility>

#include "core/solve/branch_and_cut.h"
#include "core/solve/greedy.h"
#include "core/solve/plan_builder.h"
#include "core/solve/thin.h"

namespace convene {
namespace {

/// Nodes searched for a plan that leaves nobody out before it is doubted that there is one.
constexpr long kPatience = 100;
/// Beyond this size a small part of the program is tried first.
constexpr std::size_t kManyColumns = 2000;
constexpr std::size_t kSlotsPerUnit = 5;
/// Up to so many implied rows are written down at once: one linear program instead of ten small steps.
constexpr std::size_t kFewRows = 330;

class Searcher {
public:
    Searcher(const Problem& problem, const SolveOptions& options)
        : options_(options), instance_(compile(problem)) {}

    SearchResult run() {
        for (const Unit& unit : instance_.units) all_units_ += unit.size();
        most_placed_ = all_units_;
        best_ = greedy(instance_);
        report();
        program_ = make_program(instance_);
        if (!place_all() && place_most()) need_least();
        const bool everybody = best_.placed == all_units_;
        const Objective proven = bound();
        return {std::move(instance_), std::move(program_), std::move(best_), proven, finished_, everybody};
    }

private:
    [[nodiscard]] Objective bound() const {
        // Until a plan places everybody, what such plans need says nothing about the others.
        const int least = proving_all_ && best_.placed < all_units_ ? 0 : least_if_needed_;
        return {instance_.placed_before + most_placed_, instance_.if_needed_before + least};
    }
    void report() {
        if (!options_.on_progress) return;
        options_.on_progress(
            {{instance_.placed_before + best_.placed, instance_.if_needed_before + best_.if_needed},
             bound()});
    }

    void take(const Instance& instance, const Program& program, const std::vector<double>& values) {
        best_ = read_solution(instance, program, values);
        report();
    }

    /// O1 and O2 at once, in the hope that nobody need be left out: true of most large cohorts.
    bool place_all() {
        least_if_needed_ = least_cost(instance_);
        proving_all_ = true;
        if (program_.columns.size() > kManyColumns) {
            const Instance thin = thin_out(instance_, kSlotsPerUnit);
            (void)place_all_in(thin, make_program(thin), 1);
            if (best_.placed == all_units_ && best_.if_needed == least_if_needed_) return finished_ = true;
        }
        const BranchAndCutResult result = place_all_in(instance_, program_, kPatience);
        proving_all_ = result.value.has_value();
        if (!result.value) {
            least_if_needed_ = 0;
            if (result.finished) most_placed_ = std::min(most_placed_, all_units_ - 1);
            return false;
        }
        least_if_needed_ = std::max(least_if_needed_, result.bound);
        finished_ = result.finished;
        return true;
    }

    BranchAndCutResult place_all_in(const Instance& instance, const Program& program, long patience) {
        BranchAndCutRequest request = least_if_needed_request(instance, program);
        if (&program != &program_) {
            request.on_bound = nullptr;
            request.enough = least_if_needed_;
        }
        request.place_all = true;
        request.patience = patience;
        if (best_.placed == all_units_) request.known = best_.if_needed;
        return branch_and_cut(program, request);
    }

    /// O1.
    bool place_most() {
        BranchAndCutRequest request;
        for (const Program::Column& column : program_.columns) request.objective.push_back(-column.people);
        request.known = -best_.placed;
        request.should_stop = options_.should_stop;
        request.on_better = [this](int, const std::vector<double>& values) {
            take(instance_, program_, values);
        };
        request.on_bound = [this](int value) {
            if (-value >= most_placed_) return;
            most_placed_ = -value;
            report();
        };
        if (program_.implied.size() <= kFewRows) {
            request.implied_rows.resize(program_.implied.size());
            std::iota(request.implied_rows.begin(), request.implied_rows.end(), 0);
        }
        const BranchAndCutResult result = branch_and_cut(program_, request);
        needed_rows_ = result.implied_rows;
        // Stopped before the first relaxation was solved, the search knows no bound: everybody then is.
        if (result.bound > std::numeric_limits<int>::min())
            most_placed_ = std::min(most_placed_, -result.bound);
        return result.finished;
    }

    /// O2, with as many placed as O1 found.
    void need_least() {
        BranchAndCutRequest request = least_if_needed_request(instance_, program_);
        if (best_.placed == all_units_) {
            request.place_all = true;
        } else {
            Program::Row placed{static_cast<double>(best_.placed), 1e30, {}};
            for (std::size_t j = 0; j < program_.columns.size(); ++j)
                if (program_.columns[j].people > 0)
                    placed.terms.emplace_back(static_cast<int>(j), program_.columns[j].people);
            if (!placed.terms.empty()) request.extra_rows.push_back(std::move(placed));
        }
        request.known = best_.if_needed;
        request.implied_rows = needed_rows_;
        const BranchAndCutResult result = branch_and_cut(program_, request);
        least_if_needed_ = std::max(least_if_needed_, result.bound);
        finished_ = result.finished;
    }

    BranchAndCutRequest least_if_needed_request(const Instance& instance, const Program& program) {
        BranchAndCutRequest request;
        for (const Program::Column& column : program.columns) request.objective.push_back(column.cost);
        request.should_stop = options_.should_stop;
        request.on_better = [&](int, const std::vector<double>& values) { take(instance, program, values); };
        request.on_bound = [this](int value) {
            if (value <= least_if_needed_) return;
            least_if_needed_ = value;
            report();
        };
        return request;
    }

    const SolveOptions& options_;
    Instance instance_;
    Program program_;
    Solution best_;
    bool proving_all_ = false;
    int all_units_ = 0;  ///< people in units
    int most_placed_ = 0;
    int least_if_needed_ = 0;
    bool finished_ = false;
    std::vector<int> needed_rows_;  ///< implied rows that O1 came to need
};

}  // namespace

SearchResult search(const Problem& problem, const SolveOptions& options) {
    return Searcher(problem, options).run();
}

Plan proven_plan(const SearchResult& found, const Solution& solution, std::uint64_t seed) {
    Plan plan = build_plan(found.instance, solution);
    plan.bound = found.bound;
    plan.status = found.finished ? PlanStatus::optimal : PlanStatus::feasible;
    plan.seed = seed;
    return plan;
}

}  // namespace convene
