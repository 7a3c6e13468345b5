#include "bench/compare/cohort_spec.h"

#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <vector>

#include "formats/cohort_file.h"
#include "tests/support/synthetic_cohort.h"

namespace convene::bench {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

int number(const std::string& text) {
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size())
        throw std::runtime_error("not a number: " + text);
    return value;
}

/// Neighbours in the shuffled list, so that pairs are as random as the list is.
void add_pairs(ProblemInput& input, int pairs) {
    std::vector<std::string> ids;
    for (const Person& person : input.people)
        if (person.role == Role::participant) ids.push_back(person.id);
    for (std::size_t i = 0; i + 3 < ids.size() && static_cast<int>(i / 4) < pairs; i += 4) {
        input.together.push_back({ids[i], ids[i + 1]});
        input.apart.push_back({ids[i + 2], ids[i + 3]});
    }
}

ProblemInput generate(const std::vector<std::string>& words, const ZoneTable& zones) {
    using namespace std::chrono_literals;
    test::SyntheticCohort wanted;
    const std::vector<std::string> size = split(words[0], ':');
    wanted.participants = number(size.at(0));
    wanted.seed = static_cast<std::uint64_t>(number(size.at(1)));
    ProblemInput settings;  // its schedule and rules are copied
    settings.schedule.number_of_group_meetings = wanted.number_of_group_meetings;
    int pairs = 0;
    const std::map<std::string, std::function<void(int)>> numbers = {
        {"min", [&](int n) { settings.rules.min_size = n; }},
        {"max", [&](int n) { settings.rules.max_size = n; }},
        {"target", [&](int n) { settings.rules.target_size = n; }},
        {"step", [&](int n) { settings.rules.start_step_minutes = n; }},
        {"buffer", [&](int n) { settings.rules.facilitator_buffer_minutes = n; }},
        {"if_needed", [&](int n) { settings.rules.use_if_needed = n != 0; }},
        {"count_facilitator", [&](int n) { settings.rules.count_facilitator = n != 0; }},
        {"meetings", [&](int n) { settings.schedule.number_of_group_meetings = n; }},
        {"length", [&](int n) { settings.schedule.meeting_minutes = n; }},
        {"density",
         [&](int n) {
             wanted.density = {n, n};
         }},
        {"facilitators", [&](int n) { wanted.facilitators_per_hundred = n; }},
        {"pairs", [&](int n) { pairs = n; }},
        {"sydney",
         [&](int n) {
             if (n != 0) wanted.start_date = std::chrono::year(2025) / 9 / 22;
         }},
    };
    const std::map<std::string, Anchor> anchors = {
        {"facilitator", {Anchor::Kind::facilitator, nullptr}},
        {"best", {Anchor::Kind::best, nullptr}},
        {"zone", {Anchor::Kind::zone, zones.find("America/New_York")}},
    };
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::vector<std::string> parts = split(words[i], '=');
        const auto setting = numbers.find(parts[0]);
        const auto anchor = anchors.find(parts[0]);
        if (parts.size() == 2 && setting != numbers.end())
            setting->second(number(parts[1]));
        else if (parts.size() == 1 && anchor != anchors.end())
            settings.schedule.anchor = anchor->second;
        else
            throw std::runtime_error("unknown setting: " + words[i]);
    }
    wanted.number_of_group_meetings = settings.schedule.number_of_group_meetings;
    ProblemInput input = test::synthetic_cohort(wanted, zones).problem;
    input.schedule.meeting_minutes = settings.schedule.meeting_minutes;
    input.schedule.anchor = settings.schedule.anchor;
    input.rules = settings.rules;
    add_pairs(input, pairs);
    return input;
}

bool is_generated(const std::string& what) {
    return what.find(':') != std::string::npos;
}

}  // namespace

ProblemInput read_cohort(const std::string& what, const ZoneTable& zones) {
    if (is_generated(what)) return generate(split(what, ','), zones);
    std::ifstream file(what, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto cohort = read_cohort_file(text, zones);
    if (!cohort) throw std::runtime_error(what + ": " + to_string(cohort.error().front()));
    return std::move(cohort->problem);
}

std::string cohort_name(const std::string& what) {
    if (is_generated(what)) return what;
    const std::string file = what.substr(what.rfind('/') + 1);
    return file.substr(0, file.find('.'));
}

}  // namespace convene::bench
