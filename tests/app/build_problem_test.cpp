#include "app/build_problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

class BuildProblem : public ::testing::Test {
protected:
    CohortProblem build(const ProblemOverrides& overrides = {}, KeepGroups keep = KeepGroups::running) {
        auto problem = build_problem(*store_.load_cohort(cohort_), zone_table(), overrides, keep);
        if (!problem) throw std::runtime_error(to_string(problem.error().front()));
        return *std::move(problem);
    }
    const Person& person(const CohortProblem& problem, const std::string& id) {
        return problem.problem.people().at(static_cast<std::size_t>(problem.problem.index_of(id)));
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
};

TEST_F(BuildProblem, people_carry_their_reference_and_hours) {
    const UserId user =
        store_.add_participant(cohort_, "p1", "Europe/London", "Tue 18:00-20:00", "Wed 09:00-10:00");
    const CohortProblem problem = build();
    EXPECT_EQ(problem.id_of.at(user), "p1");
    EXPECT_EQ(problem.user_of.at("p1"), user);
    EXPECT_EQ(person(problem, "p1").available, hours("Tue 18:00-20:00"));
    EXPECT_EQ(person(problem, "p1").if_needed, hours("Wed 09:00-10:00"));
    EXPECT_EQ(person(problem, "p1").zone->name(), "Europe/London");
    EXPECT_EQ(problem.eligible, std::vector<UserId>{user});
}

TEST_F(BuildProblem, people_without_or_with_the_same_reference_get_their_number) {
    const UserId first = store_.add_participant(cohort_, "same", "UTC", "always");
    const UserId second = store_.add_participant(cohort_, "same", "UTC", "always");
    const UserId third = store_.add_participant(cohort_, "", "UTC", "always");
    const CohortProblem problem = build();
    EXPECT_EQ(problem.id_of.at(first), "same");
    EXPECT_EQ(problem.id_of.at(second), std::to_string(second.value));
    EXPECT_EQ(problem.id_of.at(third), std::to_string(third.value));
}

TEST_F(BuildProblem, pitfall_18_no_capacity_given_is_two_and_zero_is_none) {
    store_.add_facilitator(cohort_, "default", "UTC", "always", std::nullopt);
    store_.add_facilitator(cohort_, "paused", "UTC", "always", 0);
    store_.add_facilitator(cohort_, "five", "UTC", "always", 5);
    const CohortProblem problem = build();
    EXPECT_EQ(person(problem, "default").max_groups, 2);
    EXPECT_EQ(person(problem, "paused").max_groups, 0);
    EXPECT_EQ(person(problem, "five").max_groups, 5);
}

TEST_F(BuildProblem, pitfall_19_meetings_and_load_in_other_running_cohorts_count) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always", 3);
    const CohortId other = store_.add_cohort("Autumn");
    store_.add_group(other, "Group 1", "Tue 18:00", f, {});
    CohortProblem problem = build();
    EXPECT_EQ(problem.problem.capacity(problem.problem.index_of("f")), 2);
    ASSERT_EQ(problem.problem.bookings().size(), 8u);
    EXPECT_EQ(problem.problem.bookings().front().start, instant("2025-01-21T18:00:00Z"));

    store_.rows(other).cohort.status = CohortStatus::completed;
    problem = build();
    EXPECT_EQ(problem.problem.capacity(problem.problem.index_of("f")), 3);
    EXPECT_TRUE(problem.problem.bookings().empty());
}

