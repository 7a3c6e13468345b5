#include "app/review_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class ReviewGroups : public ::testing::Test {
protected:
    CohortReview review(const std::vector<GroupId>& realized = {}) {
        auto reviewed = review_groups(*store_.load_cohort(cohort_), zone_table(), realized);
        if (!reviewed) throw std::runtime_error(to_string(reviewed.error().front()));
        return *std::move(reviewed);
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
};

TEST_F(ReviewGroups, pitfall_8_weeks_in_which_clocks_differ_show_who_falls_outside) {
    // London and New York from 2 March 2026: New York's clocks change on the 8th, London's on the 29th.
    store_.rows(cohort_).cohort.start_date = date("2026-03-02");
    store_.rows(cohort_).cohort.settings.rules.min_size = 1;
    const UserId london = store_.add_facilitator(cohort_, "london", "Europe/London", "Mon 15:00-16:00");
    const UserId york = store_.add_participant(cohort_, "york", "America/New_York", "Mon 10:00-11:00");
    store_.add_group(cohort_, "Group 1", "Mon 15:00", london, {york});
    const ReviewedGroup group = review().groups.at(0);
    ASSERT_EQ(group.meetings.size(), 8u);
    EXPECT_EQ(group.anchor, "UTC");
    const ReviewedMember& first = group.members.at(0);
    const ReviewedMember& second = group.members.at(1);
    EXPECT_EQ(first.name, "london") << "facilitators first";
    EXPECT_EQ(first.local_times,
              (std::vector<LocalTimeSpell>{{0, date("2026-03-02"), weekly_start("Mon 15:00")},
                                           {4, date("2026-03-30"), weekly_start("Mon 16:00")}}));
    EXPECT_EQ(second.local_times,
              (std::vector<LocalTimeSpell>{{0, date("2026-03-02"), weekly_start("Mon 10:00")},
                                           {1, date("2026-03-09"), weekly_start("Mon 11:00")}}));
    EXPECT_EQ(first.outside, (std::vector<int>{4, 5, 6, 7}));
    EXPECT_EQ(second.outside, (std::vector<int>{1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(group.meetings[0].outside, std::vector<UserId>{});
    EXPECT_EQ(group.meetings[1].outside, std::vector<UserId>{york});
    EXPECT_EQ(group.meetings[4].outside, (std::vector<UserId>{london, york}));
    EXPECT_THAT(group.violations, Contains(HasSubstr("R3: ")));
}

TEST_F(ReviewGroups, if_needed_hours_pins_sizes_and_homes_are_shown) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    const UserId a = store_.add_participant(cohort_, "a", "UTC", "always");
    const UserId b = store_.add_participant(cohort_, "b", "UTC", "", "Tue 18:00-19:00");
    const GroupId id = store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {a, b});
    for (MembershipRow& member : store_.group(cohort_, id).members) member.pinned = member.user_id == a;
    store_.group(cohort_, id).pinned = true;
    const ReviewedGroup group = review({id}).groups.at(0);
    EXPECT_TRUE(group.pinned);
    EXPECT_TRUE(group.realized);
    EXPECT_EQ(group.size, 2);
    EXPECT_EQ(group.meeting_time_utc, "Tuesday 18:00");
    EXPECT_FALSE(group.members[1].if_needed);
    EXPECT_TRUE(group.members[1].pinned);
    EXPECT_TRUE(group.members[2].if_needed);
    EXPECT_TRUE(group.members[2].outside.empty());
    EXPECT_THAT(group.violations, Contains(HasSubstr("R2: "))) << "two of at least four";
    store_.rows(cohort_).cohort.settings.rules.count_facilitator = true;
    EXPECT_EQ(review().groups.at(0).size, 3);
}

TEST_F(ReviewGroups, members_whose_hours_cannot_be_read_are_not_called_absent) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    const UserId bad = store_.add_participant(cohort_, "bad", "UTC", "always");
    store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {bad});
    store_.signup(cohort_, bad).availability_local = "[]";
    const ReviewedMember member = review().groups.at(0).members.at(1);
    EXPECT_FALSE(member.problem.empty());
    EXPECT_TRUE(member.outside.empty());
    EXPECT_FALSE(member.local_times.empty()) << "the zone is good";
}

TEST_F(ReviewGroups, a_group_of_another_program_shows_the_meetings_its_time_means) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    GroupRow& row = store_.group(cohort_, store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {}));
    row.meetings.clear();
    row.anchor.reset();
    row.anchor_start.reset();
    row.recurring_meeting_time_utc = "Tuesday 18:00 - 19:00";
    const ReviewedGroup group = review().groups.at(0);
    EXPECT_EQ(group.meetings.size(), 8u);
    EXPECT_EQ(group.meeting_time_utc, "Tuesday 18:00");
}

TEST_F(ReviewGroups, whoever_is_in_no_running_group_waits_and_ended_groups_are_left_out) {
    const UserId a = store_.add_participant(cohort_, "a", "UTC", "always");
    store_.add_participant(cohort_, "b", "UTC", "always");
    const GroupId id = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {a});
    store_.group(cohort_, id).status = GroupStatus::cancelled;
    const CohortReview reviewed = review();
    EXPECT_TRUE(reviewed.groups.empty());
    ASSERT_EQ(reviewed.waiting.size(), 2u);
    EXPECT_EQ(reviewed.waiting[0].name, "a");
    EXPECT_EQ(reviewed.waiting[0].grouping_status, GroupingStatus::grouped) << "as the database says";
}

}  // namespace
}  // namespace convene::test
