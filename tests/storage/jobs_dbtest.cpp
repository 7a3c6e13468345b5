// Jobs of the bot: taken in once, run by one process, taken over from the dead.
#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

BotJob asked(const std::string& interaction, std::int64_t cohort = 1, const std::string& owner = "a") {
    BotJob job;
    job.job_id = "job" + interaction;
    job.interaction_id = interaction;
    job.token = "secret";
    job.channel_id = "77";
    job.user_id = "88";
    job.command = "schedule";
    job.options = R"({"min":4})";
    job.cohort_id = CohortId{cohort};
    job.exclusive = true;
    job.owner = owner;
    job.asked_at = at(2025, 1, 10, 12);
    return job;
}

class Jobs : public StoreContract {
protected:
    JobStore& jobs() { return store().jobs(); }
};

TEST_P(Jobs, a_job_comes_back_as_it_was_taken_in) {
    const BotJob job = asked("1");
    EXPECT_EQ(jobs().take_in(job).answer, JobIntake::Answer::taken);
    EXPECT_EQ(jobs().find_job("job1"), job);
    EXPECT_FALSE(jobs().find_job("job2"));
}

TEST_P(Jobs, an_interaction_that_arrives_twice_is_one_job) {
    (void)jobs().take_in(asked("1"));
    BotJob again = asked("1", 2);
    again.job_id = "other";
    EXPECT_EQ(another()->jobs().take_in(again).answer, JobIntake::Answer::known);
    EXPECT_FALSE(jobs().find_job("other"));
}

TEST_P(Jobs, a_second_job_of_one_cohort_is_told_of_the_first_until_that_is_finished) {
    (void)jobs().take_in(asked("1"));
    const JobIntake second = another()->jobs().take_in(asked("2"));
    EXPECT_EQ(second.answer, JobIntake::Answer::in_turn);
    EXPECT_EQ(second.other->job_id, "job1");
    EXPECT_EQ(jobs().take_in(asked("3", 2)).answer, JobIntake::Answer::taken);
    EXPECT_TRUE(jobs().finish_job("job1", "a", "{}"));
    EXPECT_EQ(jobs().take_in(asked("2")).answer, JobIntake::Answer::taken);
}

TEST_P(Jobs, jobs_that_are_not_exclusive_stand_side_by_side) {
    for (const char* id : {"1", "2"}) {
        BotJob job = asked(id);
        job.exclusive = false;
        EXPECT_EQ(jobs().take_in(job).answer, JobIntake::Answer::taken);
    }
}

TEST_P(Jobs, only_the_owner_changes_a_job_and_each_step_once) {
    (void)jobs().take_in(asked("1"));
    EXPECT_FALSE(jobs().begin_job("job1", "b"));
    EXPECT_TRUE(jobs().begin_job("job1", "a"));
    EXPECT_EQ(jobs().find_job("job1")->state, JobState::running);
    EXPECT_EQ(jobs().find_job("job1")->attempts, 1);
    EXPECT_FALSE(jobs().finish_job("job1", "b", "{}"));
    EXPECT_TRUE(jobs().finish_job("job1", "a", "{}"));
    EXPECT_FALSE(jobs().begin_job("job1", "a"));
    EXPECT_TRUE(jobs().settle_job("job1", "a"));
    EXPECT_FALSE(jobs().settle_job("job1", "a"));
    EXPECT_EQ(jobs().find_job("job1")->state, JobState::reported);
    EXPECT_EQ(jobs().find_job("job1")->token, "");
}

TEST_P(Jobs, the_living_keep_their_jobs_and_the_dead_lose_them_to_one_heir) {
    auto held = jobs().try_hold_owner("a");
    ASSERT_TRUE(held);
    EXPECT_FALSE(another()->jobs().try_hold_owner("a"));
    (void)jobs().take_in(asked("1"));
    (void)jobs().begin_job("job1", "a");
    EXPECT_TRUE(another()->jobs().adopt_jobs("b").empty());
    held.reset();
    const auto adopted = another()->jobs().adopt_jobs("b");
    ASSERT_EQ(adopted.size(), 1U);
    EXPECT_EQ(adopted[0].owner, "b");
    EXPECT_EQ(adopted[0].state, JobState::running);
    const auto heir = jobs().try_hold_owner("b");
    EXPECT_TRUE(another()->jobs().adopt_jobs("c").empty());
    EXPECT_FALSE(jobs().finish_job("job1", "a", "{}"));
}

TEST_P(Jobs, parked_jobs_go_to_whoever_comes_first_and_reported_ones_to_nobody) {
    const auto held = jobs().try_hold_owner("a");
    (void)jobs().take_in(asked("1", 1));
    (void)jobs().take_in(asked("2", 2));
    EXPECT_TRUE(jobs().park_job("job1", "a"));
    EXPECT_TRUE(jobs().settle_job("job2", "a"));
    const auto adopted = another()->jobs().adopt_jobs("b");
    ASSERT_EQ(adopted.size(), 1U);
    EXPECT_EQ(adopted[0].job_id, "job1");
    EXPECT_EQ(adopted[0].state, JobState::waiting);
}

TEST_P(Jobs, being_parked_again_and_again_is_no_sign_of_trouble) {
    (void)jobs().take_in(asked("1"));
    for (const char* owner : {"a", "b", "c", "d"}) {
        if (owner != std::string("a")) (void)jobs().adopt_jobs(owner);
        EXPECT_TRUE(jobs().begin_job("job1", owner));
        EXPECT_LE(jobs().find_job("job1")->attempts, 2);
        EXPECT_TRUE(jobs().park_job("job1", owner));
        EXPECT_EQ(jobs().find_job("job1")->attempts, 1) << "begun once, it stays known as begun";
    }
}

TEST_P(Jobs, reported_jobs_are_forgotten_with_time_and_open_ones_are_not) {
    (void)jobs().take_in(asked("1", 1));
    (void)jobs().take_in(asked("2", 2));
    (void)jobs().settle_job("job1", "a");
    jobs().forget_jobs(at(2025, 1, 10, 12));
    EXPECT_TRUE(jobs().find_job("job1"));
    jobs().forget_jobs(at(2025, 1, 10, 12, 1));
    EXPECT_FALSE(jobs().find_job("job1"));
    EXPECT_TRUE(jobs().find_job("job2"));
}

TEST_P(Jobs, a_session_is_inherited_once_and_only_from_the_dead) {
    auto held = jobs().try_hold_owner("a");
    jobs().save_session("a", "s1");
    jobs().save_session("a", "s2");
    EXPECT_FALSE(another()->jobs().inherit_session("b"));
    held.reset();
    const auto heir = jobs().try_hold_owner("b");
    EXPECT_EQ(another()->jobs().inherit_session("b"), "s2");
    EXPECT_FALSE(jobs().inherit_session("c"));
}

CONVENE_ON_BOTH_DATABASES(Jobs);

}  // namespace
}  // namespace convene::test
