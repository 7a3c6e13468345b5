// Schedules and edits: written wholly, once, and only onto what was read.
#include <thread>

#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

class Commit : public StoreContract {
protected:
    CohortId spring_ = cohorts().import_cohort(spring_cohort()).cohort_id;

    GroupId schedule_all() {
        const CohortSnapshot before = load(spring_);
        return cohorts().commit_schedule(before, one_group_of_all(before), some_run()).new_groups.at(0);
    }
};
CONVENE_ON_BOTH_DATABASES(Commit);

TEST_P(Commit, a_schedule_reads_back_as_it_was_written) {
    const CohortSnapshot before = load(spring_);
    const CohortChanges changes = one_group_of_all(before);
    const CommitResult result = cohorts().commit_schedule(before, changes, some_run());
    EXPECT_EQ(result.status, CommitStatus::written);
    ASSERT_EQ(result.new_groups.size(), 1U);

    const CohortSnapshot after = load(spring_);
    ASSERT_EQ(after.groups.size(), 1U);
    const GroupRow& group = after.groups[0];
    EXPECT_EQ(group.group_id, result.new_groups[0]);
    EXPECT_EQ(group.group_name, "Group 1");
    EXPECT_EQ(group.status, GroupStatus::forming);
    EXPECT_EQ(group.recurring_meeting_time_utc, "Wednesday 15:00");
    EXPECT_EQ(group.anchor, "UTC");
    EXPECT_EQ(group.anchor_start, "Wednesday 15:00");
    ASSERT_EQ(group.meetings.size(), 2U);
    EXPECT_EQ(group.meetings[0].scheduled_time, at(2025, 1, 15, 15));
    EXPECT_EQ(group.meetings[1].scheduled_time, at(2025, 1, 22, 15));
    ASSERT_EQ(group.members.size(), 3U);
    EXPECT_EQ(group.members[0],
              (MembershipRow{after.signups[0].user_id, Role::facilitator, MembershipStatus::active, false}));
    for (const SignupRow& signup : after.signups) {
        EXPECT_EQ(signup.grouping_status, GroupingStatus::grouped);
        EXPECT_EQ(signup.grouping_attempt_count, 1);
    }
    EXPECT_EQ(value("count(*)", "FROM meetings WHERE course_id IS NULL OR cohort_id IS NULL"), "0");
    EXPECT_EQ(value("start_date", "FROM groups"), "2025-01-15");
    EXPECT_EQ(value("expected_end_date", "FROM groups"), "2025-01-22");

    const auto runs = cohorts().list_runs(spring_);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].run_id.value, result.record_id);
    EXPECT_EQ(runs[0].run.result, R"({"placed":2})");
    EXPECT_EQ(runs[0].run.finished_at, at(2025, 1, 10, 9, 1));
}

TEST_P(Commit, pitfall_57_another_meeting_length_is_kept_and_other_settings_stay) {
    const CohortSnapshot before = load(spring_);
    CohortChanges changes = one_group_of_all(before);
    changes.meeting_minutes = 90;
    EXPECT_EQ(cohorts().commit_schedule(before, changes, some_run()).status, CommitStatus::written);
    CohortSettings expected = before.cohort.settings;
    expected.meeting_minutes = 90;
    EXPECT_EQ(load(spring_).cohort.settings, expected);
}

TEST_P(Commit, pitfall_33_of_two_commits_on_one_reading_the_second_is_stale) {
    const auto other = another();
    const CohortSnapshot mine = load(spring_);
    const CohortSnapshot theirs = *other->cohorts().load_cohort(spring_);
    EXPECT_EQ(mine, theirs);
    EXPECT_EQ(other->cohorts().commit_schedule(theirs, one_group_of_all(theirs), some_run()).status,
              CommitStatus::written);
    const CommitResult second = cohorts().commit_schedule(mine, one_group_of_all(mine), some_run());
    EXPECT_EQ(second.status, CommitStatus::stale);
    EXPECT_TRUE(second.new_groups.empty());
    EXPECT_EQ(value("count(*)", "FROM groups"), "1");
    EXPECT_EQ(value("count(*)", "FROM convene_runs"), "1");
}

TEST_P(Commit, pitfall_33_of_eight_commits_at_once_one_is_written) {
    const CohortSnapshot before = load(spring_);
    std::vector<CommitStatus> statuses(8, CommitStatus::stale);
    std::vector<std::thread> threads;
    for (CommitStatus& status : statuses) {
        threads.emplace_back([&] {
            status =
                another()->cohorts().commit_schedule(before, one_group_of_all(before), some_run()).status;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), CommitStatus::written), 1);
    EXPECT_EQ(value("count(*)", "FROM groups"), "1");
    EXPECT_EQ(value("count(*)", "FROM meetings"), "2");
}

