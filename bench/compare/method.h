// bench/compare/method.h: a way to group a cohort, as the benchmark sees it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene::bench {

/// Something better was known at this moment.
struct Moment {
    double wall_s = 0;
    double cpu_s = 0;
    Objective best;
    std::optional<Objective> bound;
};

struct Answer {
    std::string status;  ///< `optimal`, `feasible`, `none`
    Objective best;
    std::optional<Objective> bound;  ///< what the method proved, if it proves anything
    std::string invalid;  ///< what the judge holds against the plan; empty when there is none or no plan
    std::vector<Moment> moments;
};

/// Seconds of this process since it began to measure: wall clock, and processor time of all its threads.
struct Stopwatch {
    Stopwatch();
    [[nodiscard]] double wall_s() const;
    [[nodiscard]] double cpu_s() const;

private:
    double wall_begin_;
    double cpu_begin_;
};

struct Method {
    std::string name;
    /// \param limit_s  processor seconds after which it should answer with what it has
    std::function<Answer(const Problem&, double limit_s)> run;
};

[[nodiscard]] Answer run_convene(const Problem& problem, double limit_s);
/// The exact compact 0/1 model (docs/benchmarks.md) by CBC, with W·placed − if-needed as its one objective.
[[nodiscard]] Answer run_cbc_weighted(const Problem& problem, double limit_s);
/// The same model, O1 first, then O2 with O1's value as a row.
[[nodiscard]] Answer run_cbc_in_turn(const Problem& problem, double limit_s);
/// The same model, O1 only, by GLPK's branch and bound with its cuts.
[[nodiscard]] Answer run_glpk(const Problem& problem, double limit_s);
/// 1,000 rounds of forming groups in random order, the best of them.
[[nodiscard]] Answer run_random_rounds(const Problem& problem, double limit_s);
/// A genetic algorithm over the order in which facilitators choose their starts.
[[nodiscard]] Answer run_genetic(const Problem& problem, double limit_s);

/// All of them, by name.
[[nodiscard]] std::vector<Method> all_methods();

}  // namespace convene::bench
