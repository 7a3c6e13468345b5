#include "core/solve/solve.h"

#include "core/solve/polish/polish.h"
#include "core/solve/search.h"

namespace convene {

Plan solve(const Problem& problem, const SolveOptions& options) {
    SearchResult found = search(problem, options);
    const Solution even = polish(found.instance, std::move(found.best), options.should_stop);
    return proven_plan(found, even, options.seed);
}

}  // namespace convene
