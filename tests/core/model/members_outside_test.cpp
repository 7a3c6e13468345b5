#include "core/model/members_outside.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/time/meeting_series.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::ProblemBuilder;
using testing::ElementsAre;
using testing::IsEmpty;

/// The group of l and n that meets Monday 18:00 in London, eight weeks from 2 March 2026.
PlannedGroup london_group() {
    PlannedGroup group;
    group.anchor = "Europe/London";
    group.start = test::weekly_start("Mon 18:00");
    group.facilitator = "l";
    group.participants = {"n", "stranger"};
    group.meetings = meeting_instants(*test::zone(group.anchor), group.start, test::date("2026-03-02"), 8);
    return group;
}

TEST(MembersOutside, pitfall_8_weeks_in_which_only_one_countrys_clocks_have_changed_show_who_cannot_come) {
    const Problem problem = ProblemBuilder()
                                .start_date("2026-03-02")
                                .anchor("Europe/London")
                                .first_meeting_only()
                                .facilitator("l", "Europe/London", "Mon 18:00-19:00")
                                .participant("n", "America/New_York", "Mon 13:00-14:00")
                                .build();
    // US clocks change on 8 March, British ones on the 29th: meetings 2 to 4 are at 14:00 in New York.
    EXPECT_THAT(members_outside(problem, london_group()),
                ElementsAre(IsEmpty(), ElementsAre("n"), ElementsAre("n"), ElementsAre("n"), IsEmpty(),
                            IsEmpty(), IsEmpty(), IsEmpty()));
}

TEST(MembersOutside, if_needed_hours_count_only_where_the_rules_use_them) {
    ProblemBuilder builder;
    builder.start_date("2026-03-02").facilitator("l", "Europe/London", "", 2, "Mon 18:00-19:00");
    EXPECT_THAT(members_outside(builder.build(), london_group())[0], IsEmpty());
    EXPECT_THAT(members_outside(builder.no_if_needed().build(), london_group())[0], ElementsAre("l"));
}

TEST(MembersOutside, hours_kept_in_utc_do_not_follow_the_clocks_of_their_owner) {
    ProblemBuilder builder;
    builder.start_date("2026-03-02").participant("n", "America/New_York", "Mon 18:00-19:00");
    builder.input().people[0].hours_zone = utc_zone();
    const auto outside = members_outside(builder.build(), london_group());
    EXPECT_THAT(outside[0], IsEmpty());         // 18:00 in London is 18:00 UTC
    EXPECT_THAT(outside[4], ElementsAre("n"));  // and 17:00 UTC from 30 March on
}

}  // namespace
}  // namespace convene