TEST_F(BuildProblem, pitfall_28_malformed_rows_set_one_person_aside_each) {
    const auto spoil = [&](const char* name, const std::string& text) {
        store_.signup(cohort_, store_.add_participant(cohort_, name, "UTC", "always")).availability_local =
            text;
    };
    spoil("short-day", R"({"Tue":["09:00-10:00"]})");
    spoil("list", "[]");
    spoil("bare", "9-10");
    store_.add_participant(cohort_, "good", "UTC", "always");
    store_.add_participant(cohort_, "zone", "Mars/Olympus", "always");
    const UserId without = store_.add_participant(cohort_, "no-zone", "UTC", "always");
    store_.signup(cohort_, without).timezone.reset();

    const CohortProblem problem = build();
    ASSERT_EQ(problem.set_aside.size(), 5u);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(problem.set_aside[i].reason, SetAsideReason::malformed_availability) << i;
    EXPECT_THAT(problem.set_aside[0].message, HasSubstr("Tue"));
    EXPECT_EQ(problem.set_aside[3].reason, SetAsideReason::unknown_timezone);
    EXPECT_THAT(problem.set_aside[3].message, HasSubstr("Mars/Olympus"));
    EXPECT_EQ(problem.set_aside[4].reason, SetAsideReason::no_timezone);
    EXPECT_FALSE(person(problem, "good").available.empty());
    EXPECT_TRUE(person(problem, "zone").available.empty()) << "never taken for UTC";
    EXPECT_EQ(problem.eligible.size(), 6u) << "set aside is not vanished";
}

TEST_F(BuildProblem, an_uncertified_facilitator_is_set_aside_and_leads_nothing) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always", 3);
    store_.signup(cohort_, f).certified = false;
    const CohortProblem problem = build();
    ASSERT_EQ(problem.set_aside.size(), 1u);
    EXPECT_EQ(problem.set_aside.front().reason, SetAsideReason::not_certified);
    EXPECT_EQ(person(problem, "f").max_groups, 0);
    EXPECT_TRUE(problem.problem.facilitated()) << "groups do not become self-led for that";
}

TEST_F(BuildProblem, old_utc_hours_count_only_where_local_ones_were_never_written) {
    const UserId old = store_.add_participant(cohort_, "old", "America/New_York", "");
    SignupRow& row = store_.signup(cohort_, old);
    row.availability_local.reset();
    row.if_needed_availability_local.reset();
    row.availability_utc = "T18:00 T20:00";
    const UserId both = store_.add_participant(cohort_, "both", "America/New_York", "Wed 09:00-10:00");
    store_.signup(cohort_, both).availability_utc = "T18:00 T20:00";

    const CohortProblem problem = build();
    EXPECT_EQ(person(problem, "old").available, hours("Tue 18:00-20:00"));
    EXPECT_EQ(person(problem, "old").clock().name(), "UTC");
    EXPECT_EQ(person(problem, "old").zone->name(), "America/New_York");
    EXPECT_EQ(person(problem, "both").available, hours("Wed 09:00-10:00"));
    EXPECT_EQ(person(problem, "both").clock().name(), "America/New_York");
}

TEST_F(BuildProblem, pitfall_31_who_dropped_or_was_removed_is_eligible_again) {
    const UserId dropped = store_.add_participant(cohort_, "dropped", "UTC", "always");
    const UserId removed = store_.add_participant(cohort_, "removed", "UTC", "always");
    const UserId seated = store_.add_participant(cohort_, "seated", "UTC", "always");
    const GroupId group =
        store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {dropped, removed, seated});
    for (MembershipRow& member : store_.group(cohort_, group).members) {
        if (member.user_id == dropped) member.status = MembershipStatus::dropped;
        if (member.user_id == removed) member.status = MembershipStatus::removed;
    }
    const CohortProblem problem = build();
    EXPECT_EQ(problem.eligible, (std::vector<UserId>{dropped, removed}));
    ASSERT_EQ(problem.problem.fixed_groups().size(), 1u);
    EXPECT_EQ(problem.problem.fixed_groups().front().participants, std::vector<std::string>{"seated"});
}

TEST_F(BuildProblem, who_was_ungroupable_is_tried_again_and_who_completed_is_not) {
    const UserId again = store_.add_participant(cohort_, "again", "UTC", "always");
    store_.signup(cohort_, again).grouping_status = GroupingStatus::ungroupable;
    const UserId done = store_.add_participant(cohort_, "done", "UTC", "always");
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {done});
    store_.group(cohort_, group).status = GroupStatus::completed;
    EXPECT_EQ(build().eligible, std::vector<UserId>{again});
}

