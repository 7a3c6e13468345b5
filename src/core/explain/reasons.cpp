#include "core/explain/reasons.h"

#include <algorithm>
#include <string>

#include "core/explain/reasoner.h"

namespace convene {

std::vector<UnplacedPerson> explain_unplaced(const Problem& problem, const Plan& plan) {
    CaseFile file(problem, plan);
    Reasoner reasoner(file);
    std::vector<UnplacedPerson> explained;
    for (const int person : file.seating.unplaced()) explained.push_back(reasoner.explain(person));
    return explained;
}

}  // namespace convene
