#include "core/solve/search.h"

#include <algorithm>
#include <future>
#include <limits>
#include <mutex>
#include <numeric>
#include <thread>
#include <tuple>
#include <utility>

#include "core/solve/branch_and_cut.h"
#include "core/solve/greedy.h"
#include "core/solve/improve/local_search.h"
#include "core/solve/improve/search_beside.h"
#include "core/solve/improve/seating_flow.h"
#include "core/solve/plan_builder.h"
#include "core/solve/thin.h"

namespace convene {
namespace {

/// Nodes searched for a plan that leaves nobody out before it is doubted that there is one.
constexpr long kPatience = 100;
/// Beyond this size a small part of the program is tried first.
constexpr std::size_t kManyColumns = 2500;
constexpr std::size_t kSlotsPerUnit = 5;
/// Attends that local search looks at before the linear programs.
constexpr long kWorkBefore = 400'000;
/// Beside linear programs, at most in one round, and for each of their iterations, which takes as long.
constexpr long kMostWorkBeside = 8'000'000;
constexpr long kWorkPerIteration = 3000;
/// Two threads pay in programs of so many columns.
constexpr std::size_t kWorthAThread = 150;
/// Random numbers that belong to one seed.
constexpr std::uint64_t kSeedsApart = 100;
/// How much worse it accepts at first: for more people a group, for fewer if-needed hours a few of them.
constexpr int kThresholdForMost = 2 * SeatingFlow::kPlaced;
constexpr int kThresholdForLeast = 4;
/// Up to so many implied rows are written down at once: one linear program instead of ten small steps.
constexpr std::size_t kFewRows = 330;

class Searcher {
public:
    Searcher(const Problem& problem, const SolveOptions& options)
        : options_(options),
          threads_(options.threads > 0 ? options.threads
                                       : static_cast<int>(std::thread::hardware_concurrency())),
          instance_(compile(problem)) {
        if (options.should_stop) {
            should_stop_ = [this] {
                const std::lock_guard lock(asking_);
                return options_.should_stop();
            };
        }
    }

