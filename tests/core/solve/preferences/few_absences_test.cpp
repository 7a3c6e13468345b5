#include <gtest/gtest.h>

#include "tests/support/solved.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

int absences(const Plan& plan) {
    int sum = 0;
    for (const PlannedGroup& group : plan.groups)
        for (const auto& meeting : group.outside) sum += static_cast<int>(meeting.size());
    return sum;
}

TEST(FewAbsences, of_two_times_that_fit_first_the_one_that_fits_longer_is_taken) {
    // New York is free 17:00-19:00 UTC in October and 18:00-20:00 from the third meeting on.
    ProblemBuilder cohort;
    cohort.start_date("2025-10-20")
        .meetings(4)
        .step(60)
        .first_meeting_only()
        .facilitator("f", "UTC", "Tue 17:00-20:00", 1)
        .participants(4, "p", "America/New_York", "Tue 13:00-15:00");
    const Plan plan = solved(cohort.build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].start, weekly_start("Tue 18:00"));
    EXPECT_EQ(absences(plan), 0);
}

TEST(FewAbsences, people_go_where_they_can_stay) {
    // Two groups of four at once would do in October; later only Londoners still have the hour of `early`.
    ProblemBuilder cohort;
    cohort.start_date("2025-10-20")
        .meetings(4)
        .step(60)
        .sizes(2, 2)
        .first_meeting_only()
        .facilitator("early", "UTC", "Tue 17:00-18:00", 1)
        .facilitator("late", "UTC", "Tue 18:00-19:00", 1)
        .participants(2, "any", "UTC", "Tue 17:00-19:00")
        .participants(2, "ny", "America/New_York", "Tue 13:00-15:00");
    const Plan plan = solved(cohort.build());
    ASSERT_EQ(plan.groups.size(), 2U);
    EXPECT_EQ(absences(plan), 0);
}

}  // namespace
}  // namespace convene::test
