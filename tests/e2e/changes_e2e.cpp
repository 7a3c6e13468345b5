// Weeks after a cohort was realized: members move, a meeting is postponed, a leader changes, the cohort ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "tests/e2e/database_dump.h"
#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

/// The instance `24` in 2035, everybody with a Discord account and on the server, scheduled and realized.
class Changes : public ::testing::TestWithParam<DatabaseKind> {
protected:
    Changes() : rehearsal_(GetParam().url()) {
        rehearsal_.use(sandbox_);
        sandbox_.post("/settings", {{"rate_limits", false}});
        json cohort = json::parse(std::ifstream(instance("24")));
        cohort["cohort"]["start_date"] = "2035-01-15";
        std::int64_t account = 200000000000000000;
        for (json& person : cohort["people"]) {
            person["discord_id"] = std::to_string(++account);
            sandbox_.post("/members",
                          {{"id", person["discord_id"]}, {"username", "u"}, {"administrator", false}});
        }
        run({"import", rehearsal_.folder().write("24.cohort.json", cohort.dump())});
        run({"schedule", "1"});
        run({"realize", "1"});
    }

    void TearDown() override {
        EXPECT_THAT(sandbox_.get("/leaks").at("leaks"), IsEmpty()) << "nobody saw what is not theirs";
    }

