// Runs: in the database from their first moment, finished once.
#include "app/queries/runs.h"

#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

class Runs : public StoreContract {
protected:
    CohortId spring_ = cohorts().import_cohort(spring_cohort()).cohort_id;

    RunRecord begin(const std::string& kind) {
        RunRecord run = some_run();
        run.kind = kind;
        run.run_id = cohorts().begin_run(spring_, run);
        return run;
    }
    std::string status(std::size_t newest) { return list_runs(cohorts(), spring_).at(newest).run.status; }
};
CONVENE_ON_BOTH_DATABASES(Runs);

TEST_P(Runs, a_run_is_seen_while_somebody_is_at_it_and_known_as_crashed_when_nobody_is) {
    auto lock = another()->cohorts().try_lock_cohort(spring_, "realize");
    (void)begin("realize");
    EXPECT_TRUE(cohorts().is_cohort_locked(spring_, "realize"));
    EXPECT_FALSE(cohorts().is_cohort_locked(spring_, "schedule"));
    EXPECT_EQ(status(0), kRunning);
    lock.reset();
    EXPECT_FALSE(cohorts().is_cohort_locked(spring_, "realize"));
    EXPECT_EQ(status(0), kCrashed);
    EXPECT_NE(another()->cohorts().try_lock_cohort(spring_, "realize"), nullptr) << "a look takes no lock";
}

TEST_P(Runs, of_two_begun_runs_only_the_later_can_be_alive) {
    (void)begin("realize");
    (void)begin("archive");
    const auto lock = another()->cohorts().try_lock_cohort(spring_, "realize");
    EXPECT_EQ(status(0), kRunning) << "an archive holds the lock of a realize";
    EXPECT_EQ(status(1), kCrashed);
}

TEST_P(Runs, a_finished_run_keeps_its_first_end) {
    RunRecord run = begin("realize");
    run.status = "done";
    run.result = R"({"done":3})";
    cohorts().finish_run(run);
    run.status = "failed";
    cohorts().finish_run(run);
    const StoredRun stored = cohorts().list_runs(spring_).at(0);
    EXPECT_EQ(stored.run.status, "done");
    EXPECT_EQ(stored.run.result, R"({"done":3})");
    EXPECT_EQ(stored.run.finished_at, run.finished_at);
}

TEST_P(Runs, a_run_that_is_forgotten_leaves_no_trace_unless_it_has_ended) {
    const RunRecord forgotten = begin("schedule");
    RunRecord ended = begin("schedule");
    ended.status = "done";
    cohorts().finish_run(ended);
    cohorts().forget_run(forgotten.run_id);
    cohorts().forget_run(ended.run_id);
    const auto runs = cohorts().list_runs(spring_);
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs[0].run_id, ended.run_id);
}

TEST_P(Runs, a_commit_finishes_the_run_that_was_begun_for_it) {
    const RunRecord run = begin("schedule");
    const CohortSnapshot before = load(spring_);
    const CommitResult result = cohorts().commit_schedule(before, one_group_of_all(before), run);
    EXPECT_EQ(result.record_id, run.run_id.value);
    const auto runs = cohorts().list_runs(spring_);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].run.status, "optimal");
}

TEST_P(Runs, no_run_is_begun_for_a_cohort_that_is_not_there) {
    EXPECT_EQ(cohorts().begin_run(CohortId{4711}, some_run()).value, 0);
}

}  // namespace
}  // namespace convene::test
