#include "core/solve/alternatives.h"

#include <optional>

#include "core/solve/branch_and_cut.h"
#include "core/solve/polish/polish.h"
#include "core/solve/search.h"

namespace convene {
namespace {

/// Work spent on one alternative. Counted, not timed, so that the plans do not depend on the machine.
constexpr long kMostNodes = 200;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class Alternatives {
public:
    Alternatives(const Problem& problem, const SolveOptions& options)
        : options_(options), found_(search(problem, options)), uses_(found_.instance.slots.size(), 0) {}

    std::vector<Plan> run(int count) {
        Solution first = polish(found_.instance, found_.best, options_.should_stop);
        remember(first);
        add(first);
        while (static_cast<int>(plans_.size()) < count && !stopped()) {
            std::optional<Solution> other = most_different();
            if (!other) break;
            Solution even = polish(found_.instance, *std::move(other), options_.should_stop);
            if (!has_new_time(even)) break;
            remember(even);
            add(even);
        }
        return std::move(plans_);
    }

private:
    [[nodiscard]] bool stopped() const { return options_.should_stop && options_.should_stop(); }

    void add(const Solution& solution) { plans_.push_back(proven_plan(found_, solution, options_.seed)); }

    /// Counts each plan once per slot that it uses.
    void remember(const Solution& solution) {
        int last = -1;
        for (const Solution::Group& group : solution.groups) {
            if (group.slot != last) ++uses_[at(group.slot)];
            last = group.slot;
        }
    }
    [[nodiscard]] bool has_new_time(const Solution& solution) const {
        for (const Solution::Group& group : solution.groups)
            if (uses_[at(group.slot)] == 0 && found_.instance.slots[at(group.slot)].fixed < 0) return true;
        return false;
    }

    /// Among the plans as good as the best that have a group at a fresh time, one with few groups at used
    /// ones.
    std::optional<Solution> most_different() {
        const Program& program = found_.program;
        BranchAndCutRequest request;
        request.objective.assign(program.columns.size(), 0);
        Program::Row fresh{1, 1e30, {}};
        for (std::size_t s = 0; s < uses_.size(); ++s) {
            const int column = program.groups_column[s];
            if (column < 0) continue;
            request.objective[at(column)] = uses_[s];
            if (uses_[s] == 0) fresh.terms.emplace_back(column, 1);
        }
        if (fresh.terms.empty()) return std::nullopt;
        request.extra_rows.push_back(std::move(fresh));
        request.start = write_solution(found_.instance, program, found_.best);
        add_as_good(request);
        request.most_nodes = kMostNodes;
        request.should_stop = options_.should_stop;
        std::optional<Solution> other;
        request.on_better = [&](int, const std::vector<double>& values) {
            other = read_solution(found_.instance, program, values);
        };
        (void)branch_and_cut(program, request);
        return other;
    }

    void add_as_good(BranchAndCutRequest& request) const {
        Program::Row placed{static_cast<double>(found_.best.placed), 1e30, {}};
        Program::Row if_needed{-1e30, static_cast<double>(found_.best.if_needed), {}};
        const auto& columns = found_.program.columns;
        for (std::size_t j = 0; j < columns.size(); ++j) {
            if (columns[j].people > 0) placed.terms.emplace_back(static_cast<int>(j), columns[j].people);
            if (columns[j].cost > 0) if_needed.terms.emplace_back(static_cast<int>(j), columns[j].cost);
        }
        request.place_all = found_.everybody;
        if (!found_.everybody && !placed.terms.empty()) request.extra_rows.push_back(std::move(placed));
        if (!if_needed.terms.empty()) request.extra_rows.push_back(std::move(if_needed));
    }

    const SolveOptions& options_;
    const SearchResult found_;
    std::vector<int> uses_;  ///< by slot: plans so far that have a group there
    std::vector<Plan> plans_;
};

}  // namespace

std::vector<Plan> solve_alternatives(const Problem& problem, int count, const SolveOptions& options) {
    return Alternatives(problem, options).run(count);
}

}  // namespace convene