TEST_F(BuildProblem, a_cancelled_group_keeps_nobody) {
    const UserId user = store_.add_participant(cohort_, "p", "UTC", "always");
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {user});
    store_.group(cohort_, group).status = GroupStatus::cancelled;
    const CohortProblem problem = build();
    EXPECT_EQ(problem.eligible, std::vector<UserId>{user});
    EXPECT_TRUE(problem.problem.fixed_groups().empty());
}

TEST_F(BuildProblem, pitfall_35_a_group_of_another_cohort_keeps_nobody_from_this_one) {
    const UserId user = store_.add_participant(cohort_, "p", "UTC", "always");
    const CohortId other = store_.add_cohort("Autumn");
    store_.add_group(other, "Group 1", "Tue 18:00", UserId{}, {user});
    EXPECT_EQ(build().eligible, std::vector<UserId>{user});
}

TEST_F(BuildProblem, meetings_that_follow_the_rule_are_left_to_it_and_moved_ones_are_kept) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {});
    EXPECT_TRUE(build().problem.fixed_groups().front().meetings.empty());
    store_.group(cohort_, group).meetings[3].scheduled_time += std::chrono::hours(24);
    const CohortProblem problem = build();
    const FixedGroup& fixed = problem.problem.fixed_groups().front();
    ASSERT_EQ(fixed.meetings.size(), 8u);
    EXPECT_EQ(fixed.meetings[3], instant("2025-02-12T18:00:00Z"));
}

TEST_F(BuildProblem, groups_of_another_program_are_read_in_all_their_spellings) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always", 5);
    for (const char* text : {"Wednesday 15:00", "Wednesday 15:00-16:00", "Wednesday 15:00 - 16:00"}) {
        GroupRow& group = store_.group(cohort_, store_.add_group(cohort_, text, "Tue 18:00", f, {}));
        group.anchor.reset();
        group.anchor_start.reset();
        group.recurring_meeting_time_utc = text;
        group.meetings.clear();
    }
    const CohortProblem problem = build();
    ASSERT_EQ(problem.problem.fixed_groups().size(), 3u);
    for (const FixedGroup& group : problem.problem.fixed_groups())
        EXPECT_EQ(group.start, weekly_start("Wed 15:00")) << group.name;
}

TEST_F(BuildProblem, a_group_without_a_readable_time_is_reported_and_its_people_stay_in_it) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always", 2);
    const UserId p = store_.add_participant(cohort_, "p", "UTC", "always");
    GroupRow& group = store_.group(cohort_, store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {p}));
    group.anchor.reset();
    group.anchor_start.reset();
    group.recurring_meeting_time_utc = "sometime";
    group.meetings.clear();
    const CohortProblem problem = build();
    EXPECT_TRUE(problem.problem.fixed_groups().empty());
    ASSERT_EQ(problem.warnings.size(), 1u);
    EXPECT_THAT(problem.warnings.front(), HasSubstr("\"sometime\" cannot be read"));
    EXPECT_TRUE(problem.eligible.empty());
    EXPECT_EQ(problem.problem.capacity(problem.problem.index_of("f")), 1)
        << "f leads that group all the same";
}

TEST_F(BuildProblem, nobody_is_added_to_a_group_that_has_lost_its_facilitator) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    const UserId p = store_.add_participant(cohort_, "p", "UTC", "always");
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {p});
    store_.group(cohort_, group).members.front().status = MembershipStatus::dropped;
    const CohortProblem problem = build();
    EXPECT_TRUE(problem.problem.fixed_groups().empty());
    EXPECT_THAT(problem.warnings.front(), HasSubstr("nobody leads it"));
}

TEST_F(BuildProblem, a_member_without_a_signup_keeps_the_seat) {
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {UserId{4711}});
    const CohortProblem problem = build();
    ASSERT_EQ(problem.problem.fixed_groups().size(), 1u) << group.value;
    EXPECT_EQ(problem.problem.fixed_groups().front().participants, std::vector<std::string>{"user 4711"});
    EXPECT_THAT(problem.warnings.front(), HasSubstr("without a sign-up"));
}

