#include "app/realize_cohort.h"

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

class RealizeCohort : public ::testing::Test {
protected:
    RealizeCohort() {
        store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{},
                         {store_.add_participant(cohort_, "p", "UTC", "always")});
    }
    RealizeResult realize(const RealizeOptions& options = {}) {
        return realize_cohort(store_, realizer_, clock_, cohort_, options);
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    SetClock clock_{instant("2025-01-01T12:00:00Z")};
    StandInRealizer realizer_;
};

TEST_F(RealizeCohort, carries_out_the_plan_and_records_the_run) {
    std::vector<int> progress;
    RealizeOptions options;
    options.on_progress = [&](const RealizationProgress& now) { progress.push_back(now.done); };
    const RealizeResult result = realize(options);
    EXPECT_EQ(result.status, RealizeStatus::done);
    EXPECT_EQ(progress, (std::vector<int>{1, 2}));
    const StoredRun run = store_.list_runs(cohort_).front();
    EXPECT_EQ(run.run_id, result.run_id);
    EXPECT_EQ(run.run.kind, "realize");
    EXPECT_EQ(run.run.status, "done");
    EXPECT_EQ(run.run.job_id, result.job_id);
}

TEST_F(RealizeCohort, a_second_run_has_nothing_to_do_and_says_so_in_its_record) {
    realize();
    EXPECT_EQ(realize().status, RealizeStatus::nothing_to_do);
    EXPECT_EQ(store_.list_runs(cohort_).size(), 2u);
    EXPECT_EQ(store_.list_runs(cohort_).front().run.status, kNothingToDo);
}

TEST_F(RealizeCohort, a_run_is_in_the_database_while_it_goes_on_and_as_crashed_when_it_died) {
    struct Died {};
    realizer_.meanwhile = [&] {
        EXPECT_EQ(list_runs(store_, cohort_).front().run.status, kRunning);
        store_.fail_next("finish_run", Retry::safe);
        throw Died{};
    };
    EXPECT_THROW(realize(), Died);
    EXPECT_EQ(list_runs(store_, cohort_).front().run.status, kCrashed);
}

TEST_F(RealizeCohort, a_plan_with_a_blocker_is_not_begun) {
    realizer_.notes = {{RealizationNote::Kind::blocker, "the bot may not create channels", "grant it"}};
    const RealizeResult result = realize();
    EXPECT_EQ(result.status, RealizeStatus::blocked);
    EXPECT_THAT(result.outcome.done, IsEmpty());
    EXPECT_EQ(result.outcome.notes.size(), 1u);
    EXPECT_EQ(store_.list_runs(cohort_).front().run.status, "blocked");
    EXPECT_EQ(realizer_.steps.size(), 2u);
}

TEST_F(RealizeCohort, a_cohort_without_running_groups_is_told_so_before_discord_is_asked) {
    const CohortId empty = store_.add_cohort("Autumn");
    EXPECT_EQ(realize_cohort(store_, realizer_, clock_, empty).status, RealizeStatus::no_groups);
    EXPECT_EQ(realizer_.runs, 0);
}

TEST_F(RealizeCohort, a_second_process_is_told_that_the_first_is_at_it) {
    store_.hold_lock(cohort_, "realize");
    const RealizeResult result = realize();
    EXPECT_EQ(result.status, RealizeStatus::busy);
    EXPECT_EQ(result.outcome.cohort_name, "Spring") << "so that it can be told of what";
    EXPECT_EQ(realizer_.runs, 0);
}

TEST_F(RealizeCohort, a_running_schedule_does_not_keep_it_waiting) {
    store_.hold_lock(cohort_, "schedule");
    EXPECT_EQ(realize().status, RealizeStatus::done);
}

TEST_F(RealizeCohort, an_interrupted_run_says_what_is_left_and_the_next_one_does_it) {
    RealizeOptions options;
    int asked = 0;
    options.should_stop = [&] { return ++asked > 1; };
    const RealizeResult result = realize(options);
    EXPECT_EQ(result.status, RealizeStatus::interrupted);
    EXPECT_EQ(result.outcome.not_done.size(), 1u);
    EXPECT_EQ(realize().status, RealizeStatus::done);
}

TEST_F(RealizeCohort, a_failure_before_the_first_change_is_recorded_and_thrown) {
    realizer_.failure = DiscordFailure("Discord could not be reached", Retry::safe);
    EXPECT_THROW(realize(), DiscordFailure);
    const StoredRun run = store_.list_runs(cohort_).front();
    EXPECT_EQ(run.run.status, "failed");
    EXPECT_THAT(run.run.result, HasSubstr("could not be reached"));
    realizer_.failure.reset();
    EXPECT_EQ(realize().status, RealizeStatus::done) << "the lock was released";
}

TEST_F(RealizeCohort, a_failure_on_the_way_is_told_beside_what_was_done) {
    realizer_.told_failure = "Discord answered with an error";
    const RealizeResult result = realize();
    EXPECT_EQ(result.status, RealizeStatus::failed);
    EXPECT_EQ(result.outcome.done.size(), 2u);
    EXPECT_EQ(store_.list_runs(cohort_).front().run.status, "failed");
}

TEST_F(RealizeCohort, an_edit_meanwhile_does_not_lose_the_record) {
    realizer_.meanwhile = [&] { store_.rows(cohort_).groups.front().group_name = "Larks"; };
    EXPECT_EQ(realize().status, RealizeStatus::done);
    EXPECT_EQ(store_.list_runs(cohort_).size(), 1u);
    EXPECT_EQ(store_.rows(cohort_).groups.front().group_name, "Larks");
}

TEST_F(RealizeCohort, options_reach_the_realizer) {
    RealizeOptions options;
    options.realization.restore = true;
    const RealizeResult result = realize(options);
    EXPECT_TRUE(realizer_.restore);
    EXPECT_EQ(realizer_.job_id, result.job_id) << "for Discord's audit log";
}

}  // namespace
}  // namespace convene::test
