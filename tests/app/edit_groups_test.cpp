#include "app/edit_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/postpone_meetings.h"
#include "app/queries/people.h"
#include "app/schedule_cohort.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Two groups of four, Tuesday and Wednesday 18:00 UTC, led by f1 and f2. Everybody is free on both
/// evenings but `tue`, who only has Tuesday. `new` is in no group.
class EditGroups : public ::testing::Test {
protected:
    EditGroups() {
        f1_ = store_.add_facilitator(cohort_, "f1", "UTC", kBoth);
        f2_ = store_.add_facilitator(cohort_, "f2", "UTC", kBoth);
        spare_ = store_.add_facilitator(cohort_, "spare", "UTC", kBoth);
        for (const char* name : {"a1", "a2", "a3", "tue"})
            first_.push_back(store_.add_participant(cohort_, name, "UTC",
                                                    name == std::string("tue") ? "Tue 18:00-20:00" : kBoth));
        for (const char* name : {"b1", "b2", "b3", "b4", "b5"})
            second_.push_back(store_.add_participant(cohort_, name, "UTC", kBoth));
        new_ = store_.add_participant(cohort_, "new", "UTC", kBoth);
        g1_ = store_.add_group(cohort_, "Group 1", "Tue 18:00", f1_, first_);
        g2_ = store_.add_group(cohort_, "Group 2", "Wed 18:00", f2_, second_);
        before_ = *store_.load_cohort(cohort_);
    }

    CohortSnapshot now() { return *store_.load_cohort(cohort_); }
    EditResult done(const EditAnswer& answer) {
        EXPECT_TRUE(answer) << (answer ? "" : to_string(answer.error().front()));
        EXPECT_EQ(answer->status, EditStatus::done)
            << (answer->violations.empty() ? "" : answer->violations.front().message);
        return *answer;
    }
    std::vector<std::string> rules(const EditAnswer& answer) {
        std::vector<std::string> rules;
        for (const Violation& violation : answer->violations) rules.push_back(violation.rule);
        return rules;
    }
    bool sits_in(const char* person, GroupId group, Role role = Role::participant) {
        const CohortSnapshot cohort = now();
        const UserId user = *find_person(cohort, person);
        for (const MembershipRow& member : group_of(cohort, group)->members) {
            if (member.user_id == user && member.role == role && member.status == MembershipStatus::active)
                return true;
        }
        return false;
    }
    GroupingStatus standing(const char* person) {
        const CohortSnapshot cohort = now();
        return signup_of(cohort, *find_person(cohort, person))->grouping_status;
    }
    /// Former places are left out: an undone join leaves one behind.
    static CohortSnapshot without_former(CohortSnapshot cohort) {
        for (GroupRow& group : cohort.groups)
            std::erase_if(group.members, [](const MembershipRow& member) {
                return member.status == MembershipStatus::removed;
            });
        return cohort;
    }

    static constexpr const char* kBoth = "Tue 18:00-20:00, Wed 18:00-20:00";
    MemoryStore store_;
    SetClock clock_{instant("2025-01-01T12:00:00Z")};
    GroupEditor editor_{store_, zone_table(), clock_};
    EditRequest request_{std::nullopt, false, "organiser"};
    EditRequest forced_{std::nullopt, true, "organiser"};
    CohortId cohort_ = store_.add_cohort("Spring");
    UserId f1_, f2_, spare_, new_;
    std::vector<UserId> first_, second_;
    GroupId g1_, g2_;
    CohortSnapshot before_;
};

TEST_F(EditGroups, a_participant_moves_and_is_a_former_member_where_they_were) {
    const EditResult result = done(editor_.move(request_, "b5", "Group 1"));
    EXPECT_EQ(result.summary, "b5 moves from Group 2 to Group 1");
    EXPECT_TRUE(sits_in("b5", g1_));
    EXPECT_FALSE(sits_in("b5", g2_));
    EXPECT_THAT(now().groups[1].members, Contains(Field(&MembershipRow::status, MembershipStatus::removed)));
    EXPECT_EQ(store_.list_edits(cohort_).front().edit.author, "organiser");
}

TEST_F(EditGroups, somebody_in_no_group_joins_one_and_is_grouped) {
    done(editor_.move(request_, "new", "Group 1"));
    EXPECT_TRUE(sits_in("new", g1_));
    EXPECT_EQ(standing("new"), GroupingStatus::grouped);
}

