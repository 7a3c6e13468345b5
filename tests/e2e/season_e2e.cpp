// A whole season of forty groups on a server that others use, too: built, topped up week by week, ended.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "tests/e2e/database_dump.h"
#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

using nlohmann::json;
using std::chrono::days;
using std::chrono::sys_days;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kGroups = 40;
constexpr int kPeople = 5;
constexpr int kMeetings = 8;
constexpr int kOtherEvents = 60;
constexpr int kOtherChannels = 300;
/// One server was seen to refuse the hundredth.
constexpr int kMostEvents = 99;

std::string discord_id(int group, int person) {
    return fmt::format("{}", 200000000000000000LL + 10 * group + person);
}

std::string iso(sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

sys_days today() {
    return std::chrono::floor<days>(std::chrono::system_clock::now());
}

/// The Monday of the week after next: nobody's first meeting is past.
sys_days start_date() {
    const auto since_monday = std::chrono::weekday{today()} - std::chrono::Monday;
    return today() - since_monday + days(14);
}

/// Each group's people share an hour that is nobody else's.
json cohort() {
    const char* kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
    json people = json::array();
    for (int group = 0; group < kGroups; ++group) {
        const int hour = 10 + group / 5;
        for (int person = 0; person < kPeople; ++person) {
            people.push_back(
                {{"id", fmt::format("p{}-{}", group, person)},
                 {"name", fmt::format("Person {}-{}", group, person)},
                 {"discord_id", discord_id(group, person)},
                 {"role", person == 0 ? "facilitator" : "participant"},
                 {"timezone", "UTC"},
                 {"available", {{kDays[group % 5], {fmt::format("{}:00-{}:00", hour, hour + 1)}}}}});
        }
    }
    return {
        {"format", "convene/cohort@1"},
        {"cohort",
         {{"name", "Season"}, {"start_date", iso(start_date())}, {"number_of_group_meetings", kMeetings}}},
        {"rules", {{"min_size", 2}, {"max_size", kPeople}}},
        {"people", people}};
}

/// Sixty events of others, one a day, and three hundred channels in categories of their own.
json server() {
    json members = json::array();
    for (int group = 0; group < kGroups; ++group) {
        for (int person = 0; person < kPeople; ++person) {
            const std::string id = discord_id(group, person);
            members.push_back({{"id", id}, {"username", "u" + id}});
        }
    }
    json channels = json::array();
    for (int i = 0; i * 50 < kOtherChannels - 6; ++i) {
        const std::string name = fmt::format("Old course {}", i);
        channels.push_back({{"type", "category"}, {"name", name}});
        channels.push_back({{"name", "talk"}, {"parent", name}, {"count", 49}});
    }
    json events = json::array();
    for (int day = 1; day <= kOtherEvents; ++day) {
        events.push_back({{"name", "Open house"},
                          {"start", iso(today() + days(day)) + "T09:00:00Z"},
                          {"minutes", 60},
                          {"location", "Town hall"}});
    }
    return {{"members", members}, {"channels", channels}, {"events", events}};
}

class Season : public ::testing::Test {
protected:
    Season() : sandbox_({"--guild", rehearsal_.folder().write("guild.json", server().dump()).string()}) {
        rehearsal_.use(sandbox_);
        const auto file = rehearsal_.folder().write("season.json", cohort().dump());
        for (const auto& words : {std::vector<std::string>{"import", file}, {"schedule", "1"}}) {
            const ProgramResult result = rehearsal_.convene(words);
            if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
        }
    }

    /// `convene realize` as a timer runs it.
    json realize() { return run({"realize", "1", "--json"}); }

    json run(const std::vector<std::string>& words) {
        const auto begin = std::chrono::steady_clock::now();
        const ProgramResult result = rehearsal_.convene(words);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
        EXPECT_EQ(result.err, "");
        json told = json::parse(result.out);
        std::printf("[ MEASURED ] %s %s: %zu changes, %.1f s\n", words.front().c_str(),
                    told.at("status").get<std::string>().c_str(), told.at("done").size(), took.count());
        EXPECT_EQ(told.at("failure"), "");
        EXPECT_TRUE(told.at("not_done").empty()) << told.at("not_done").dump();
        for (const json& note : told.at("notes")) {
            const std::string message = note.at("message");
            const bool explained = message.find("events must wait") != std::string::npos ||
                                   message.find("coming events: ") != std::string::npos ||
                                   message.find("on the server are in use") != std::string::npos ||
                                   message.find("numbered") != std::string::npos ||
                                   message.find("Discord's form of a name") != std::string::npos ||
                                   message.find("begun already or past") != std::string::npos;
            EXPECT_TRUE(explained) << note.dump();
        }
        return told;
    }

    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const {
        return rows_of(rehearsal_.database_url(), sql);
    }

    /// No group's later meeting has taken the place of another's nearer one.
    void expect_nearest_first(const std::string& now) const {
        const auto latest =
            rows("select max(scheduled_time_utc) from meetings where discord_event_id is not null");
        const auto left_out = rows(
            "select count(*) from meetings where discord_event_id is null and "
            "scheduled_time_utc > '" +
            now + "' and scheduled_time_utc < '" + latest.at(0).substr(0, latest.at(0).size() - 1) + "'");
        EXPECT_EQ(left_out.at(0), "0|") << "nearer meetings without an event at " << now;
    }

    [[nodiscard]] int coming_events() const {
        int coming = 0;
        const json state = sandbox_.get("/state");
        for (const json& event : state.at("scheduled_events"))
            coming += event.at("status") == 1 || event.at("status") == 2 ? 1 : 0;
        return coming;
    }

    [[nodiscard]] sys_days day_of_sandbox() const {
        const std::string now = sandbox_.get("/clock").at("now");
        return std::chrono::year{std::stoi(now.substr(0, 4))} /
               std::chrono::month{static_cast<unsigned>(std::stoi(now.substr(5, 2)))} /
               std::chrono::day{static_cast<unsigned>(std::stoi(now.substr(8, 2)))};
    }

    /// Values of the first column.
    [[nodiscard]] std::set<std::string> ids(const std::string& sql) const {
        std::set<std::string> found;
        for (const std::string& row : rows(sql)) found.insert(row.substr(0, row.find('|')));
        return found;
    }

    /// Whatever convene made on the server.
    [[nodiscard]] std::set<std::string> ours() const {
        return ids("select discord_id from convene_discord_operations where discord_id is not null");
    }

    /// Channels and events of the server that are not among `ours`. An event begins and ends by the clock.
    [[nodiscard]] json of_others(const std::set<std::string>& ours) const {
        json others = json::array();
        const json state = sandbox_.get("/state");
        for (const char* kind : {"channels", "scheduled_events"}) {
            for (json each : state.at(kind)) {
                if (ours.contains(each.at("id"))) continue;
                each.erase("status");
                others.push_back(each);
            }
        }
        return others;
    }

    /// What a person is answered who writes in a channel, or reads it.
    [[nodiscard]] json try_as(const std::string& user, const std::string& method,
                              const std::string& channel) const {
        json act = {{"user_id", user}, {"method", method}, {"path", "/channels/" + channel + "/messages"}};
        if (method == "POST") act["body"] = {{"content", "hello"}};
        return sandbox_.ask_json("/act", act);
    }

    /// `convene archive` in the week before the last meetings.
    void archive() {
        const std::set<std::string> events = ids("select discord_event_id from meetings");
        const std::set<std::string> rooms = ids(
            "select discord_text_channel_id from groups union select discord_voice_channel_id from groups");
        const auto coming = [&] {
            std::size_t count = 0;
            const json state = sandbox_.get("/state");
            for (const json& event : state.at("scheduled_events"))
                count += events.contains(event.at("id")) && event.at("status") == 1 ? 1 : 0;
            return count;
        };
        ASSERT_EQ(rooms.size(), 2U * kGroups);
        ASSERT_EQ(coming(), static_cast<std::size_t>(kGroups)) << "the last meeting of each group";
        const std::size_t channels = sandbox_.get("/state").at("channels").size();
        const auto mark = sandbox_.last_request();

        EXPECT_EQ(run({"archive", "1", "--yes", "--json"}).at("status"), "done");
        EXPECT_EQ(coming(), 0U);
        const json state = sandbox_.get("/state");
        EXPECT_EQ(state.at("channels").size(), channels) << "closed, not deleted";
        for (const json& channel : state.at("channels")) {
            if (rooms.contains(channel.at("id"))) expect_read_only(channel);
        }
        EXPECT_EQ(sandbox_.writes_after(mark).size(), rooms.size() + kGroups) << "each thing once";

        EXPECT_EQ(ids("select status from cohorts"), std::set<std::string>{"completed"});
        EXPECT_EQ(ids("select status from groups"), std::set<std::string>{"completed"});
        EXPECT_EQ(ids("select status from groups_users"), std::set<std::string>{"completed"});
        EXPECT_EQ(rows("select count(*) from meetings").at(0), fmt::format("{}|", kGroups * kMeetings))
            << "the history stays";

        const auto after = sandbox_.last_request();
        EXPECT_EQ(run({"archive", "1", "--yes", "--json"}).at("status"), "nothing_to_do");
        EXPECT_THAT(sandbox_.writes_after(after), IsEmpty());
    }

    /// Whoever could see it still can, nobody but the bot can write or talk.
    void expect_read_only(const json& channel) const {
        constexpr std::uint64_t kView = 1U << 10U;
        constexpr std::uint64_t kSend = 1U << 11U;
        constexpr std::uint64_t kConnect = 1U << 20U;
        const bool voice = channel.at("type") == 2;
        int people = 0;
        for (const json& overwrite : channel.at("permission_overwrites")) {
            const std::string id = overwrite.at("id");
            const auto allow = std::stoull(overwrite.at("allow").get<std::string>());
            const auto deny = std::stoull(overwrite.at("deny").get<std::string>());
            if (id == sandbox_.guild()) {
                EXPECT_EQ(deny & (kView | kSend), kView | kSend) << channel;
                EXPECT_EQ((deny & kConnect) != 0, voice) << channel;
            } else if (id.starts_with("2000000000000")) {
                ++people;
                EXPECT_EQ(allow & (kView | kSend | kConnect), kView) << channel;
                if (people > 1 || voice) continue;
                EXPECT_EQ(try_as(id, "POST", channel.at("id")).value("code", 0), 50013) << channel;
                EXPECT_EQ(try_as(id, "GET", channel.at("id")).size(), 1U) << "the welcome can be read";
            }
        }
        EXPECT_EQ(people, kPeople) << channel;
    }

    /// Of each group's channels, at any instant.
    void expect_seen_by_their_groups() const {
        const json viewers = sandbox_.get("/leaks").at("viewers");
        const auto members = ids(
            "select g.discord_text_channel_id || ' ' || u.discord_id from groups g join groups_users gu on "
            "gu.group_id = g.group_id join users u on u.user_id = gu.user_id union select "
            "g.discord_voice_channel_id || ' ' || u.discord_id from groups g join groups_users gu on "
            "gu.group_id = g.group_id join users u on u.user_id = gu.user_id");
        std::set<std::string> seen;
        for (const auto& [channel, watched] : viewers.items()) {
            for (const json& sight : watched.at("viewers"))
                seen.insert(channel + ' ' + sight.at("user_id").get<std::string>());
        }
        EXPECT_EQ(seen, members);
        EXPECT_EQ(seen.size(), 2U * kGroups * kPeople);
    }

    Rehearsal rehearsal_;
    SandboxProgram sandbox_;
};

TEST_F(Season, of_forty_groups_is_built_topped_up_and_archived_among_what_others_have_on_the_server) {
    ASSERT_EQ(rows("select count(*) from groups").at(0), fmt::format("{}|", kGroups));
    ASSERT_EQ(rows("select count(*) from meetings").at(0), fmt::format("{}|", kGroups * kMeetings));
    const std::size_t channels_before = sandbox_.get("/state").at("channels").size();
    const json before = of_others({});
    EXPECT_GE(channels_before, static_cast<std::size_t>(kOtherChannels));

    const json first = realize();
    EXPECT_EQ(sandbox_.get("/state").at("channels").size(), channels_before + 2 + 2 * kGroups)
        << "two categories: one holds fifty channels";
    EXPECT_EQ(coming_events(), kMostEvents);
    EXPECT_THAT(first.at("notes").dump(), HasSubstr("events must wait"));
    expect_nearest_first("2000-01-01T00:00:00Z");

    // Up to the day before the last week begins.
    while (day_of_sandbox() + days(7) < start_date() + days(7 * (kMeetings - 1))) {
        sandbox_.post("/clock", {{"advance_seconds", 7 * 86400}});
        realize();
        EXPECT_LE(coming_events(), kMostEvents);
        expect_nearest_first(sandbox_.get("/clock").at("now").get<std::string>().substr(0, 19) + "Z");
    }
    EXPECT_EQ(rows("select count(*) from meetings where discord_event_id is null").at(0), "0|")
        << "each meeting had its event before it began";
    // The Sunday before the last week.
    const days left = start_date() + days(7 * (kMeetings - 1) - 1) - day_of_sandbox();
    sandbox_.post("/clock", {{"advance_seconds", left.count() * 86400}});
    const json others = of_others(ours());
    EXPECT_GE(others.size(), before.size());
    for (const json& each : before) EXPECT_THAT(others, Contains(each)) << "the building touched it";
    archive();
    EXPECT_EQ(of_others(ours()), others);

    std::set<std::string> violations;
    int welcomes = 0;
    for (const json& request : sandbox_.get("/requests?after=0")) {
        if (!request.at("violation").is_null()) violations.insert(request.dump());
        welcomes += request.at("bucket") == "create_message" ? 1 : 0;
    }
    EXPECT_EQ(violations, std::set<std::string>{});
    EXPECT_EQ(welcomes, kGroups) << "topping up tells nobody anything twice";
    EXPECT_EQ(sandbox_.get("/leaks").at("leaks"), json::array());
    expect_seen_by_their_groups();
}

}  // namespace
}  // namespace convene::test
