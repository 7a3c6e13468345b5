#include <nlohmann/json.hpp>

#include "core/time/weekly_start.h"
#include "formats/availability.h"
#include "formats/cohort_file.h"

namespace convene {
namespace {

using Json = nlohmann::ordered_json;

std::string anchor_text(const Anchor& anchor) {
    switch (anchor.kind) {
        case Anchor::Kind::utc:
            return "UTC";
        case Anchor::Kind::zone:
            return anchor.zone->name();
        case Anchor::Kind::facilitator:
            return "facilitator";
        case Anchor::Kind::best:
            return "best";
    }
    return {};
}

Json cohort_json(const CohortFile& file) {
    const Schedule& schedule = file.problem.schedule;
    Json json = {{"name", file.name}};
    if (!file.course.empty()) json["course"] = file.course;
    json["start_date"] = to_string(schedule.start_date);
    json["number_of_group_meetings"] = schedule.number_of_group_meetings;
    json["meeting_minutes"] = schedule.meeting_minutes;
    json["anchor"] = anchor_text(schedule.anchor);
    return json;
}

Json rules_json(const Rules& rules) {
    Json json = {{"min_size", rules.min_size},
                 {"max_size", rules.max_size},
                 {"count_facilitator", rules.count_facilitator},
                 {"use_if_needed", rules.use_if_needed},
                 {"start_step_minutes", rules.start_step_minutes},
                 {"fit", to_string(rules.fit)},
                 {"facilitator_buffer_minutes", rules.facilitator_buffer_minutes}};
    if (rules.target_size) json["target_size"] = *rules.target_size;
    return json;
}

Json hours_json(const WeeklySet& hours) {
    Json json = Json::object();
    const auto days = hours_by_day(hours);
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (!days[day].empty()) json[std::string(weekday_name(static_cast<int>(day)))] = days[day];
    }
    return json;
}

Json person_json(const Person& person, const Contact& contact) {
    Json json = {{"id", person.id}};
    if (!person.name.empty()) json["name"] = person.name;
    if (contact.email) json["email"] = *contact.email;
    if (contact.discord_id) json["discord_id"] = *contact.discord_id;
    json["role"] = to_string(person.role);
    if (person.role == Role::facilitator || person.max_groups != kDefaultMaxGroups) {
        json["max_groups"] = person.max_groups;
    }
    json["timezone"] = person.zone->name();
    if (person.hours_zone) json["hours_timezone"] = person.hours_zone->name();
    json["available"] = hours_json(person.available);
    if (!person.if_needed.empty()) json["if_needed"] = hours_json(person.if_needed);
    return json;
}

}  // namespace

std::string write_cohort_file(const CohortFile& file) {
    const ProblemInput& problem = file.problem;
    std::string text = "{\"format\":\"convene/cohort@1\",\n";
    text += "\"cohort\":" + cohort_json(file).dump() + ",\n";
    text += "\"rules\":" + rules_json(problem.rules).dump() + ",\n";
    text += "\"people\":[";
    for (std::size_t i = 0; i < problem.people.size(); ++i) {
        text += (i > 0 ? ",\n" : "\n") + person_json(problem.people[i], file.contacts[i]).dump();
    }
    text += "],\n\"together\":" + Json(problem.together).dump();
    return text + ",\n\"apart\":" + Json(problem.apart).dump() + "}\n";
}

}  // namespace convene
