#include "tests/support/synthetic_cohort.h"

#include <gtest/gtest.h>

#include <set>

#include "core/model/problem.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

TEST(SyntheticCohort, the_same_seed_gives_the_same_bytes_and_another_seed_others) {
    const auto bytes = [](std::uint64_t seed) {
        return write_cohort_file(synthetic_cohort({.participants = 60, .seed = seed}, zone_table()));
    };
    EXPECT_EQ(bytes(7), bytes(7));
    EXPECT_NE(bytes(7), bytes(8));
}

TEST(SyntheticCohort, every_size_makes_a_problem_that_survives_its_file) {
    for (const int participants : {5, 100, 20'000}) {
        const CohortFile file = synthetic_cohort({.participants = participants}, zone_table());
        const auto problem = Problem::build(file.problem);
        ASSERT_TRUE(problem) << to_string(problem.error().front());
        EXPECT_EQ(problem->participants().size(), static_cast<std::size_t>(participants));
        EXPECT_EQ(problem->facilitators().size(), static_cast<std::size_t>((participants * 15 + 99) / 100));
        if (participants > 100) continue;
        const auto again = read_cohort_file(write_cohort_file(file), zone_table());
        ASSERT_TRUE(again) << to_string(again.error().front());
        EXPECT_TRUE(again->warnings.empty());
        EXPECT_EQ(again->contacts, file.contacts);
    }
}

TEST(SyntheticCohort, people_come_from_twelve_zones_and_some_have_no_hours) {
    const CohortFile file = synthetic_cohort({.participants = 1000}, zone_table());
    std::set<ZonePtr> zones;
    int without_hours = 0;
    int with_if_needed = 0;
    for (const Person& person : file.problem.people) {
        zones.insert(person.zone);
        without_hours += person.available.empty() && person.if_needed.empty() ? 1 : 0;
        with_if_needed += person.if_needed.empty() ? 0 : 1;
    }
    EXPECT_EQ(zones.size(), 12U);
    EXPECT_GT(without_hours, 10);
    EXPECT_LT(without_hours, 100);
    EXPECT_GT(with_if_needed, 600);
}

}  // namespace
}  // namespace convene::test