TEST_F(EditGroups, a_move_to_a_time_that_does_not_fit_is_refused_and_writes_nothing) {
    done(editor_.move(request_, "new", "Group 1"));
    const CohortSnapshot before = now();
    const EditAnswer answer = editor_.move(request_, "tue", "Group 2");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::refused);
    ASSERT_EQ(rules(answer), std::vector<std::string>{"R3"});
    EXPECT_THAT(answer->violations.front().message, HasSubstr("tue"));
    EXPECT_EQ(now(), before);
}

TEST_F(EditGroups, a_move_that_leaves_a_group_too_small_is_refused_by_r2) {
    const EditAnswer answer = editor_.move(request_, "a1", "Group 2");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::refused);
    EXPECT_EQ(rules(answer), std::vector<std::string>{"R2"});
}

TEST_F(EditGroups, force_writes_and_records_what_it_broke) {
    const EditAnswer answer = editor_.move(forced_, "tue", "Group 2");
    EXPECT_THAT(done(answer).violations, ::testing::SizeIs(2));
    const StoredEdit edit = store_.list_edits(cohort_).front();
    EXPECT_TRUE(edit.edit.forced);
    EXPECT_THAT(edit.edit.violations, HasSubstr("R3"));
    EXPECT_TRUE(sits_in("tue", g2_));
}

TEST_F(EditGroups, what_is_broken_already_does_not_forbid_an_edit_that_makes_it_better) {
    done(editor_.move(forced_, "tue", "Group 2"));
    const EditAnswer answer = editor_.move(request_, "new", "Group 1");
    EXPECT_THAT(done(answer).violations, IsEmpty());
}

TEST_F(EditGroups, a_full_group_takes_nobody_more) {
    store_.rows(cohort_).cohort.settings.rules.max_size = 5;
    const EditAnswer answer = editor_.move(request_, "new", "Group 2");
    ASSERT_TRUE(answer);
    EXPECT_EQ(rules(answer), std::vector<std::string>{"R2"});
}

TEST_F(EditGroups, moving_somebody_to_where_they_are_changes_nothing) {
    const EditAnswer answer = editor_.move(request_, "a1", "Group 1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::unchanged);
    EXPECT_EQ(store_.commits(), 0);
}

TEST_F(EditGroups, pitfall_38_nobody_moves_to_a_group_that_has_ended) {
    store_.group(cohort_, g2_).status = GroupStatus::cancelled;
    const EditAnswer answer = editor_.move(request_, "new", "Group 2");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().front().path, "group");
    EXPECT_THAT(answer.error().front().message, HasSubstr("has ended"));
}

TEST_F(EditGroups, pitfall_38_a_leader_takes_no_group_that_clashes_with_their_own) {
    const GroupId third = store_.add_group(cohort_, "Group 3", "Tue 18:30", spare_, {});
    store_.signup(cohort_, f1_).max_active_groups = 5;
    const EditAnswer answer = editor_.lead(request_, "Group 3", "f1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::refused) << third.value;
    EXPECT_THAT(rules(answer), Contains("R6"));
}

TEST_F(EditGroups, removal_makes_eligible_again) {
    const EditResult result = done(editor_.remove(request_, "b5"));
    EXPECT_EQ(standing("b5"), GroupingStatus::awaiting_grouping);
    EXPECT_THAT(result.notes, Contains("b5 awaits grouping again"));
    EXPECT_FALSE(sits_in("b5", g2_));
}

TEST_F(EditGroups, removing_somebody_who_is_in_no_group_is_a_fault) {
    const EditAnswer answer = editor_.remove(request_, "new");
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().front().message, HasSubstr("is in no group"));
}

TEST_F(EditGroups, pitfall_36_leading_a_second_group_keeps_the_first_and_the_role) {
    done(editor_.lead(request_, "Group 2", "f1"));
    EXPECT_TRUE(sits_in("f1", g1_, Role::facilitator));
    EXPECT_TRUE(sits_in("f1", g2_, Role::facilitator));
    EXPECT_FALSE(sits_in("f2", g2_, Role::facilitator));
    EXPECT_EQ(standing("f2"), GroupingStatus::awaiting_grouping);
}

