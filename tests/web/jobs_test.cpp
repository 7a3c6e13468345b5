#include "web/jobs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <stdexcept>

#include "app/failure.h"

namespace convene::web {
namespace {

using namespace std::chrono_literals;

/// Its events from the first to the last, waiting for each as a page does.
std::vector<std::string> heard(const Job& job) {
    std::vector<std::string> events;
    while (const auto event = job.event(events.size(), 60s)) events.push_back(*event);
    return events;
}

TEST(Jobs, whoever_listens_while_it_works_hears_what_whoever_comes_late_reads) {
    Jobs jobs;
    const auto job = jobs.start("solve", CohortId{1}, [](Job& self) {
        for (int i = 0; i < 200; ++i) self.tell({{"number", i}});
    });
    auto first = std::async(std::launch::async, [&] { return heard(*job); });
    auto second = std::async(std::launch::async, [&] { return heard(*job); });
    const std::vector<std::string> events = first.get();
    EXPECT_EQ(events.size(), 200U);
    EXPECT_EQ(events.back(), R"({"number":199})");
    EXPECT_EQ(second.get(), events);
    EXPECT_TRUE(job->finished());
    EXPECT_EQ(heard(*job), events);
    EXPECT_EQ(job->latest(), Json({{"number", 199}}));
}

TEST(Jobs, a_cohort_has_one_of_a_kind_at_a_time) {
    Jobs jobs;
    std::promise<void> end;
    const auto wait = [ended = end.get_future().share()](Job&) { ended.wait(); };
    const auto job = jobs.start("solve", CohortId{1}, wait);
    try {
        (void)jobs.start("solve", CohortId{1}, wait);
        ADD_FAILURE() << "a second one began";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.status(), 409);
    }
    const auto other = jobs.start("realize", CohortId{1}, wait);
    (void)jobs.start("solve", CohortId{2}, wait);
    EXPECT_EQ(jobs.of(CohortId{1}), (std::vector{other, job}));
    EXPECT_EQ(jobs.find(job->id()), job);
    end.set_value();
    (void)heard(*job);
    EXPECT_NE(jobs.start("solve", CohortId{1}, [](Job&) {}), job);
}

TEST(Jobs, of_many_only_so_many_run_and_all_end_when_asked_to) {
    Jobs jobs;
    const auto until_stopped = [](Job& self) {
        while (!self.stopped()) std::this_thread::yield();
        self.tell({{"type", "stopped"}});
    };
    std::vector<std::shared_ptr<Job>> running;
    for (int cohort = 1; cohort <= 4; ++cohort)
        running.push_back(jobs.start("solve", CohortId{cohort}, until_stopped));
    EXPECT_THROW((void)jobs.start("solve", CohortId{5}, until_stopped), Refusal);
    jobs.stop();
    for (const auto& job : running) EXPECT_EQ(heard(*job), std::vector<std::string>{R"({"type":"stopped"})"});
    EXPECT_TRUE(jobs.of(CohortId{1}).empty());
}

TEST(Jobs, what_it_throws_is_its_last_event_and_secrets_stay_inside) {
    Jobs jobs;
    const auto known = jobs.start("solve", CohortId{1}, [](Job&) { throw Failure("the disk is full"); });
    const auto unknown =
        jobs.start("solve", CohortId{2}, [](Job&) { throw std::runtime_error("password hunter2"); });
    EXPECT_EQ(heard(*known), std::vector<std::string>{R"({"type":"failed","message":"the disk is full"})"});
    EXPECT_EQ(heard(*unknown), std::vector<std::string>{R"({"type":"failed","message":"internal error"})"});
}

}  // namespace
}  // namespace convene::web
