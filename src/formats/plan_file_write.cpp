#include <cmath>
#include <nlohmann/json.hpp>

#include "core/time/zone.h"
#include "formats/plan_file.h"

namespace convene {
namespace {

using Json = nlohmann::ordered_json;

/// Names come from people: bytes that are no UTF-8 must not keep a plan from being written.
std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename Value>
Json texts(const std::vector<Value>& values) {
    Json json = Json::array();
    for (const Value& value : values) json.push_back(to_string(value));
    return json;
}

Json objective_json(const Objective& objective) {
    return {{"placed", objective.placed}, {"if_needed", objective.if_needed}};
}

/// Null when the group lists no meetings and its own zone is another.
Json utc_start(const PlannedGroup& group) {
    if (!group.meetings.empty()) {
        return to_string(WeeklyStart{minute_of_week(utc_zone()->to_local(group.meetings.front()))});
    }
    return group.anchor == "UTC" ? Json(to_string(group.start)) : Json();
}

Json group_json(const PlannedGroup& group) {
    Json meetings = Json::array();
    for (const Instant meeting : group.meetings) meetings.push_back(to_iso8601(meeting));
    Json json = {{"name", group.name},
                 {"anchor", group.anchor},
                 {"weekday", weekday_name(group.start.weekday())},
                 {"time", clock_text(group.start.minute_of_day())},
                 {"meeting_time_utc", utc_start(group)},
                 {"meetings", std::move(meetings)},
                 {"facilitator", group.facilitator.empty() ? Json() : Json(group.facilitator)},
                 {"participants", group.participants},
                 {"if_needed", group.if_needed},
                 {"spare_starts", texts(group.spare_starts)}};
    if (!group.outside.empty()) json["outside"] = group.outside;
    return json;
}

Json cure_json(const Cure& cure) {
    Json hours = Json::array();
    for (const WeeklyWindow window : cure.hours) hours.push_back(hours_text(window));
    Json json = {{"kind", to_string(cure.kind)}};
    if (!cure.person.empty()) json["person"] = cure.person;
    if (!cure.zone.empty()) json["zone"] = cure.zone;
    if (!cure.hours.empty()) json["hours"] = std::move(hours);
    if (!cure.group.empty()) json["group"] = cure.group;
    if (!cure.anchor.empty()) json["anchor"] = cure.anchor;
    if (cure.start) json["start"] = to_string(*cure.start);
    if (cure.limit != 0) json["limit"] = cure.limit;
    json["places"] = cure.places;
    json["detail"] = cure.detail;
    return json;
}

Json unplaced_json(const UnplacedPerson& unplaced) {
    return {{"person", unplaced.person},
            {"reason", to_string(unplaced.reason)},
            {"detail", unplaced.detail},
            {"cure", unplaced.cure ? cure_json(*unplaced.cure) : Json()}};
}

template <typename Item, typename ToJson>
std::string lines(const std::vector<Item>& items, ToJson to_json) {
    std::string text;
    for (const Item& item : items) text += (text.empty() ? "\n  " : ",\n  ") + dump(to_json(item));
    return '[' + text + ']';
}

}  // namespace

std::string write_plan_file(const Plan& plan, std::optional<double> elapsed_ms,
                            std::span<const Plan> alternatives) {
    std::string text = "{\"format\": \"convene/plan@1\", \"status\": " + dump(to_string(plan.status)) + ",\n";
    text += " \"objective\": " + dump(objective_json(plan.objective));
    text += ", \"bound\": " + dump(objective_json(plan.bound)) + ",\n";
    text += " \"groups\": " + lines(plan.groups, group_json) + ",\n";
    text += " \"unplaced\": " + lines(plan.unplaced, unplaced_json) + ",\n";
    text += " \"warnings\": " + dump(plan.warnings) + ", \"seed\": " + std::to_string(plan.seed);
    if (elapsed_ms) text += ", \"elapsed_ms\": " + dump(std::round(*elapsed_ms * 10) / 10);
    std::string others;
    for (const Plan& other : alternatives) {
        others += (others.empty() ? "\n" : ",\n") + write_plan_file(other, std::nullopt);
        others.pop_back();  // its line break
    }
    if (!others.empty()) text += ",\n \"alternatives\": [" + others + "]";
    return text + "}\n";
}

}  // namespace convene