TEST_F(EditGroups, removing_a_leader_of_two_groups_asks_which) {
    done(editor_.lead(request_, "Group 2", "f1"));
    const EditAnswer unclear = editor_.remove(forced_, "f1");
    ASSERT_FALSE(unclear);
    EXPECT_THAT(unclear.error().front().message, HasSubstr("Group 1, Group 2"));
    const EditAnswer refused = editor_.remove(request_, "f1", "Group 2");
    ASSERT_TRUE(refused);
    EXPECT_EQ(rules(refused), std::vector<std::string>{"R1"});
    done(editor_.remove(forced_, "f1", "Group 2"));
    EXPECT_TRUE(sits_in("f1", g1_, Role::facilitator));
}

TEST_F(EditGroups, a_participant_may_lead_by_force_only) {
    const EditAnswer answer = editor_.lead(request_, "Group 1", "b5");
    ASSERT_TRUE(answer);
    EXPECT_THAT(rules(answer), Contains("R1"));
    done(editor_.lead(forced_, "Group 1", "b5"));
    EXPECT_TRUE(sits_in("b5", g1_, Role::facilitator));
}

TEST_F(EditGroups, apart_and_together_hold_for_moves) {
    store_.rows(cohort_).apart = {{new_, first_[0]}};
    EXPECT_EQ(rules(editor_.move(request_, "new", "Group 1")), std::vector<std::string>{"R8"});
    store_.rows(cohort_).apart.clear();
    store_.rows(cohort_).together = {{second_[0], second_[4]}};
    EXPECT_EQ(rules(editor_.move(request_, "b5", "Group 1")), std::vector<std::string>{"R7"});
}

TEST_F(EditGroups, a_group_is_retimed_with_all_its_meetings) {
    const EditResult result = done(editor_.retime(request_, "Group 1", "tue 19:00"));
    const GroupRow group = now().groups[0];
    EXPECT_EQ(group.recurring_meeting_time_utc, "Tuesday 19:00");
    EXPECT_EQ(group.anchor_start, "Tuesday 19:00");
    ASSERT_EQ(group.meetings.size(), 8u);
    EXPECT_EQ(group.meetings.front().scheduled_time, instant("2025-01-21T19:00:00Z"));
    EXPECT_EQ(group.meetings.back().scheduled_time, instant("2025-03-11T19:00:00Z"));
    EXPECT_EQ(group.meetings.front().meeting_id, before_.groups[0].meetings.front().meeting_id);
    EXPECT_THAT(result.summary, HasSubstr("Tuesday 19:00 UTC"));
}

TEST_F(EditGroups, a_postponed_week_moves_it_and_all_later_ones_and_marks_them) {
    const EditResult result = done(editor_.postpone(request_, "Group 1", {3, std::nullopt, 1}));
    EXPECT_EQ(result.summary,
              "Group 1: meeting 3 and the 5 after it move by a week: it is on 2025-02-11, Tuesday 18:00 UTC");
    const GroupRow group = *group_of(now(), g1_);
    EXPECT_EQ(group.meetings[1].scheduled_time, instant("2025-01-28T18:00:00Z"));
    EXPECT_FALSE(group.meetings[1].was_rescheduled);
    EXPECT_EQ(group.meetings[2].scheduled_time, instant("2025-02-11T18:00:00Z"));
    EXPECT_EQ(group.meetings[7].scheduled_time, instant("2025-03-18T18:00:00Z"));
    EXPECT_TRUE(group.meetings[2].was_rescheduled);
    EXPECT_TRUE(group.meetings[7].was_rescheduled);
    EXPECT_EQ(group.recurring_meeting_time_utc, "Tuesday 18:00");

    done(editor_.undo(request_));
    EXPECT_EQ(now(), before_) << "the marks too";
}

TEST_F(EditGroups, pitfall_55_one_meeting_moves_to_another_time_and_the_others_stay) {
    done(editor_.postpone(request_, "Group 1", {2, "2025-01-28 19:00", 1}));
    const GroupRow group = *group_of(now(), g1_);
    for (std::size_t i = 0; i < 8; ++i) {
        const Instant was = group_of(before_, g1_)->meetings[i].scheduled_time;
        EXPECT_EQ(group.meetings[i].scheduled_time, i == 1 ? was + Minutes(60) : was);
        EXPECT_EQ(group.meetings[i].was_rescheduled, i == 1);
    }
    done(editor_.postpone(forced_, "Group 1", {2, "wed 9:30", 1}));
    EXPECT_EQ(group_of(now(), g1_)->meetings[1].scheduled_time, instant("2025-01-29T09:30:00Z"))
        << "the first Wednesday 09:30 after Tuesday 19:00";
}

