// A whole season of forty groups on a server that others use, too: built, topped up week by week.
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
using ::testing::HasSubstr;

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
    json realize() {
        const auto begin = std::chrono::steady_clock::now();
        const ProgramResult result = rehearsal_.convene({"realize", "1", "--json"});
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
        EXPECT_EQ(result.err, "");
        json told = json::parse(result.out);
        std::printf("[ MEASURED ] %s: %zu changes, %.1f s\n", told.at("status").get<std::string>().c_str(),
                    told.at("done").size(), took.count());
        EXPECT_EQ(told.at("failure"), "");
        EXPECT_TRUE(told.at("not_done").empty()) << told.at("not_done").dump();
        for (const json& note : told.at("notes")) {
            const std::string message = note.at("message");
            const bool explained = message.find("events must wait") != std::string::npos ||
                                   message.find("coming events: ") != std::string::npos ||
                                   message.find("channels are to be created") != std::string::npos ||
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

    Rehearsal rehearsal_;
    SandboxProgram sandbox_;
};

TEST_F(Season, forty_groups_of_eight_meetings_among_sixty_events_and_three_hundred_channels) {
    ASSERT_EQ(rows("select count(*) from groups").at(0), fmt::format("{}|", kGroups));
    ASSERT_EQ(rows("select count(*) from meetings").at(0), fmt::format("{}|", kGroups * kMeetings));
    const std::size_t channels_before = sandbox_.get("/state").at("channels").size();
    EXPECT_GE(channels_before, static_cast<std::size_t>(kOtherChannels));

    const json first = realize();
    EXPECT_EQ(sandbox_.get("/state").at("channels").size(), channels_before + 2 + 2 * kGroups)
        << "two categories: one holds fifty channels";
    EXPECT_EQ(coming_events(), kMostEvents);
    EXPECT_THAT(first.at("notes").dump(), HasSubstr("events must wait"));
    expect_nearest_first("2000-01-01T00:00:00Z");

    const sys_days last_day = start_date() + days(7 * kMeetings);
    for (sys_days now = today(); now <= last_day; now += days(7)) {
        sandbox_.post("/clock", {{"advance_seconds", 7 * 86400}});
        realize();
        EXPECT_LE(coming_events(), kMostEvents);
        expect_nearest_first(sandbox_.get("/clock").at("now").get<std::string>().substr(0, 19) + "Z");
    }
    EXPECT_EQ(rows("select count(*) from meetings where discord_event_id is null").at(0), "0|")
        << "each meeting had its event before it began";
    EXPECT_EQ(coming_events(), 0) << "the season is over";

    std::set<std::string> violations;
    int welcomes = 0;
    for (const json& request : sandbox_.get("/requests?after=0")) {
        if (!request.at("violation").is_null()) violations.insert(request.dump());
        welcomes += request.at("bucket") == "create_message" ? 1 : 0;
    }
    EXPECT_EQ(violations, std::set<std::string>{});
    EXPECT_EQ(welcomes, kGroups) << "topping up tells nobody anything twice";
    EXPECT_TRUE(sandbox_.get("/leaks").at("leaks").empty());
}

}  // namespace
}  // namespace convene::test
