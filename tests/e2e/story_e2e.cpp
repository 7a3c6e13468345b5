// From a cohort file to a server on Discord, as an organiser does it, on both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "tests/e2e/database_dump.h"
#include "tests/e2e/rehearsal.h"
#include "tests/support/platform_database.h"

namespace convene::test {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kTextChannel = 0;
constexpr int kVoiceChannel = 2;
constexpr int kCategory = 4;

/// The instance with another start date: meetings of January 2025 are past by any clock.
std::string starting_on(const std::string& name, const std::string& date) {
    json cohort = json::parse(std::ifstream(instance(name)));
    cohort["cohort"]["start_date"] = date;
    return cohort.dump();
}

/// A Monday of 2035: in the future for long, and of a year that every zone's data covers.
constexpr const char* kFutureMonday = "2035-01-15";

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

class Story : public ::testing::TestWithParam<DatabaseKind> {
protected:
    Story() : rehearsal_(GetParam().url()) { rehearsal_.use(sandbox_); }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
};

INSTANTIATE_TEST_SUITE_P(
    On, Story,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(Story, import_schedule_realize_and_realize_again_without_a_write) {
    const auto file = rehearsal_.folder().write("60.cohort.json", starting_on("60", kFutureMonday));
    const json imported = rehearsal_.json({"import", file});
    EXPECT_EQ(imported.at("people"), 69);
    const std::string id = std::to_string(imported.at("cohort_id").get<int>());

    const json awaiting = rehearsal_.json({"cohorts"});
    ASSERT_EQ(awaiting.size(), 1u);
    EXPECT_EQ(awaiting[0].at("awaiting"), 60 + 9) << "facilitators sign up too";

    const std::string before = dump(rehearsal_.database_url());
    const json planned = rehearsal_.json({"schedule", id, "--dry-run"});
    EXPECT_EQ(planned.at("status"), "planned");
    EXPECT_EQ(dump(rehearsal_.database_url()), before) << "a dry run writes nothing";

    const json scheduled = rehearsal_.json({"schedule", id});
    EXPECT_EQ(scheduled.at("status"), "scheduled");
    EXPECT_EQ(scheduled.at("plan_status"), "optimal");
    EXPECT_EQ(scheduled.at("placed"), planned.at("placed")) << "the same plan, kept this time";

    const json groups = rehearsal_.json({"groups", id});
    ASSERT_THAT(groups.at("groups"), Not(IsEmpty()));
    std::size_t members = 0;
    std::size_t meetings = 0;
    for (const json& group : groups.at("groups")) {
        EXPECT_EQ(group.at("meetings").size(), 8u);
        EXPECT_THAT(group.at("violations"), IsEmpty());
        members += group.at("members").size();
        meetings += group.at("meetings").size();
    }
    const std::size_t count = groups.at("groups").size();
    EXPECT_EQ(members, scheduled.at("placed").get<std::size_t>() + count) << "each group has its facilitator";

    const json explained = rehearsal_.json({"explain", id});
    const auto unplaced =
        std::count_if(explained.at("people").begin(), explained.at("people").end(),
                      [](const json& person) { return person.at("standing") == "unplaced"; });
    EXPECT_EQ(unplaced, 60 - scheduled.at("placed").get<int>());

    const json plan = rehearsal_.json({"realize", id, "--plan"});
    EXPECT_EQ(plan.at("blocked"), false);
    EXPECT_THAT(sandbox_.writes_after(0), IsEmpty()) << "a plan changes nothing";

    const ProgramResult realized = rehearsal_.convene({"realize", id});
    ASSERT_EQ(realized.exit_code, 0) << realized.out << realized.err;
    EXPECT_EQ(sandbox_.channels_of_type(kCategory).size(), 1u);
    EXPECT_EQ(sandbox_.channels_of_type(kVoiceChannel).size(), count);
    const auto announced =
        std::count_if(plan.at("steps").begin(), plan.at("steps").end(),
                      [](const json& step) { return step.at("object") == "scheduled event"; });
    EXPECT_GE(announced, std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(meetings), 99));
    EXPECT_EQ(sandbox_.get("/state").at("scheduled_events").size(), static_cast<std::size_t>(announced));
    std::size_t welcomed = 0;
    for (const json& channel : sandbox_.channels_of_type(kTextChannel)) {
        const json all = sandbox_.get("/state").at("messages");
        welcomed += all.contains(channel.at("id")) && all.at(channel.at("id")).size() == 1 ? 1 : 0;
    }
    EXPECT_EQ(welcomed, count) << "one welcome message per group";

    const auto mark = sandbox_.last_request();
    const ProgramResult again = rehearsal_.convene({"realize", id});
    EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
    EXPECT_THAT(sandbox_.writes_after(mark), IsEmpty()) << "all is there already";
    EXPECT_EQ(rehearsal_.json({"cohorts"})[0].at("realized"), count);

    const ProgramResult nobody_waits = rehearsal_.convene({"schedule", id});
    EXPECT_EQ(nobody_waits.exit_code, 1) << "nothing to schedule: " << nobody_waits.out;
}

TEST_P(Story, a_cohort_whose_meetings_are_past_is_realized_without_events_and_says_so) {
    ASSERT_EQ(rehearsal_.convene({"import", instance("24")}).exit_code, 0);
    ASSERT_EQ(rehearsal_.convene({"schedule", "1"}).exit_code, 0);
    const ProgramResult realized = rehearsal_.convene({"realize", "1"});
    EXPECT_EQ(realized.exit_code, 0) << realized.out << realized.err;
    EXPECT_NE(realized.out.find("past"), std::string::npos) << realized.out;
    EXPECT_THAT(sandbox_.get("/state").at("scheduled_events"), IsEmpty());
    const auto mark = sandbox_.last_request();
    EXPECT_EQ(rehearsal_.convene({"realize", "1"}).exit_code, 0);
    EXPECT_THAT(sandbox_.writes_after(mark), IsEmpty());
}

TEST_P(Story, edits_are_judged_recorded_and_undone) {
    const auto file = rehearsal_.folder().write("24.cohort.json", starting_on("24", kFutureMonday));
    ASSERT_EQ(rehearsal_.convene({"import", file}).exit_code, 0);
    ASSERT_EQ(rehearsal_.convene({"schedule", "1"}).exit_code, 0);
    const json groups = rehearsal_.json({"groups", "1"});
    const std::string group = groups.at("groups")[0].at("group_name");

    EXPECT_EQ(rehearsal_.convene({"rename", group, "Early birds"}).exit_code, 0);
    EXPECT_EQ(rehearsal_.json({"groups", "1"}).at("groups")[0].at("group_name"), "Early birds");
    EXPECT_EQ(rehearsal_.convene({"undo"}).exit_code, 0);
    EXPECT_EQ(rehearsal_.json({"groups", "1"}).at("groups")[0].at("group_name"), group);
    EXPECT_EQ(rehearsal_.convene({"undo"}).exit_code, 1) << "there is nothing left to undo";

    const std::string before = dump(rehearsal_.database_url());
    const ProgramResult refused = rehearsal_.convene({"retime", group, "--to", "Monday 03:00"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.out.find("R3"), std::string::npos) << "nobody can attend then: " << refused.out;
    EXPECT_EQ(dump(rehearsal_.database_url()), before);
    EXPECT_EQ(rehearsal_.convene({"retime", group, "--to", "Monday 03:00", "--force"}).exit_code, 0);
    EXPECT_EQ(rehearsal_.convene({"undo"}).exit_code, 0);
    EXPECT_EQ(rehearsal_.json({"groups", "1"}), groups) << "undone without a trace";
    EXPECT_EQ(rehearsal_.json({"runs", "1"}).at("edits").size(), 4u) << "but recorded: two edits, two undos";
}

TEST(AdoptedDatabase, goes_through_the_same_story_and_keeps_every_row) {
    const std::string url = PostgresServer::shared().create_database();
    make_platform_database(url);
    const SandboxProgram sandbox;
    Rehearsal rehearsal(url);
    rehearsal.use(sandbox);

    const std::string users = "select user_id, discord_id, email, timezone from users order by 1";
    const auto before = rows_of(url, users);
    const ProgramResult unasked = rehearsal.convene({"schedule", "1"});
    EXPECT_EQ(unasked.exit_code, 4) << "adoption is never silent: " << unasked.out;
    EXPECT_NE(unasked.err.find("db migrate"), std::string::npos) << unasked.err;

    EXPECT_EQ(rehearsal.convene({"db", "status"}).exit_code, 1) << "a migration is pending";
    ASSERT_EQ(rehearsal.convene({"db", "migrate"}).exit_code, 0);
    ASSERT_EQ(rehearsal.convene({"db", "migrate"}).exit_code, 0) << "safe to run twice";
    EXPECT_EQ(rehearsal.convene({"db", "status"}).exit_code, 0);
    EXPECT_EQ(rows_of(url, users), before);

    const json scheduled = rehearsal.json({"schedule", "AI Safety - Jan 2025"});
    EXPECT_EQ(scheduled.at("status"), "scheduled");
    ASSERT_GT(scheduled.at("placed"), 0);
    const json groups = rehearsal.json({"groups", "1"});
    for (const json& group : groups.at("groups")) EXPECT_THAT(group.at("violations"), IsEmpty());
    ASSERT_EQ(rehearsal.convene({"realize", "1"}).exit_code, 0);
    EXPECT_EQ(sandbox.channels_of_type(kVoiceChannel).size(), groups.at("groups").size());
    const auto mark = sandbox.last_request();
    EXPECT_EQ(rehearsal.convene({"realize", "1"}).exit_code, 0);
    EXPECT_THAT(sandbox.writes_after(mark), IsEmpty());
    EXPECT_EQ(rows_of(url, users), before) << "nobody's row was touched";
}

}  // namespace
}  // namespace convene::test