TEST_F(EditGroups, a_meeting_moved_to_where_a_member_cannot_come_is_refused_or_forced) {
    const EditAnswer answer = editor_.postpone(request_, "Group 1", {2, "Wednesday 18:00", 1});
    EXPECT_EQ(answer->status, EditStatus::refused);
    ASSERT_EQ(rules(answer), std::vector<std::string>{"R3"});
    EXPECT_THAT(answer->violations[0].message,
                HasSubstr("tue cannot attend meeting 2 on 2025-01-29T18:00:00Z"));
    EXPECT_EQ(now(), before_);
    done(editor_.postpone(forced_, "Group 1", {2, "Wednesday 18:00", 1}));
}

TEST_F(EditGroups, a_meeting_moved_onto_another_one_of_its_leader_is_refused) {
    done(editor_.lead(forced_, "Group 2", "f1"));
    const EditAnswer answer = editor_.postpone(request_, "Group 2", {1, "2025-01-21 18:30", 1});
    EXPECT_THAT(rules(answer), Contains("R6"));
}

TEST_F(EditGroups, a_move_onto_a_postponed_meeting_is_judged_by_its_own_instant) {
    done(editor_.postpone(forced_, "Group 2", {2, "2025-01-28 18:00", 1}));
    store_.add_participant(cohort_, "wed", "UTC", "Wed 18:00-20:00");
    const EditAnswer answer = editor_.move(request_, "wed", "Group 2");
    EXPECT_EQ(answer->status, EditStatus::refused) << "every Wednesday fits, meeting 2 is on a Tuesday";
    ASSERT_EQ(rules(answer), std::vector<std::string>{"R3"});
    EXPECT_THAT(answer->violations[0].message, HasSubstr("meeting 2 of 8, 2025-01-28T18:00:00Z"));
    done(editor_.move(request_, "new", "Group 2"));
}

TEST_F(EditGroups, a_leader_of_a_postponed_meeting_is_busy_when_it_takes_place) {
    done(editor_.postpone(forced_, "Group 1", {2, "2025-01-29 18:30", 1}));
    const EditAnswer answer = editor_.lead(request_, "Group 1", "f2");
    EXPECT_THAT(rules(answer), Contains("R6")) << "Group 2 meets on that Wednesday";
}

TEST_F(EditGroups, who_joins_a_group_that_was_retimed_need_not_be_free_at_its_former_time) {
    clock_.set(instant("2025-01-22T00:00:00Z"));
    done(editor_.retime(forced_, "Group 1", "Wednesday 18:00"));
    store_.add_participant(cohort_, "wed", "UTC", "Wed 18:00-20:00");
    done(editor_.move(request_, "wed", "Group 1"));

    done(editor_.postpone(forced_, "Group 1", {3, "2025-02-04 18:00", 1}));
    store_.add_participant(cohort_, "late", "UTC", "Wed 18:00-20:00");
    const EditAnswer answer = editor_.move(request_, "late", "Group 1");
    ASSERT_EQ(rules(answer), std::vector<std::string>{"R3"});
    EXPECT_THAT(answer->violations[0].message, HasSubstr("meeting 3 of 8, 2025-02-04T18:00:00Z"))
        << "but at the coming ones, each at its own instant";
}

TEST_F(EditGroups, where_the_first_meeting_has_to_fit_the_others_that_somebody_misses_are_told) {
    store_.rows(cohort_).cohort.settings.rules.fit = Fit::first_meeting;
    done(editor_.postpone(forced_, "Group 2", {2, "2025-01-28 18:00", 1}));
    store_.add_participant(cohort_, "wed", "UTC", "Wed 18:00-20:00");
    const EditResult result = done(editor_.move(request_, "wed", "Group 2"));
    EXPECT_THAT(result.notes, Contains("wed cannot attend meeting 2 on 2025-01-28T18:00:00Z"));

    done(editor_.postpone(forced_, "Group 2", {1, "2025-01-21 18:00", 1}));
    store_.add_participant(cohort_, "late", "UTC", "Wed 18:00-20:00");
    const EditAnswer answer = editor_.move(request_, "late", "Group 2");
    EXPECT_THAT(rules(answer), Contains("R3")) << "the first meeting is the one that takes place first";
}