    SearchResult run() {
        for (const Unit& unit : instance_.units) all_units_ += unit.size();
        most_placed_ = all_units_;
        best_ = greedy(instance_);
        report();
        program_ = make_program(instance_);
        search_locally(kThresholdForMost);
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

    /// Two searches side by side, for more people placed or for fewer if-needed hours.
    void search_locally(int threshold) {
        // On a thread of its own when that is allowed, or else when it is asked for.
        std::future<Solution> other =
            std::async(two_threads() ? std::launch::async : std::launch::deferred,
                       [this, start = best_, request = local_request(threshold, 1)] {
                           return local_search(instance_, program_, start, request);
                       });
        take_better(local_search(instance_, program_, best_, local_request(threshold, 0)));
        take_better(other.get());
    }
    /// Less work where there is less to choose from.
    [[nodiscard]] LocalSearchRequest local_request(int threshold, std::uint64_t number) const {
        const auto columns = static_cast<long>(program_.columns.size());
        return {kSeedsApart * options_.seed + number, std::min(kWorkBefore, columns * columns), threshold,
                should_stop_};
    }
    /// In small programs there is less to do than a thread takes to begin.
    [[nodiscard]] bool two_threads() const {
        return threads_ > 1 && program_.columns.size() >= kWorthAThread;
    }
    [[nodiscard]] long work_per_iteration() const {
        return std::min(kWorkPerIteration, 2 * static_cast<long>(program_.columns.size()));
    }
    /// While the first relaxation is solved; afterwards both threads are needed for nodes.
    void search_beside_root(BranchAndCutRequest& request, std::optional<SearchBeside>& beside, int threshold,
                            const std::function<int()>& value) {
        beside.emplace(instance_, program_, best_,
                       SearchBesideRequest{kSeedsApart * options_.seed + 2, threshold, kMostWorkBeside,
                                           two_threads(), should_stop_});
        request.news = [this, &beside, value](long iterations) {
            take_better(beside->after(iterations * work_per_iteration()));
            beside.reset();
            return value();
        };
    }
    void take_better(Solution found) {
        const auto key = [](const Solution& solution) {
            return std::tuple(-solution.placed, solution.if_needed);
        };
        if (key(found) >= key(best_)) return;
        best_ = std::move(found);
        report();
    }

    /// O1 and O2 at once, in the hope that nobody need be left out: true of most large cohorts.
    bool place_all() {
        // In small cohorts the local search finds such a plan when there is one, or else O1 will.
        if (best_.placed < all_units_ && program_.columns.size() <= kManyColumns) return false;
        least_if_needed_ = least_cost(instance_);
        proving_all_ = true;
        if (best_.placed == all_units_) search_locally(kThresholdForLeast);
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
        if (&program != &program_) request.on_bound = nullptr;
        request.place_all = true;
        request.patience = patience;
        if (best_.placed == all_units_) request.known = best_.if_needed;
        return branch_and_cut(program, request);
    }

    /// O1.
    bool place_most() {
        BranchAndCutRequest request = new_request(instance_, program_);
        for (const Program::Column& column : program_.columns) request.objective.push_back(-column.people);
        request.known = -best_.placed;
        if (instance_.standing.empty())
            request.reachable = [this](int value) { return -most_in_new_groups(-value); };
        request.least_size = size_with_gaps();
        request.on_better = [this](int, const std::vector<double>& values) {
            take(instance_, program_, values);
        };
        request.on_bound = [this](int value) {
            if (-value >= most_placed_) return;
            most_placed_ = -value;
            report();
        };
        std::optional<SearchBeside> beside;
        search_beside_root(request, beside, kThresholdForMost, [this] { return -best_.placed; });
        if (program_.implied.size() <= kFewRows) {
            request.deferred_rows.resize(program_.implied.size());
            std::iota(request.deferred_rows.begin(), request.deferred_rows.end(), 0);
        }
        const BranchAndCutResult result = branch_and_cut(program_, request);
        needed_rows_ = result.deferred_rows;
        cuts_ = result.cuts;
        // Stopped before the first relaxation was solved, the search knows no bound: everybody then is.
        if (result.bound > std::numeric_limits<int>::min())
            most_placed_ = std::min(most_placed_, -result.bound);
        return result.finished;
    }

    /// O2, with as many placed as O1 found.
    void need_least() {
        search_locally(kThresholdForLeast);
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
        request.least_size = size_with_gaps();
        request.extra_rows.insert(request.extra_rows.end(), cuts_.begin(), cuts_.end());
        request.deferred_rows = needed_rows_;
        std::optional<SearchBeside> beside;
        search_beside_root(request, beside, kThresholdForLeast, [this] { return best_.if_needed; });
        const BranchAndCutResult result = branch_and_cut(program_, request);
        least_if_needed_ = std::max(least_if_needed_, result.bound);
        finished_ = result.finished;
    }

    /// How many of so many people whole groups can seat: of nine in groups of six to eight, eight.
    [[nodiscard]] int most_in_new_groups(int people) const {
        return std::min(people, people / instance_.least * instance_.most);
    }
    /// What a group needs when some numbers of people above that make no whole groups, otherwise 0.
    [[nodiscard]] int size_with_gaps() const {
        return instance_.most + 1 < 2 * instance_.least ? instance_.least : 0;
    }

    [[nodiscard]] BranchAndCutRequest new_request(const Instance& instance, const Program& program) const {
        BranchAndCutRequest request;
        request.start = write_solution(instance, program, best_);
        request.should_stop = should_stop_;
        request.threads = two_threads();
        return request;
    }

    BranchAndCutRequest least_if_needed_request(const Instance& instance, const Program& program) {
        BranchAndCutRequest request = new_request(instance, program);
        for (const Program::Column& column : program.columns) request.objective.push_back(column.cost);
        request.on_better = [&](int, const std::vector<double>& values) { take(instance, program, values); };
        request.on_bound = [this](int value) {
            if (value <= least_if_needed_) return;
            least_if_needed_ = value;
            report();
        };
        return request;
    }

    const SolveOptions& options_;
    const int threads_;
    std::mutex asking_;
    std::function<bool()> should_stop_;  ///< of the options, asked by one thread at a time; may be empty
    Instance instance_;
    Program program_;
    Solution best_;
    bool proving_all_ = false;
    int all_units_ = 0;  ///< people in units
    int most_placed_ = 0;
    int least_if_needed_ = 0;
    bool finished_ = false;
    std::vector<int> needed_rows_;    ///< deferred rows that O1 came to need
    std::vector<Program::Row> cuts_;  ///< that O1 found
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
