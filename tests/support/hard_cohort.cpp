#include "tests/support/hard_cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

namespace convene::test {

using nlohmann::json;

std::string hard_cohort(int number, int participants, int apart) {
    std::mt19937 random(static_cast<unsigned>(number));
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const std::vector<std::string> days = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
    const std::vector<std::string> zones = {"UTC",          "Europe/London", "America/New_York",
                                            "Asia/Kolkata", "Europe/Berlin", "America/Los_Angeles"};
    const auto hours = [&](int stretches) {
        json week = json::object();
        for (int i = 0; i < stretches; ++i) {
            const int start = 60 * (8 + below(13)) + 15 * below(4);
            const int end = std::min(start + 60 + 15 * below(5), 24 * 60);
            week[days[static_cast<std::size_t>(below(7))]].push_back(
                fmt::format("{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60));
        }
        return week;
    };
    json people = json::array();
    const auto add = [&](const std::string& id, const char* role, int stretches) {
        people.push_back({{"id", id},
                          {"name", "Person " + id},
                          {"email", fmt::format("{}-{}@example.org", number, id)},
                          {"role", role},
                          {"timezone", zones[static_cast<std::size_t>(below(6))]},
                          {"available", hours(stretches)},
                          {"if_needed", hours(2)}});
    };
    for (int i = 0; i < participants; ++i) add(fmt::format("p{}", i), "participant", 5);
    for (int i = 0; i < participants * 7 / 100; ++i) add(fmt::format("f{}", i), "facilitator", 8);
    json pairs = json::array();
    for (int i = 0; i < apart; ++i) {
        const int one = below(participants);
        pairs.push_back({fmt::format("p{}", one),
                         fmt::format("p{}", (one + 1 + below(participants * 9 / 10)) % participants)});
    }
    return json{{"format", "convene/cohort@1"},
                {"cohort",
                 {{"name", fmt::format("Hard {}", number)},
                  {"start_date", "2035-01-15"},
                  {"number_of_group_meetings", 8}}},
                {"rules", {{"min_size", 8}, {"max_size", 8}, {"start_step_minutes", 15}}},
                {"people", people},
                {"apart", pairs}}
        .dump();
}

}  // namespace convene::test
