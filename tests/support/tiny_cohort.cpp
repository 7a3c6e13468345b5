#include "tests/support/tiny_cohort.h"

#include <stdexcept>
#include <utility>

#include "zones/iana_zones.h"

namespace convene::test {
namespace {

[[noreturn]] void refuse(const char* what, std::string_view text) {
    throw std::invalid_argument(std::string("not ") + what + ": \"" + std::string(text) + '"');
}

/// Takes `Mon` … `Monday` and the space after it from the front.
int take_weekday(std::string_view& text) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    for (int day = 0; day < 7; ++day) {
        if (word.size() >= 3 && space != std::string_view::npos && weekday_name(day).starts_with(word)) {
            text.remove_prefix(space + 1);
            return day;
        }
    }
    refuse("a weekday and a time", text);
}

WeeklyWindow window(std::string_view text) {
    const std::string_view whole = text;
    const int day = take_weekday(text);
    const auto begin = text.size() == 11 && text[5] == '-' ? parse_clock(text.substr(0, 5)) : std::nullopt;
    const auto end = begin ? parse_clock(text.substr(6)) : std::nullopt;
    if (!begin || !end || *begin == kMinutesPerDay) refuse("a stretch of hours", whole);
    const int length = *end > *begin ? *end - *begin : *end - *begin + kMinutesPerDay;
    return {day * kMinutesPerDay + *begin, length};
}

}  // namespace

const ZoneTable& zone_table() {
    static const zones::IanaZones table;
    return table;
}

ZonePtr zone(std::string_view name) {
    ZonePtr found = zone_table().find(name);
    if (!found) refuse("a time zone", name);
    return found;
}

WeeklySet hours(std::string_view text) {
    std::vector<WeeklyWindow> windows;
    if (text == "always") windows.emplace_back(0, kMinutesPerWeek);
    while (!text.empty() && text != "always") {
        const std::size_t comma = text.find(", ");
        windows.push_back(window(text.substr(0, comma)));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 2);
    }
    return WeeklySet(windows);
}

WeeklyStart weekly_start(std::string_view text) {
    std::string_view rest = text;
    const int day = take_weekday(rest);
    const auto minute = parse_clock(rest);
    if (!minute || *minute == kMinutesPerDay) refuse("a weekly start", text);
    return {day * kMinutesPerDay + *minute};
}

Date date(std::string_view text) {
    const auto parsed = parse_date(text);
    if (!parsed) refuse("a date", text);
    return *parsed;
}

Instant instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    if (!parsed) refuse("an instant", text);
    return *parsed;
}

ProblemBuilder::ProblemBuilder() {
    start_date("2025-01-15");
    meetings(8);
}

ProblemBuilder& ProblemBuilder::start_date(std::string_view text) {
    input_.schedule.start_date = test::date(text);
    return *this;
}

ProblemBuilder& ProblemBuilder::meetings(int count) {
    input_.schedule.number_of_group_meetings = count;
    return *this;
}

ProblemBuilder& ProblemBuilder::minutes(int length) {
    input_.schedule.meeting_minutes = length;
    return *this;
}

ProblemBuilder& ProblemBuilder::anchor(std::string_view text) {
    Anchor& anchor = input_.schedule.anchor;
    anchor = {};
    if (text == "facilitator") {
        anchor.kind = Anchor::Kind::facilitator;
    } else if (text == "best") {
        anchor.kind = Anchor::Kind::best;
    } else if (text != "UTC") {
        anchor = {Anchor::Kind::zone, zone(text)};
    }
    return *this;
}

ProblemBuilder& ProblemBuilder::sizes(int min, int max) {
    input_.rules.min_size = min;
    input_.rules.max_size = max;
    return *this;
}

ProblemBuilder& ProblemBuilder::target(int size) {
    input_.rules.target_size = size;
    return *this;
}

ProblemBuilder& ProblemBuilder::step(int minutes) {
    input_.rules.start_step_minutes = minutes;
    return *this;
}

ProblemBuilder& ProblemBuilder::buffer(int minutes) {
    input_.rules.facilitator_buffer_minutes = minutes;
    return *this;
}

ProblemBuilder& ProblemBuilder::count_facilitator(bool yes) {
    input_.rules.count_facilitator = yes;
    return *this;
}

ProblemBuilder& ProblemBuilder::no_if_needed() {
    input_.rules.use_if_needed = false;
    return *this;
}

ProblemBuilder& ProblemBuilder::first_meeting_only() {
    input_.rules.fit = Fit::first_meeting;
    return *this;
}

ProblemBuilder& ProblemBuilder::participant(std::string id, std::string_view zone_name,
                                            std::string_view available, std::string_view if_needed) {
    Person person;
    person.id = std::move(id);
    person.name = "Participant " + person.id;
    person.zone = zone(zone_name);
    person.available = hours(available);
    person.if_needed = hours(if_needed);
    input_.people.push_back(std::move(person));
    return *this;
}

ProblemBuilder& ProblemBuilder::facilitator(std::string id, std::string_view zone_name,
                                            std::string_view available, int max_groups,
                                            std::string_view if_needed) {
    participant(std::move(id), zone_name, available, if_needed);
    Person& person = input_.people.back();
    person.name = "Facilitator " + person.id;
    person.role = Role::facilitator;
    person.max_groups = max_groups;
    return *this;
}

ProblemBuilder& ProblemBuilder::participants(int count, const std::string& prefix, std::string_view zone_name,
                                             std::string_view available, std::string_view if_needed) {
    for (int i = 1; i <= count; ++i) participant(prefix + std::to_string(i), zone_name, available, if_needed);
    return *this;
}

ProblemBuilder& ProblemBuilder::together(std::vector<std::string> ids) {
    input_.together.push_back(std::move(ids));
    return *this;
}

ProblemBuilder& ProblemBuilder::apart(std::vector<std::string> ids) {
    input_.apart.push_back(std::move(ids));
    return *this;
}

ProblemBuilder& ProblemBuilder::fixed(FixedGroup group) {
    input_.fixed_groups.push_back(std::move(group));
    return *this;
}

ProblemBuilder& ProblemBuilder::fixed(std::string name, std::string_view start, std::string facilitator_id,
                                      std::vector<std::string> participant_ids) {
    FixedGroup group;
    group.name = std::move(name);
    group.anchor = utc_zone();
    group.start = weekly_start(start);
    group.facilitator = std::move(facilitator_id);
    group.participants = std::move(participant_ids);
    return fixed(std::move(group));
}

ProblemBuilder& ProblemBuilder::booking(std::string person, std::string_view at, int length) {
    input_.bookings.push_back({std::move(person), instant(at), length});
    return *this;
}

ProblemBuilder& ProblemBuilder::outside_load(std::string person, int groups) {
    input_.outside_load.push_back({std::move(person), groups});
    return *this;
}

Problem ProblemBuilder::build() const {
    auto problem = Problem::build(input_);
    if (problem) return *std::move(problem);
    std::string message = "not a problem:";
    for (const InputFault& fault : problem.error()) message += "\n  " + to_string(fault);
    throw std::invalid_argument(message);
}

ProblemBuilder tiny_cohort() {
    return ProblemBuilder()
        .facilitator("f", "UTC", "Tue 17:00-20:00")
        .participant("p1", "UTC", "Tue 18:00-20:00")
        .participant("p2", "UTC", "Tue 17:00-19:00, Fri 09:00-10:00")
        .participant("p3", "UTC", "Tue 18:00-19:00")
        .participant("p4", "UTC", "Fri 09:00-10:00", "Tue 18:00-19:00");
}

}  // namespace convene::test
