// bench/compare/orders.h: plans made by letting facilitators choose a start, one after the other.
#pragma once
#include <vector>

#include "core/model/plan.h"
#include "core/solve/instance.h"
#include "tests/support/random_numbers.h"

namespace convene::bench {

/// One choice: a leader takes the start at this place of their list, if it is still possible.
struct Choice {
    int leader = 0;
    int position = 0;
};

/// All choices there are, in random order.
[[nodiscard]] std::vector<Choice> random_order(const Instance& instance, test::RandomNumbers& random);

/// Follows the choices in turn; each possible one forms a group of those still free there, the cheap
/// and the less flexible first. The plan obeys R1 to R6; sets and fixed groups are not known here.
[[nodiscard]] Objective follow(const Instance& instance, const std::vector<Choice>& order);

/// More placed, or as many with less if-needed time.
[[nodiscard]] bool better(Objective a, Objective b);

}  // namespace convene::bench
