#include "app/archive_cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/queries/runs.h"
#include "tests/support/memory_store.h"
#include "tests/support/stand_in_realizer.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Goal = RealizationOptions::Goal;

/// One group with a member who stays and one who left.
class ArchiveCohort : public ::testing::Test {
protected:
    ArchiveCohort() {
        const UserId leader = store_.add_facilitator(cohort_, "f", "UTC", "always");
        const UserId stays = store_.add_participant(cohort_, "p", "UTC", "always");
        const UserId left = store_.add_participant(cohort_, "q", "UTC", "always");
        group_ = store_.add_group(cohort_, "Group 1", "Tue 18:00", leader, {stays, left});
        for (MembershipRow& member : store_.group(cohort_, group_).members)
            if (member.user_id == left) member.status = MembershipStatus::dropped;
    }
    ArchiveResult archive(const ArchiveOptions& options = {}) {
        return archive_cohort(store_, &realizer_, clock_, cohort_, options);
    }
    MembershipStatus status_of(std::size_t member) {
        return store_.group(cohort_, group_).members.at(member).status;
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    GroupId group_;
    SetClock clock_{instant("2025-04-01T12:00:00Z")};
    StandInRealizer realizer_;
};

TEST_F(ArchiveCohort, closes_discord_first_and_completes_the_cohort_and_keeps_its_history) {
    const GroupRow before = store_.group(cohort_, group_);
    const ArchiveResult result = archive();
    EXPECT_EQ(result.status, ArchiveStatus::done);
    EXPECT_EQ(realizer_.goal, Goal::archive);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::completed);
    const GroupRow after = store_.group(cohort_, group_);
    EXPECT_EQ(after.status, GroupStatus::completed);
    EXPECT_EQ(after.meetings, before.meetings);
    EXPECT_EQ(status_of(0), MembershipStatus::completed);
    EXPECT_EQ(status_of(2), MembershipStatus::dropped) << "who left has not completed anything";
    const StoredRun run = store_.list_runs(cohort_).front();
    EXPECT_EQ(run.run.kind, "archive");
    EXPECT_EQ(run.run.status, "done");
    EXPECT_EQ(run.run_id, result.run_id);
}

TEST_F(ArchiveCohort, a_second_archive_has_nothing_to_do) {
    archive();
    EXPECT_EQ(archive().status, ArchiveStatus::nothing_to_do);
}

TEST_F(ArchiveCohort, channels_are_deleted_only_when_asked_even_later) {
    archive();
    ArchiveOptions options;
    options.delete_channels = true;
    realizer_.steps = {{RealizationStep::Action::remove, "text channel", "Group 1", "group-1", ""}};
    EXPECT_EQ(archive(options).status, ArchiveStatus::done);
    EXPECT_EQ(realizer_.goal, Goal::removal);
}

TEST_F(ArchiveCohort, the_plan_shows_discords_part_and_the_databases_part_and_changes_nothing) {
    const CohortSnapshot before = store_.rows(cohort_);
    const RealizationPlan plan = plan_archive(store_, &realizer_, cohort_, {});
    ASSERT_EQ(plan.steps.size(), 4u);
    EXPECT_EQ(plan.steps[2].object, "group");
    EXPECT_THAT(plan.steps[2].detail, HasSubstr("2 members"));
    EXPECT_EQ(plan.steps[3].changes.front(), (FieldChange{"status", "active", "completed"}));
    EXPECT_EQ(store_.rows(cohort_), before);
}

TEST_F(ArchiveCohort, a_cohort_that_was_never_realized_ends_without_discord) {
    EXPECT_EQ(archive_cohort(store_, nullptr, clock_, cohort_, {}).status, ArchiveStatus::done);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::completed);
}

TEST_F(ArchiveCohort, cut_short_on_discord_the_cohort_is_not_completed_and_the_next_run_goes_on) {
    ArchiveOptions options;
    int asked = 0;
    options.should_stop = [&] { return ++asked > 1; };
    EXPECT_EQ(archive(options).status, ArchiveStatus::interrupted);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::active);
    EXPECT_EQ(archive().status, ArchiveStatus::done);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::completed);
}

TEST_F(ArchiveCohort, killed_between_discord_and_the_database_the_next_run_completes_it) {
    store_.fail_next("commit_schedule", Retry::safe);
    EXPECT_EQ(archive().status, ArchiveStatus::failed);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::active);
    EXPECT_EQ(archive().status, ArchiveStatus::done);
}

TEST_F(ArchiveCohort, an_edit_meanwhile_is_kept_and_completed_with_the_rest) {
    int edits = 0;
    store_.before_commit = [&] {
        if (edits++ == 0) store_.group(cohort_, group_).group_name = "Larks";
    };
    EXPECT_EQ(archive().status, ArchiveStatus::done);
    EXPECT_EQ(store_.group(cohort_, group_).group_name, "Larks");
    EXPECT_EQ(store_.group(cohort_, group_).status, GroupStatus::completed);
}

TEST_F(ArchiveCohort, while_somebody_realizes_it_waits_for_nobody_and_says_so) {
    store_.hold_lock(cohort_, "realize");
    EXPECT_EQ(archive().status, ArchiveStatus::busy);
}

TEST_F(ArchiveCohort, what_stands_in_the_way_is_told_and_nothing_is_completed) {
    realizer_.told_failure = "Discord could not be reached";
    EXPECT_EQ(archive().status, ArchiveStatus::failed);
    EXPECT_EQ(store_.rows(cohort_).cohort.status, CohortStatus::active);
    EXPECT_EQ(store_.list_runs(cohort_).front().run.status, "failed");
}

TEST_F(ArchiveCohort, other_cohorts_are_no_longer_held_up_by_it) {
    archive();
    EXPECT_THAT(store_.get_schedulable_cohorts(), IsEmpty());
    EXPECT_THAT(store_.get_realizable_cohorts(), IsEmpty());
}

}  // namespace
}  // namespace convene::test
