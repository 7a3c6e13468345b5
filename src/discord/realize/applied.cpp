#include "discord/realize/applied.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

using Json = nlohmann::json;

std::int64_t minutes(Instant instant) {
    return instant.time_since_epoch().count();
}

Json parse(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}

std::string text(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

Instant instant(const Json& json) {
    return json.is_number_integer() ? Instant{Minutes{json.get<std::int64_t>()}} : Instant{};
}

std::vector<std::string> texts(const Json& json, const char* key) {
    std::vector<std::string> list;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return list;
    for (const Json& entry : *found) {
        if (entry.is_string()) list.push_back(entry.get<std::string>());
    }
    return list;
}

Json to_json(const std::vector<Instant>& list) {
    Json json = Json::array();
    for (const Instant each : list) json.push_back(minutes(each));
    return json;
}

std::vector<Instant> instants(const Json& json, const char* key) {
    std::vector<Instant> list;
    const Json entries = json.value(key, Json());
    for (const Json& entry : entries.is_array() ? entries : Json::array()) list.push_back(instant(entry));
    return list;
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const ChannelApplied& applied) {
    Json json = {{"name", applied.name}, {"stored", applied.stored}, {"members", applied.members}};
    if (applied.position) json["position"] = *applied.position;
    if (applied.archived) json["archived"] = true;
    return dump(json);
}

std::string to_json(const EventApplied& applied) {
    return dump({{"name", applied.name}, {"start", minutes(applied.start)}, {"end", minutes(applied.end)}});
}

std::string to_json(const MessageApplied& applied) {
    Json json = {{"users", applied.users}, {"starts", to_json(applied.starts)}, {"parts", applied.parts}};
    if (applied.left) {
        json["left"] = {{"users", applied.left->users},
                        {"first_meeting", applied.left->first_meeting},
                        {"before", to_json(applied.left->before)}};
    }
    return dump(json);
}

ChannelApplied read_channel_applied(const std::string& json) {
    const Json object = parse(json);
    ChannelApplied applied{text(object, "name"), text(object, "stored"), texts(object, "members")};
    const Json position = object.value("position", Json());
    if (position.is_number_integer()) applied.position = position.get<int>();
    applied.archived = object.value("archived", Json()) == Json(true);
    return applied;
}

EventApplied read_event_applied(const std::string& json) {
    const Json object = parse(json);
    return {text(object, "name"), instant(object.value("start", Json())),
            instant(object.value("end", Json()))};
}

MessageApplied read_message_applied(const std::string& json) {
    const Json object = parse(json);
    MessageApplied applied;
    applied.users = texts(object, "users");
    applied.starts = instants(object, "starts");
    if (const Json left = object.value("left", Json()); left.is_object()) {
        const Json first = left.value("first_meeting", Json());
        applied.left = {texts(left, "users"), first.is_number_unsigned() ? first.get<std::size_t>() : 0,
                        instants(left, "before")};
    }
    const Json parts = object.value("parts", Json());
    if (parts.is_number_integer()) applied.parts = std::max(1, parts.get<int>());
    return applied;
}

}  // namespace convene::discord
