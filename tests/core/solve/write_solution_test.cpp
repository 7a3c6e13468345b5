// A solution written down as values of columns says what it said.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/solve/search.h"
#include "tests/support/random_cohort.h"

namespace convene::test {
namespace {

TEST(WriteSolution, is_read_back_and_breaks_no_row_where_nobody_picks_a_group) {
    int plain = 0;
    int picked = 0;
    for (std::uint64_t number = 0; number < 400; ++number) {
        const auto problem = Problem::build(random_cohort(number));
        if (!problem) continue;
        const SearchResult found = search(*problem, {});
        const std::vector<double> values = write_solution(found.instance, found.program, found.best);
        const Solution again = read_solution(found.instance, found.program, values);
        EXPECT_EQ(again.placed, found.best.placed) << "cohort " << number;
        EXPECT_EQ(again.if_needed, found.best.if_needed) << "cohort " << number;
        EXPECT_EQ(again.groups.size(), found.best.groups.size()) << "cohort " << number;
        const bool picks = std::any_of(found.instance.units.begin(), found.instance.units.end(),
                                       [](const Unit& unit) { return unit.special; });
        EXPECT_TRUE(picks || is_solution(found.program, values)) << "cohort " << number;
        ++(picks ? picked : plain);
    }
    EXPECT_GE(plain, 50);
    EXPECT_GE(picked, 50);
}

}  // namespace
}  // namespace convene::test
