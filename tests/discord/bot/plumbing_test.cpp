// The bot's small parts: progress, sessions kept, metrics, logs, workers.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>

#include "discord/bot/log_line.h"
#include "discord/bot/metrics.h"
#include "discord/bot/progress_editor.h"
#include "discord/bot/receipt.h"
#include "discord/bot/session_keeper.h"
#include "discord/bot/worker_pool.h"

namespace convene::discord {
namespace {

using namespace std::chrono_literals;

TEST(ProgressEditor, shows_the_first_text_at_once_and_only_the_latest_after_a_pause) {
    std::mutex mutex;
    std::vector<std::pair<std::string, std::chrono::steady_clock::time_point>> shown;
    std::promise<void> second;
    {
        ProgressEditor editor(60ms, [&](const std::string& text, const auto&) {
            const std::lock_guard lock(mutex);
            shown.emplace_back(text, std::chrono::steady_clock::now());
            if (shown.size() == 2) second.set_value();
            return true;
        });
        editor.tell("0");
        while (true) {
            const std::lock_guard lock(mutex);
            if (!shown.empty()) break;
        }
        for (int i = 1; i <= 50; ++i) editor.tell(std::to_string(i));
        second.get_future().wait();
    }
    ASSERT_EQ(shown.size(), 2U) << "what was overtaken is never shown";
    EXPECT_EQ(shown[0].first, "0");
    EXPECT_EQ(shown[1].first, "50");
    EXPECT_GE(shown[1].second - shown[0].second, 60ms);
}

TEST(ProgressEditor, stops_where_there_is_nowhere_to_show) {
    std::atomic<int> shown = 0;
    std::promise<void> once;
    {
        ProgressEditor editor(0ms, [&](const std::string&, const auto&) {
            if (++shown == 1) once.set_value();
            return false;
        });
        editor.tell("a");
        once.get_future().wait();
        editor.tell("b");
    }
    EXPECT_EQ(shown, 1);
}

TEST(SessionKeeper, a_session_waits_for_the_events_before_it_and_for_no_later_ones) {
    SessionKeeper keeper;
    const auto first = keeper.received();
    keeper.keep("seq 1");
    const auto later = keeper.received();
    EXPECT_FALSE(keeper.ready());
    keeper.stored(first);
    EXPECT_EQ(keeper.ready(), "seq 1");
    EXPECT_FALSE(keeper.ready()) << "once";
    keeper.keep("seq 2");
    keeper.keep("seq 3");
    EXPECT_FALSE(keeper.ready());
    keeper.stored(later);
    EXPECT_EQ(keeper.ready(), "seq 3");
}

TEST(Receipt, is_given_once_and_a_dropped_one_says_no) {
    int given = 0;
    auto receipt = std::make_unique<Receipt>([&] { ++given; });
    const auto answer = receipt->answer();
    EXPECT_EQ(answer.wait_for(0ms), std::future_status::timeout);
    receipt->give();
    receipt->give();
    EXPECT_TRUE(answer.get());
    EXPECT_EQ(given, 1);
    receipt.reset();
    EXPECT_TRUE(answer.get()) << "it outlives the receipt";

    receipt = std::make_unique<Receipt>([&] { ++given; });
    const auto dropped = receipt->answer();
    receipt.reset();
    EXPECT_FALSE(dropped.get());
    EXPECT_EQ(given, 1);
}

TEST(Metrics, are_in_prometheus_form) {
    Metrics metrics;
    metrics.count(metric::kJobs, "command", "schedule");
    metrics.count(metric::kJobs, "command", "schedule");
    metrics.count(metric::kJobs, "command", "groups");
    metrics.observe(metric::kAnswerTime, "type", "command", 30ms);
    const std::string text = metrics.text({{"convene_up", "Is it?", 1}});
    EXPECT_NE(text.find("# TYPE convene_up gauge\nconvene_up 1\n"), std::string::npos);
    EXPECT_NE(text.find("convene_jobs_total{command=\"schedule\"} 2\n"), std::string::npos);
    EXPECT_EQ(text.find("# TYPE convene_jobs_total"), text.rfind("# TYPE convene_jobs_total"));
    EXPECT_NE(text.find("convene_first_answer_seconds_bucket{type=\"command\",le=\"0.025\"} 0\n"),
              std::string::npos);
    EXPECT_NE(text.find("convene_first_answer_seconds_bucket{type=\"command\",le=\"0.05\"} 1\n"),
              std::string::npos);
    EXPECT_NE(text.find("convene_first_answer_seconds_bucket{type=\"command\",le=\"+Inf\"} 1\n"),
              std::string::npos);
    EXPECT_NE(text.find("convene_first_answer_seconds_count{type=\"command\"} 1\n"), std::string::npos);
}

TEST(LogLine, is_one_json_object_whatever_is_in_it) {
    const std::string line =
        "said \"hi\"\x1fjob\x1e"
        "a\"b\x1fwhy\x1e"
        "x=1 \xff";
    const auto json =
        nlohmann::json::parse(format_log_line(LogFormat::json, "2026-01-01T00:00:00Z", "info", line));
    EXPECT_EQ(json["message"], "said \"hi\"");
    EXPECT_EQ(json["job"], "a\"b");
    EXPECT_EQ(json["level"], "info");
    EXPECT_EQ(format_log_line(LogFormat::text, "T", "info",
                              "job begun\x1fjob\x1e"
                              "ab\x1fwhy\x1e"
                              "two words"),
              "T info job begun job=ab why=\"two words\"");
}

class NoDatabase final : public Database {
public:
    CohortStore& cohorts() override { std::abort(); }
    RealizationStore& realization() override { std::abort(); }
    JobStore& jobs() override { std::abort(); }
    SchemaManager& schema() override { std::abort(); }
};

TEST(WorkerPool, does_what_waits_before_it_ends_delayed_work_at_once) {
    std::atomic<int> done = 0;
    WorkerPool pool({"test", 2, 0}, [] { return std::make_unique<NoDatabase>(); });
    for (int i = 0; i < 20; ++i) pool.add({[&](Database&) { ++done; }, {}});
    pool.add_after(1h, {[&](Database&) { ++done; }, {}});
    pool.stop();
    EXPECT_EQ(done, 21);
    pool.add({[&](Database&) { ++done; }, {}});
    EXPECT_EQ(done, 21);
}

TEST(WorkerPool, outlives_work_that_throws_and_tells_of_a_missing_database) {
    std::atomic<int> done = 0;
    std::string why;
    {
        bool there = false;
        WorkerPool pool({"test", 1, 0}, [&]() -> std::unique_ptr<Database> {
            if (!there) {
                there = true;
                throw std::runtime_error("no server");
            }
            return std::make_unique<NoDatabase>();
        });
        pool.add({[&](Database&) { ++done; }, [&](const std::string& what) { why = what; }});
        pool.add({[&](Database&) { throw std::runtime_error("x"); }, {}});
        pool.add({[&](Database&) { ++done; }, {}});
    }
    EXPECT_EQ(why, "no server");
    EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace convene::discord