    std::string run(const std::vector<std::string>& arguments, int exit_code = 0) const {
        const ProgramResult result = rehearsal_.convene(arguments);
        EXPECT_EQ(result.exit_code, exit_code) << arguments.front() << ": " << result.out << result.err;
        return result.out + result.err;
    }
    json group(std::size_t index) const { return rehearsal_.json({"groups", "1"}).at("groups").at(index); }
    static json member_of(const json& group, const std::string& role) {
        for (const json& member : group.at("members"))
            if (member.at("role") == role) return member;
        return {};
    }
    json channel(const std::string& name) const {
        const json state = sandbox_.get("/state");
        for (const json& each : state.at("channels"))
            if (each.at("name") == name) return each;
        return {};
    }
    json messages_in(const std::string& name) const {
        return sandbox_.get("/state").at("messages").at(channel(name).at("id").get<std::string>());
    }
    std::set<std::string> visible_to(const std::string& discord_id) const {
        std::set<std::string> names;
        const json seen = sandbox_.get("/visible?user_id=" + discord_id);
        for (const json& each : seen.at("channels"))
            if (each.at("type") != 4) names.insert(each.at("name"));
        return names;
    }
    json event(const std::string& name) const {
        const json state = sandbox_.get("/state");
        for (const json& each : state.at("scheduled_events"))
            if (each.at("name") == name) return each;
        return {};
    }
    std::string discord_id_of(const json& member) const {
        const auto rows = rows_of(rehearsal_.database_url(), "select discord_id from users where user_id = " +
                                                                 member.at("user_id").dump());
        return rows.at(0).substr(0, rows.at(0).size() - 1);
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
};

INSTANTIATE_TEST_SUITE_P(
    On, Changes,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(Changes, a_postponed_meeting_moves_its_event_and_the_channel_is_told_once) {
    const json before = group(0);
    const std::string name = before.at("group_name");
    run({"postpone", name, "3", "--force"});
    const json after = group(0);
    EXPECT_EQ(after.at("meetings").at(1).at("start"), before.at("meetings").at(1).at("start"));
    EXPECT_EQ(after.at("meetings").at(2).at("start"), before.at("meetings").at(3).at("start"));
    EXPECT_THAT(run({"realize", "1", "--plan"}), HasSubstr("start: "));
    run({"realize", "1"});
    const std::string start = event(name + " - Meeting 3").at("scheduled_start_time");
    EXPECT_EQ(start.substr(0, 16), after.at("meetings").at(2).at("start").get<std::string>().substr(0, 16));
    const json messages = messages_in("group-1");
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_THAT(messages.at(1).at("content").get<std::string>(), HasSubstr("instead of <t:"));
    const auto mark = sandbox_.last_request();
    run({"realize", "1"});
    EXPECT_THAT(sandbox_.writes_after(mark), IsEmpty());
    run({"undo"});
    EXPECT_EQ(group(0).at("meetings"), before.at("meetings"));
}

TEST_P(Changes, whoever_joins_a_group_must_be_free_when_a_moved_meeting_takes_place) {
    const std::string name = group(0).at("group_name");
    const json member = member_of(group(0), "participant");
    run({"postpone", name, "3", "--to", "Sunday 03:00", "--force"});
    const std::string start = group(0).at("meetings").at(2).at("start");
    run({"remove", member.at("user_id").dump(), "--force"});
    EXPECT_THAT(run({"move", member.at("user_id").dump(), "--to", name}, 1),
                AllOf(HasSubstr("R3"), HasSubstr("meeting 3 of 8, " + start)));
    run({"undo", "--force"});
    run({"undo"});
    run({"remove", member.at("user_id").dump(), "--force"});
    run({"move", member.at("user_id").dump(), "--to", name});
}

TEST_P(Changes, a_member_who_moves_and_a_new_leader_see_exactly_their_own_group) {
    const json moved = member_of(group(0), "participant");
    const json leader = member_of(group(1), "facilitator");
    const std::string user = discord_id_of(moved);
    ASSERT_EQ(visible_to(user), (std::set<std::string>{"general", "group-1", "Group 1 Voice"}));
    run({"move", moved.at("user_id").dump(), "--to", "Group 2", "--force"});
    run({"lead", "Group 2", member_of(group(0), "facilitator").at("user_id").dump(), "--force"});
    run({"realize", "1"});
    EXPECT_EQ(visible_to(user), (std::set<std::string>{"general", "group-2", "Group 2 Voice"}));
    EXPECT_EQ(visible_to(discord_id_of(leader)), (std::set<std::string>{"general"}));
    EXPECT_EQ(messages_in("group-2").size(), 2u) << "one note for both newcomers";
    EXPECT_EQ(messages_in("group-1").size(), 1u);
}

TEST_P(Changes, an_archive_shows_first_asks_for_yes_and_killed_it_goes_on_where_it_was) {
    const std::string before = dump(rehearsal_.database_url());
    const auto mark = sandbox_.last_request();
    EXPECT_THAT(run({"archive", "1", "--plan"}), HasSubstr("read only"));
    EXPECT_THAT(run({"archive", "1"}, 1), HasSubstr("--yes carries it out"));
    EXPECT_THAT(sandbox_.writes_after(mark), IsEmpty());
    EXPECT_EQ(dump(rehearsal_.database_url()), before);

    // Every answer to a PATCH of a channel takes a moment, so that the kill meets the middle.
    sandbox_.post("/faults",
                  json::array({{{"method", "PATCH"}, {"path", "/channels/"}, {"nth", 2}, {"mode", "hang"}}}));
    Program archive(CONVENE_PROGRAM, {"archive", "1", "--yes"}, rehearsal_.options());
    for (int look = 0; look < 400 && sandbox_.writes_after(mark).size() < 2; ++look)
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    archive.send(SIGKILL);
    (void)archive.wait();
    EXPECT_EQ(rehearsal_.json({"runs", "1"}).at("runs").at(0).at("status"), "crashed");
    EXPECT_EQ(rehearsal_.json({"runs", "1"}).at("runs").at(0).at("kind"), "archive");
    EXPECT_EQ(rehearsal_.json({"cohorts"}).at(0).at("status"), "active") << "not completed yet";

    EXPECT_THAT(run({"archive", "1", "--yes"}), HasSubstr("is archived"));
    EXPECT_EQ(rehearsal_.json({"cohorts"}).at(0).at("status"), "completed");
    EXPECT_EQ(rows_of(rehearsal_.database_url(), "select count(*) from meetings").at(0).substr(0, 1) == "0",
              false);
    const json after = sandbox_.get("/state");
    for (const json& each : after.at("scheduled_events")) EXPECT_NE(each.at("status"), 1);
    EXPECT_THAT(run({"archive", "1", "--yes"}), HasSubstr("archived already"));
    EXPECT_THAT(run({"realize", "1"}, 1), HasSubstr("no running groups"));

    EXPECT_THAT(run({"archive", "1", "--yes", "--delete-channels"}), HasSubstr("text channel (delete)"));
    EXPECT_TRUE(channel("group-1").is_null());
    EXPECT_FALSE(channel("general").is_null());
}

TEST_P(Changes, what_people_change_on_the_server_is_told_left_and_taken_back_when_asked) {
    const std::string text = channel("group-1").at("id");
    const std::string voice = channel("Group 2 Voice").at("id");
    const auto act = [&](const std::string& method, const std::string& path, const json& body) {
        sandbox_.post("/act",
                      {{"user_id", sandbox_.admin()}, {"method", method}, {"path", path}, {"body", body}});
    };
    act("PATCH", "/channels/" + text, {{"name", "the-best"}});
    act("PATCH", "/channels/" + voice, {{"parent_id", nullptr}});
    act("DELETE",
        "/guilds/" + sandbox_.guild() + "/scheduled-events/" +
            event("Group 1 - Meeting 2").at("id").get<std::string>(),
        nullptr);
    const auto mark = sandbox_.last_request();
    const std::string told = run({"realize", "1"});
    EXPECT_THAT(told, HasSubstr("the new name stays"));
    EXPECT_THAT(told, HasSubstr("was moved out of the cohort's category"));
    EXPECT_THAT(told, HasSubstr("was deleted on Discord"));
    EXPECT_THAT(sandbox_.writes_after(mark), IsEmpty());
    EXPECT_THAT(run({"realize", "1", "--restore", "--plan"}), HasSubstr("the-best"));
    run({"realize", "1", "--restore"});
    EXPECT_FALSE(channel("group-1").is_null());
    EXPECT_FALSE(channel("Group 2 Voice").at("parent_id").is_null());
    EXPECT_FALSE(event("Group 1 - Meeting 2").is_null());
    const auto quiet = sandbox_.last_request();
    run({"realize", "1", "--restore"});
    EXPECT_THAT(sandbox_.writes_after(quiet), IsEmpty());
}

TEST_P(Changes, the_welcome_is_ready_as_mail_and_as_data) {
    const std::string mail = run({"welcome", "Group 1"});
    EXPECT_THAT(mail, HasSubstr("Subject: Welcome to Group 1 of "));
    EXPECT_THAT(mail, HasSubstr("https://discord.com/events/"));
    const json data = rehearsal_.json({"welcome", "Group 1"});
    EXPECT_EQ(data.at("number_of_meetings"), data.at("meetings").size());
    EXPECT_EQ(data.at("members").at(0).at("role"), "facilitator");
}

}  // namespace
}  // namespace convene::test
