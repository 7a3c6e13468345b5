#include "app/edit_cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/acceptance.h"
#include "app/cohort_version.h"
#include "app/propose_schedule.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

/// Two groups of four at one time everybody has, and somebody in none.
class EditCohort : public ::testing::Test {
protected:
    EditCohort() {
        const UserId f1 = store_.add_facilitator(cohort_, "f1", "UTC", "Tue 18:00-20:00");
        const UserId f2 = store_.add_facilitator(cohort_, "f2", "UTC", "Tue 18:00-20:00");
        std::vector<UserId> first;
        std::vector<UserId> second;
        // References that are also the ids of others: keys must not be taken for names.
        for (int i = 0; i < 5; ++i)
            first.push_back(
                store_.add_participant(cohort_, std::to_string(12 - i), "UTC", "Tue 18:00-20:00"));
        for (int i = 0; i < 4; ++i)
            second.push_back(
                store_.add_participant(cohort_, "q" + std::to_string(i), "UTC", "Tue 18:00-20:00"));
        person_ = first.front();
        g1_ = store_.add_group(cohort_, "Group 1", "Tue 18:00", f1, first);
        g2_ = store_.add_group(cohort_, "Group 2", "Tue 18:00", f2, second);
    }

    EditAnswer edit(EditOrder order, std::optional<std::string> version = {}) {
        EditRequest request;
        request.author = "ana";
        return edit_cohort(store_, zone_table(), clock_, request, cohort_, version, order);
    }
    EditOrder order(EditOrder::Command command) {
        EditOrder order;
        order.command = command;
        return order;
    }
    std::string version() { return version_of(*store_.load_cohort(cohort_)); }
    EditOrder postponed(int week, int weeks, std::optional<std::string> to = {}) {
        EditOrder wanted = order(EditOrder::Command::postpone);
        wanted.group = g1_;
        wanted.postponement = {week, std::move(to), weeks};
        return wanted;
    }
    Instant meeting(std::size_t index) { return store_.group(cohort_, g1_).meetings[index].scheduled_time; }
    bool sits_in(UserId user, GroupId group) {
        for (const MembershipRow& member : store_.group(cohort_, group).members)
            if (member.user_id == user && member.status == MembershipStatus::active) return true;
        return false;
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    SetClock clock_{instant("2025-01-01T00:00:00Z")};
    UserId person_;
    GroupId g1_;
    GroupId g2_;
};

TEST_F(EditCohort, keys_are_never_taken_for_references) {
    EditOrder move = order(EditOrder::Command::move);
    move.person = person_;
    move.group = g2_;
    ASSERT_EQ(edit(move)->status, EditStatus::done);
    EXPECT_TRUE(sits_in(person_, g2_));
}

TEST_F(EditCohort, an_edit_on_a_version_gone_by_writes_nothing) {
    const std::string seen = version();
    EditOrder rename = order(EditOrder::Command::rename);
    rename.group = g1_;
    rename.text = "Owls";
    ASSERT_EQ(edit(rename, seen)->status, EditStatus::done);
    rename.text = "Larks";
    const int commits = store_.commits();
    EXPECT_EQ(edit(rename, seen)->status, EditStatus::stale);
    EXPECT_EQ(store_.commits(), commits);
    EXPECT_EQ(store_.group(cohort_, g1_).group_name, "Owls");
}

TEST_F(EditCohort, undo_and_redo_walk_back_and_forth_through_several_edits) {
    const auto rename_to = [&](const char* name) {
        EditOrder wanted = order(EditOrder::Command::rename);
        wanted.group = g1_;
        wanted.text = name;
        ASSERT_EQ(edit(wanted)->status, EditStatus::done);
    };
    const auto step = [&](EditOrder::Command command) {
        EXPECT_EQ(edit(order(command))->status, EditStatus::done);
        return store_.group(cohort_, g1_).group_name;
    };
    constexpr auto undo = EditOrder::Command::undo;
    constexpr auto redo = EditOrder::Command::redo;
    rename_to("A");
    rename_to("B");
    EXPECT_EQ(step(undo), "A");
    EXPECT_EQ(step(undo), "Group 1");
    EXPECT_EQ(edit(order(undo))->status, EditStatus::nothing_to_undo);
    EXPECT_EQ(step(redo), "A");
    EXPECT_EQ(step(redo), "B");
    EXPECT_EQ(edit(order(redo))->status, EditStatus::nothing_to_undo);
    EXPECT_EQ(step(undo), "A");
    rename_to("C");
    EXPECT_EQ(edit(order(redo))->status, EditStatus::nothing_to_undo) << "another edit was made since";
    EXPECT_EQ(step(undo), "A");
}

TEST_F(EditCohort, a_postponed_week_is_undone_and_done_again_with_its_marks) {
    const std::string before = version();
    ASSERT_EQ(edit(postponed(3, 1), before)->status, EditStatus::done);
    const std::string after = version();
    EXPECT_EQ(meeting(2), instant("2025-02-11T18:00:00Z"));
    EXPECT_TRUE(store_.group(cohort_, g1_).meetings[2].was_rescheduled);
    EXPECT_EQ(edit(postponed(3, 1), before)->status, EditStatus::stale);
    ASSERT_EQ(edit(order(EditOrder::Command::undo))->status, EditStatus::done);
    EXPECT_EQ(version(), before);
    ASSERT_EQ(edit(order(EditOrder::Command::redo))->status, EditStatus::done);
    EXPECT_EQ(version(), after);
}

TEST_F(EditCohort, one_meeting_moves_to_an_instant_and_the_others_stay) {
    ASSERT_EQ(edit(postponed(2, 1, "2025-01-28T18:30:00Z"))->status, EditStatus::done);
    EXPECT_EQ(meeting(0), instant("2025-01-21T18:00:00Z"));
    EXPECT_EQ(meeting(1), instant("2025-01-28T18:30:00Z"));
    EXPECT_EQ(meeting(2), instant("2025-02-04T18:00:00Z"));
}

TEST_F(EditCohort, an_undo_moves_no_meeting_that_was_held_and_none_into_the_past) {
    ASSERT_EQ(edit(postponed(1, 1, "2025-01-23T18:30:00Z"))->status, EditStatus::refused);
    EditRequest forced;
    forced.force = true;
    const auto force = [&](const EditOrder& wanted) {
        return edit_cohort(store_, zone_table(), clock_, forced, cohort_, {}, wanted);
    };
    ASSERT_EQ(force(postponed(1, 1, "2025-01-23T18:30:00Z"))->status, EditStatus::done);
    clock_.set(instant("2025-01-22T00:00:00Z"));
    const EditAnswer early = edit(order(EditOrder::Command::undo));
    ASSERT_EQ(early->status, EditStatus::refused);
    EXPECT_EQ(early->violations[0].rule, "undo");
    EXPECT_THAT(early->violations[0].message, ::testing::HasSubstr("would move into the past"));
    clock_.set(instant("2025-01-24T00:00:00Z"));
    const EditAnswer late = edit(order(EditOrder::Command::undo));
    ASSERT_EQ(late->status, EditStatus::refused);
    EXPECT_THAT(late->violations[0].message, ::testing::HasSubstr("has begun already"));
    EXPECT_EQ(meeting(0), instant("2025-01-23T18:30:00Z"));

    // A rehearsal with dates gone by: nobody met, so nothing is in the way.
    clock_.set(instant("2025-08-01T00:00:00Z"));
    EXPECT_EQ(edit(order(EditOrder::Command::undo))->status, EditStatus::done);
    EXPECT_EQ(meeting(0), instant("2025-01-21T18:00:00Z"));
}

TEST_F(EditCohort, faults_name_what_is_missing_or_unknown) {
    EditOrder move = order(EditOrder::Command::move);
    EXPECT_EQ(edit(move).error().front().path, "person");
    move.person = UserId{999};
    EXPECT_EQ(edit(move).error().front().path, "person");
    move.person = person_;
    EXPECT_EQ(edit(move).error().front().path, "group");
    EXPECT_EQ(edit(order(EditOrder::Command::pin)).error().front().path, "group");
    EXPECT_EQ(edit(order(EditOrder::Command::postpone)).error().front().path, "group");
    EXPECT_EQ(edit(postponed(0, 1)).error().front().path, "week");
    EXPECT_EQ(edit(postponed(1, 53)).error().front().path, "weeks");
    EXPECT_EQ(edit(postponed(1, 1, "2025-01-28T18:30:30Z")).error().front().path, "to");
}

TEST_F(EditCohort, any_change_of_the_rows_changes_the_version) {
    const std::string before = version();
    EXPECT_EQ(version(), before);
    store_.group(cohort_, g1_).pinned = true;
    const std::string pinned = version();
    EXPECT_NE(pinned, before);
    store_.rows(cohort_).signups.front().availability_local = R"({"Monday": ["08:00-09:00"]})";
    EXPECT_NE(version(), pinned);
    store_.rows(cohort_).apart.push_back({person_});
    EXPECT_NE(version(), before);
}

TEST_F(EditCohort, a_new_plan_around_pins_keeps_pinned_groups_and_those_with_homes) {
    store_.group(cohort_, g1_).pinned = true;
    ScheduleOptions options;
    options.reform = true;
    const auto proposal = propose_schedules(store_, zone_table(), clock_, cohort_, options);
    ASSERT_TRUE(proposal);
    ASSERT_EQ(proposal->front().result.status, ScheduleStatus::planned);
    ASSERT_EQ(proposal->front().changes.statuses.size(), 1U);
    EXPECT_EQ(proposal->front().changes.statuses[0].group_id, g2_);
    EXPECT_EQ(store_.commits(), 0);
    EXPECT_EQ(accept_proposal(store_, proposal->front()).status, ScheduleStatus::scheduled);
    EXPECT_EQ(store_.group(cohort_, g2_).status, GroupStatus::cancelled);
    EXPECT_TRUE(sits_in(person_, g1_));
    EXPECT_EQ(accept_proposal(store_, proposal->front()).status, ScheduleStatus::stale);

    options.kept = {g1_};
    store_.group(cohort_, g1_).pinned = false;
    const auto with_homes = propose_schedules(store_, zone_table(), clock_, cohort_, options);
    for (const GroupStatusChange& change : with_homes->front().changes.statuses)
        EXPECT_NE(change.group_id, g1_);
}

TEST_F(EditCohort, a_plan_whose_edit_was_lost_stands_with_its_run_and_who_accepted_it) {
    EditOrder rename = order(EditOrder::Command::rename);
    rename.group = g2_;
    rename.text = "Owls";
    ASSERT_EQ(edit(rename)->status, EditStatus::done);
    ScheduleOptions options;
    options.reform = true;
    const auto proposal = propose_schedules(store_, zone_table(), clock_, cohort_, options);
    const SchedulingResult written = accept_proposal(store_, proposal->front(), "ana");
    ASSERT_EQ(written.status, ScheduleStatus::scheduled);
    store_.fail_next("commit_edit", Retry::safe);
    EXPECT_EQ(record_acceptance(store_, clock_, proposal->front(), written, "ana").value, 0);

    const auto runs = store_.list_runs(cohort_);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].run_id, written.run_id);
    EXPECT_THAT(runs[0].run.options, ::testing::HasSubstr(R"("author":"ana")"));
    EXPECT_EQ(store_.group(cohort_, g2_).status, GroupStatus::cancelled);
    // What is undone next is the edit before, and it brings no dissolved group back.
    ASSERT_EQ(edit(order(EditOrder::Command::undo))->status, EditStatus::done);
    EXPECT_EQ(store_.group(cohort_, g2_).status, GroupStatus::cancelled);
    EXPECT_EQ(edit(order(EditOrder::Command::undo))->status, EditStatus::nothing_to_undo);
}

}  // namespace
}  // namespace convene::test