TEST_F(BuildProblem, somebody_in_two_groups_takes_a_seat_in_both) {
    const UserId p = store_.add_participant(cohort_, "p", "UTC", "always");
    store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {p});
    store_.add_group(cohort_, "Group 2", "Wed 18:00", UserId{}, {p});
    const CohortProblem problem = build();
    ASSERT_EQ(problem.problem.fixed_groups().size(), 2u);
    EXPECT_EQ(problem.problem.fixed_groups()[0].participants.size(), 1u);
    EXPECT_EQ(problem.problem.fixed_groups()[1].participants.size(), 1u);
    EXPECT_THAT(problem.warnings.front(), HasSubstr("more than one running group"));
}

TEST_F(BuildProblem, a_second_signup_of_one_person_is_set_aside) {
    const UserId p = store_.add_participant(cohort_, "p", "UTC", "always");
    SignupRow again = store_.signup(cohort_, p);
    again.signup_id = SignupId{9999};
    again.role = Role::facilitator;
    store_.rows(cohort_).signups.push_back(again);
    const CohortProblem problem = build();
    EXPECT_EQ(problem.problem.people().size(), 1u);
    ASSERT_EQ(problem.set_aside.size(), 1u);
    EXPECT_EQ(problem.set_aside.front().reason, SetAsideReason::signed_up_twice);
}

TEST_F(BuildProblem, sets_follow_people_and_lose_those_who_are_gone) {
    const UserId a = store_.add_participant(cohort_, "a", "UTC", "always");
    const UserId b = store_.add_participant(cohort_, "b", "UTC", "always");
    store_.rows(cohort_).together = {{b, a, UserId{4711}}, {a, UserId{4711}}};
    const CohortProblem problem = build();
    EXPECT_EQ(problem.problem.together(), (std::vector<std::vector<std::string>>{{"a", "b"}}));
}

TEST_F(BuildProblem, overrides_replace_the_settings_and_bad_ones_are_faults) {
    const CohortProblem problem = build({3, 5, 90, true});
    EXPECT_EQ(problem.problem.rules().min_size, 3);
    EXPECT_EQ(problem.problem.rules().max_size, 5);
    EXPECT_EQ(problem.problem.schedule().meeting_minutes, 90);
    EXPECT_FALSE(problem.problem.rules().use_if_needed);
    const auto bad = build_problem(*store_.load_cohort(cohort_), zone_table(), {9, 5, std::nullopt, false});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().front().path, "rules.min_size");
}

TEST_F(BuildProblem, an_unknown_anchor_is_a_fault_and_never_utc) {
    store_.rows(cohort_).cohort.settings.anchor = "Mars/Olympus";
    const auto problem = build_problem(*store_.load_cohort(cohort_), zone_table());
    ASSERT_FALSE(problem);
    EXPECT_EQ(problem.error().front().path, "cohort.anchor");
}

TEST_F(BuildProblem, fixed_offsets_are_named_in_a_warning) {
    store_.add_participant(cohort_, "p", "UTC+05:45", "always");
    EXPECT_THAT(build().warnings, ::testing::ElementsAre(HasSubstr("p (UTC+05:45)")));
}

TEST_F(BuildProblem, without_kept_groups_everybody_is_in_the_problem) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "always");
    const UserId p = store_.add_participant(cohort_, "p", "UTC", "always");
    const GroupId group = store_.add_group(cohort_, "Group 1", "Tue 18:00", f, {p});
    const CohortProblem problem = build({}, KeepGroups::none);
    EXPECT_TRUE(problem.problem.fixed_groups().empty());
    EXPECT_EQ(problem.problem.people().size(), 2u);
    EXPECT_EQ(problem.groups.at(group).facilitator, "f");
}

}  // namespace
}  // namespace convene::test