TEST_F(EditGroups, a_pinned_group_keeps_its_weekly_time_but_a_week_may_be_left_out) {
    done(editor_.pin(request_, "Group 1"));
    done(editor_.postpone(request_, "Group 1", {1, std::nullopt, 2}));
    EXPECT_EQ(group_of(now(), g1_)->meetings[0].scheduled_time, instant("2025-02-04T18:00:00Z"));
}

TEST_F(EditGroups, what_cannot_be_postponed_is_said_and_why) {
    const auto message = [&](const Postponement& wish) {
        const EditAnswer answer = editor_.postpone(request_, "Group 1", wish);
        return answer ? "" : answer.error().front().message;
    };
    EXPECT_THAT(message({9, std::nullopt, 1}), HasSubstr("has 1 to 8"));
    EXPECT_THAT(message({2, "soon", 1}), HasSubstr("neither a weekday"));
    EXPECT_THAT(message({2, "2025-02-04 18:30", 1}), HasSubstr("is not before meeting 3"));
    EXPECT_THAT(message({2, "2025-01-21 18:30", 1}), HasSubstr("is not after meeting 1"));
    EXPECT_THAT(message({1, "2024-12-31 18:30", 1}), HasSubstr("is past"));
    clock_.set(instant("2025-01-29T00:00:00Z"));
    EXPECT_THAT(message({2, std::nullopt, 1}), HasSubstr("has begun already or is over"));
}

TEST_F(EditGroups, pitfall_8_a_postponed_group_keeps_its_local_hour_over_a_clock_change) {
    // Meeting 8, on 5 March, is at 18:00 UTC; four weeks later London's clocks have changed.
    done(editor_.retime(forced_, "Group 2", "Wed 18:00", "Europe/London"));
    done(editor_.postpone(forced_, "Group 2", {8, std::nullopt, 4}));
    EXPECT_EQ(group_of(now(), g2_)->meetings[7].scheduled_time, instant("2025-04-02T17:00:00Z"));
}

TEST_F(EditGroups, a_retime_to_where_a_member_cannot_come_is_refused) {
    const EditAnswer answer = editor_.retime(request_, "Group 1", "Wednesday 18:00");
    ASSERT_TRUE(answer);
    EXPECT_EQ(rules(answer), std::vector<std::string>{"R3"});
}

TEST_F(EditGroups, a_retime_off_the_grid_needs_force) {
    EXPECT_EQ(rules(editor_.retime(request_, "Group 1", "Tue 18:10")), std::vector<std::string>{"R3"});
}

TEST_F(EditGroups, texts_that_are_no_time_or_zone_are_both_named) {
    const EditAnswer answer = editor_.retime(request_, "Group 1", "Tomorrow 18:00", "Mars/Olympus");
    ASSERT_FALSE(answer);
    ASSERT_EQ(answer.error().size(), 2u);
    EXPECT_EQ(answer.error()[0].path, "time");
    EXPECT_EQ(answer.error()[1].path, "anchor");
}

TEST_F(EditGroups, a_group_that_breaks_a_rule_already_is_renamed_without_force) {
    done(editor_.remove(forced_, "a1"));
    done(editor_.remove(forced_, "a2"));
    done(editor_.rename(request_, "Group 1", "Early birds"));
    done(editor_.undo(request_));
    EXPECT_EQ(now().groups[0].group_name, "Group 1");
}

TEST_F(EditGroups, names_are_unique_and_printable) {
    done(editor_.rename(request_, "Group 1", "  Early birds "));
    EXPECT_EQ(now().groups[0].group_name, "Early birds");
    EXPECT_FALSE(editor_.rename(request_, "Early birds", "group 2"));
    EXPECT_FALSE(editor_.rename(request_, "Early birds", " "));
    EXPECT_FALSE(editor_.rename(request_, "Early birds", "a\nb"));
    EXPECT_FALSE(editor_.rename(request_, "Early birds", std::string(101, 'x')));
    EXPECT_EQ(editor_.rename(request_, "Early birds", "Early birds")->status, EditStatus::unchanged);
}