TEST_P(Commit, what_the_platform_changed_meanwhile_makes_it_stale) {
    const std::vector<std::string> changes{
        "UPDATE users SET timezone = 'Asia/Tokyo' WHERE email = 'p1@example.org'",
        "UPDATE users SET availability_local = '{}' WHERE email = 'p1@example.org'",
        "UPDATE courses_users SET grouping_status = 'ungroupable'",
        "UPDATE facilitators SET max_active_groups = 0",
        "UPDATE cohorts SET number_of_group_meetings = 3",
        "INSERT INTO groups (group_name, cohort_id) SELECT 'By hand', cohort_id FROM cohorts",
        "DELETE FROM courses_users WHERE user_id = (SELECT user_id FROM users WHERE email = "
        "'p2@example.org')",
    };
    for (const std::string& change : changes) {
        const CohortSnapshot before = load(spring_);
        sql(change);
        EXPECT_EQ(cohorts().commit_schedule(before, one_group_of_all(before), some_run()).status,
                  CommitStatus::stale)
            << change;
    }
    EXPECT_EQ(value("count(*)", "FROM convene_runs"), "0");
}

TEST_P(Commit, discord_ids_may_change_meanwhile) {
    schedule_all();
    const CohortSnapshot before = load(spring_);
    sql("UPDATE groups SET discord_text_channel_id = '1'; UPDATE cohorts SET discord_category_id = '2'");
    CohortChanges rename;
    rename.names.push_back({before.groups[0].group_id, "Owls"});
    EXPECT_EQ(cohorts().commit_edit(before, rename, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(load(spring_).groups[0].group_name, "Owls");
    EXPECT_EQ(value("discord_text_channel_id", "FROM groups"), "1");
}

TEST_P(Commit, a_member_who_leaves_and_returns_keeps_one_row) {
    const GroupId group = schedule_all();
    CohortSnapshot before = load(spring_);
    const UserId user = before.signups[1].user_id;
    CohortChanges leave;
    leave.members.push_back({group, user, Role::participant, MembershipStatus::removed});
    EXPECT_EQ(cohorts().commit_edit(before, leave, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(value("count(*)", "FROM groups_users WHERE status = 'removed' AND left_at IS NOT NULL"), "1");
    CohortChanges back;
    back.members.push_back({group, user, Role::participant, MembershipStatus::active});
    EXPECT_EQ(cohorts().commit_edit(load(spring_), back, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(load(spring_).groups, before.groups);
    EXPECT_EQ(value("count(*)", "FROM groups_users WHERE left_at IS NOT NULL"), "0");
    EXPECT_EQ(value("count(*)", "FROM groups_users"), "3");
}

TEST_P(Commit, a_second_row_of_one_person_does_not_keep_them_in_the_group) {
    const GroupId group = schedule_all();
    const CohortSnapshot once = load(spring_);
    const UserId user = once.signups[1].user_id;
    sql("INSERT INTO groups_users (user_id, group_id, role, status) VALUES (" + std::to_string(user.value) +
        ", " + std::to_string(group.value) + ", 'facilitator', 'active')");
    const CohortSnapshot twice = load(spring_);
    EXPECT_EQ(twice.groups[0].members.size(), 4U);
    CohortChanges leave;
    leave.members.push_back({group, user, Role::participant, MembershipStatus::removed});
    EXPECT_EQ(cohorts().commit_edit(twice, leave, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(value("count(*)", "FROM groups_users WHERE status = 'active'"), "2");
}

TEST_P(Commit, a_new_time_moves_meetings_texts_and_dates_together) {
    const GroupId group = schedule_all();
    const CohortSnapshot before = load(spring_);
    CohortChanges retime;
    TimeChange change{group, "Thursday 23:30", "America/New_York", "Thursday 18:30", {}};
    change.meetings = {{before.groups[0].meetings[0].meeting_id, at(2025, 1, 16, 23, 30)},
                       {before.groups[0].meetings[1].meeting_id, at(2025, 1, 23, 23, 30)}};
    retime.times.push_back(change);
    EXPECT_EQ(cohorts().commit_edit(before, retime, some_edit()).status, CommitStatus::written);
    const GroupRow moved = load(spring_).groups[0];
    EXPECT_EQ(moved.recurring_meeting_time_utc, "Thursday 23:30");
    EXPECT_EQ(moved.anchor, "America/New_York");
    EXPECT_EQ(moved.anchor_start, "Thursday 18:30");
    EXPECT_EQ(moved.meetings[0].scheduled_time, at(2025, 1, 16, 23, 30));
    EXPECT_EQ(moved.meetings[1].scheduled_time, at(2025, 1, 23, 23, 30));
    EXPECT_EQ(moved.meetings[0].meeting_id, before.groups[0].meetings[0].meeting_id);
    EXPECT_EQ(value("start_date", "FROM groups"), "2025-01-16");
    EXPECT_EQ(value("expected_end_date", "FROM groups"), "2025-01-23");
}

TEST_P(Commit, pins_are_set_once_and_lifted) {
    const GroupId group = schedule_all();
    const UserId user = load(spring_).signups[1].user_id;
    CohortChanges pin;
    pin.pins = {{group, std::nullopt, true}, {group, user, true}, {group, user, true}};
    EXPECT_EQ(cohorts().commit_edit(load(spring_), pin, some_edit()).status, CommitStatus::written);
    const CohortSnapshot pinned = load(spring_);
    EXPECT_TRUE(pinned.groups[0].pinned);
    EXPECT_TRUE(pinned.groups[0].members[1].pinned);
    EXPECT_FALSE(pinned.groups[0].members[2].pinned);
    EXPECT_EQ(value("count(*)", "FROM convene_pins"), "2");
    CohortChanges unpin;
    unpin.pins = {{group, std::nullopt, false}, {group, user, false}};
    EXPECT_EQ(cohorts().commit_edit(pinned, unpin, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(value("count(*)", "FROM convene_pins"), "0");
}

TEST_P(Commit, a_cancelled_group_is_no_longer_running) {
    const GroupId group = schedule_all();
    EXPECT_EQ(cohorts().get_realizable_cohorts().size(), 1U);
    CohortChanges cancel;
    cancel.statuses.push_back({group, GroupStatus::cancelled});
    EXPECT_EQ(cohorts().commit_edit(load(spring_), cancel, some_edit()).status, CommitStatus::written);
    EXPECT_EQ(load(spring_).groups[0].status, GroupStatus::cancelled);
    EXPECT_TRUE(cohorts().get_realizable_cohorts().empty());
}

TEST_P(Commit, edits_are_listed_newest_first_and_say_what_was_undone) {
    schedule_all();
    EditRecord first = some_edit();
    first.detail = R"({"person":"Ann \"A\" O'Neil"})";
    first.forced = true;
    const EditId edit{cohorts().commit_edit(load(spring_), {}, first).record_id};
    EditRecord undo = some_edit();
    undo.command = "undo";
    undo.undoes = edit;
    (void)cohorts().commit_edit(load(spring_), {}, undo);
    const auto edits = cohorts().list_edits(spring_);
    ASSERT_EQ(edits.size(), 2U);
    EXPECT_EQ(edits[0].edit.command, "undo");
    EXPECT_EQ(edits[0].edit.undoes, edit);
    EXPECT_FALSE(edits[0].undone);
    EXPECT_EQ(edits[1].edit_id, edit);
    EXPECT_EQ(edits[1].edit.detail, first.detail);
    EXPECT_TRUE(edits[1].edit.forced);
    EXPECT_EQ(edits[1].edit.made_at, at(2025, 1, 11, 12, 30));
    EXPECT_TRUE(edits[1].undone);
}

TEST_P(Commit, a_group_of_another_cohort_is_a_mistake_of_the_caller) {
    const CohortSnapshot before = load(spring_);
    CohortChanges changes;
    changes.names.push_back({GroupId{77}, "Owls"});
    EXPECT_THROW((void)cohorts().commit_edit(before, changes, some_edit()), std::invalid_argument);
}

TEST_P(Commit, a_failure_in_the_middle_leaves_nothing_behind) {
    const CohortSnapshot before = load(spring_);
    CohortChanges changes = one_group_of_all(before);
    changes.new_groups[0].participants.push_back(UserId{12345});  // no such user: a foreign key says no
    EXPECT_THROW((void)cohorts().commit_schedule(before, changes, some_run()), StoreFailure);
    EXPECT_EQ(load(spring_), before);
    EXPECT_EQ(value("count(*)", "FROM convene_runs"), "0");
}

TEST_P(Commit, one_holder_per_cohort_and_purpose) {
    const auto other = another();
    auto mine = cohorts().try_lock_cohort(spring_, "schedule");
    ASSERT_NE(mine, nullptr);
    EXPECT_EQ(other->cohorts().try_lock_cohort(spring_, "schedule"), nullptr);
    EXPECT_EQ(cohorts().try_lock_cohort(spring_, "schedule"), nullptr);
    EXPECT_NE(other->cohorts().try_lock_cohort(spring_, "realize"), nullptr);
    EXPECT_NE(other->cohorts().try_lock_cohort(CohortId{spring_.value + 1}, "schedule"), nullptr);
    // Who holds it can still commit.
    const CohortSnapshot before = load(spring_);
    EXPECT_EQ(cohorts().commit_schedule(before, one_group_of_all(before), some_run()).status,
              CommitStatus::written);
    mine.reset();
    EXPECT_NE(other->cohorts().try_lock_cohort(spring_, "schedule"), nullptr);
}

}  // namespace
}  // namespace convene::test