TEST_F(EditGroups, a_pinned_group_keeps_its_time_and_facilitator) {
    done(editor_.pin(request_, "Group 1"));
    EXPECT_TRUE(now().groups[0].pinned);
    EXPECT_EQ(rules(editor_.retime(request_, "Group 1", "Tue 19:00")), std::vector<std::string>{"R9"});
    EXPECT_EQ(rules(editor_.lead(request_, "Group 1", "spare")), std::vector<std::string>{"R9"});
    done(editor_.unpin(request_, "Group 1"));
    done(editor_.retime(request_, "Group 1", "Tue 19:00"));
}

TEST_F(EditGroups, a_pinned_person_stays_and_a_forced_move_lifts_the_pin) {
    done(editor_.pin(request_, "b5"));
    EXPECT_EQ(rules(editor_.move(request_, "b5", "Group 1")), std::vector<std::string>{"R9"});
    done(editor_.move(forced_, "b5", "Group 1"));
    const CohortSnapshot after = now();
    for (const MembershipRow& member : after.groups[1].members) EXPECT_FALSE(member.pinned);
}

TEST_F(EditGroups, undo_takes_back_one_edit_after_the_other) {
    done(editor_.move(request_, "b5", "Group 1"));
    const CohortSnapshot after_first = now();
    done(editor_.retime(request_, "Group 1", "Tue 19:00"));
    done(editor_.undo(request_));
    EXPECT_EQ(now(), after_first);
    done(editor_.undo(request_));
    EXPECT_EQ(without_former(now()), before_);
    const EditAnswer nothing = editor_.undo(request_);
    ASSERT_TRUE(nothing);
    EXPECT_EQ(nothing->status, EditStatus::nothing_to_undo);
}

TEST_F(EditGroups, every_kind_of_edit_undone_restores_the_cohort) {
    const std::vector<std::function<EditAnswer()>> edits = {
        [&] { return editor_.move(forced_, "a1", "Group 2"); },
        [&] { return editor_.move(request_, "new", "Group 1"); },
        [&] { return editor_.remove(request_, "b1"); },
        [&] { return editor_.remove(forced_, "f1"); },
        [&] { return editor_.lead(request_, "Group 1", "spare"); },
        [&] { return editor_.lead(forced_, "Group 2", "b1"); },
        [&] { return editor_.retime(forced_, "Group 2", "Sat 09:00", "Asia/Kathmandu"); },
        [&] { return editor_.rename(request_, "Group 2", "Night owls"); },
        [&] { return editor_.pin(request_, "Group 2"); },
        [&] { return editor_.pin(request_, "b2"); },
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        SCOPED_TRACE(i);
        done(edits[i]());
        EXPECT_NE(now(), before_);
        done(editor_.undo(forced_));
        EXPECT_EQ(without_former(now()), before_);
    }
}

TEST_F(EditGroups, whatever_a_forced_edit_leaves_behind_the_cohort_can_still_be_scheduled) {
    const std::vector<std::function<EditAnswer()>> edits = {
        [&] { return editor_.move(forced_, "tue", "Group 2"); },
        [&] { return editor_.move(forced_, "f1", "Group 2"); },
        [&] { return editor_.lead(forced_, "Group 2", "a1"); },
        [&] { return editor_.lead(forced_, "Group 1", "b1"); },
        [&] { return editor_.remove(forced_, "b3"); },
        [&] { return editor_.retime(forced_, "Group 1", "Wed 18:00"); },
        [&] { return editor_.retime(forced_, "Group 2", "Sun 03:00", "Asia/Kathmandu"); },
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        SCOPED_TRACE(i);
        done(edits[i]());
        ScheduleOptions dry;
        dry.dry_run = true;
        const auto result = schedule_cohort(store_, zone_table(), clock_, cohort_, dry);
        EXPECT_TRUE(result) << (result ? "" : to_string(result.error().front()));
    }
    // Another program may have given somebody a second seat.
    store_.group(cohort_, g1_).members.push_back(store_.group(cohort_, g2_).members.back());
    ScheduleOptions dry;
    dry.dry_run = true;
    EXPECT_TRUE(schedule_cohort(store_, zone_table(), clock_, cohort_, dry));
}

TEST_F(EditGroups, an_edit_whose_result_was_changed_since_is_not_undone) {
    done(editor_.rename(request_, "Group 1", "Early birds"));
    store_.group(cohort_, g1_).group_name = "Larks";
    const EditAnswer answer = editor_.undo(request_);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::refused);
    EXPECT_THAT(answer->violations.front().message, HasSubstr("changed again since"));
    EXPECT_EQ(now().groups[0].group_name, "Larks");
}

TEST_F(EditGroups, somebody_elses_change_at_that_moment_makes_it_stale) {
    store_.before_commit = [&] { store_.group(cohort_, g2_).group_name = "Changed"; };
    const EditAnswer answer = editor_.move(request_, "b5", "Group 1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, EditStatus::stale);
    EXPECT_TRUE(sits_in("b5", g2_));
    EXPECT_TRUE(store_.list_edits(cohort_).empty());
}

TEST_F(EditGroups, pitfall_37_of_two_who_take_the_last_seat_one_gets_it) {
    store_.rows(cohort_).cohort.settings.rules.max_size = 5;
    const UserId other = store_.add_participant(cohort_, "other", "UTC", kBoth);
    bool first = true;
    store_.before_commit = [&] {
        if (!std::exchange(first, false)) return;
        done(GroupEditor(store_, zone_table(), clock_).move(request_, "other", "Group 1"));
    };
    EXPECT_EQ(editor_.move(request_, "new", "Group 1")->status, EditStatus::stale);
    EXPECT_TRUE(sits_in("other", g1_)) << other.value;
    EXPECT_EQ(rules(editor_.move(request_, "new", "Group 1")), std::vector<std::string>{"R2"});
}

TEST_F(EditGroups, a_failing_store_leaves_everything_as_it_was) {
    store_.fail_next("commit_edit", Retry::safe);
    EXPECT_THROW((void)editor_.move(request_, "b5", "Group 1"), StoreFailure);
    EXPECT_EQ(now(), before_);
}

TEST_F(EditGroups, names_in_two_cohorts_need_the_cohort_named) {
    const CohortId other = store_.add_cohort("Autumn");
    const UserId b5 = store_.add_participant(other, "b5", "UTC", kBoth);
    store_.add_group(other, "Group 1", "Tue 18:00", UserId{}, {});
    const EditAnswer unclear = editor_.move(request_, "b5", "Group 1");
    ASSERT_FALSE(unclear);
    EXPECT_THAT(unclear.error().front().message, HasSubstr("\"Spring\" or \"Autumn\""));
    EditRequest named = request_;
    named.cohort = "spring";
    done(editor_.move(named, "b5", "Group 1"));
    EXPECT_TRUE(sits_in("b5", g1_)) << b5.value;
    // A name that fits in one cohort only needs no cohort.
    done(editor_.move(request_, "new", "Group 2"));
    EXPECT_FALSE(editor_.move(request_, "nobody", "Group 2"));
}

TEST(EditAnchors, a_new_leader_brings_their_clock_where_groups_follow_their_facilitator) {
    MemoryStore store;
    const CohortId cohort = store.add_cohort("Spring");
    store.rows(cohort).cohort.settings.anchor = "facilitator";
    const UserId f = store.add_facilitator(cohort, "f", "America/New_York", "always");
    store.add_facilitator(cohort, "g", "Europe/London", "always");
    const UserId p = store.add_participant(cohort, "p", "UTC", "always");
    const GroupId id = store.add_group(cohort, "Group 1", "Wed 18:00", f, {p});
    GroupRow& group = store.group(cohort, id);
    group.anchor = "America/New_York";
    group.anchor_start = "Wednesday 13:00";
    const SetClock clock(instant("2025-01-01T00:00:00Z"));
    const EditAnswer answer =
        GroupEditor(store, zone_table(), clock).lead({std::nullopt, true, ""}, "Group 1", "g");
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, EditStatus::done);
    EXPECT_EQ(store.group(cohort, id).anchor, "Europe/London");
    EXPECT_EQ(store.group(cohort, id).anchor_start, "Wednesday 18:00");
}

}  // namespace
}  // namespace convene::test
