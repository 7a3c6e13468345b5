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
    Json starts = Json::array();
    for (const Instant start : applied.starts) starts.push_back(minutes(start));
    return dump({{"users", applied.users}, {"starts", starts}, {"parts", applied.parts}});
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
    const Json starts = object.value("starts", Json::array());
    for (const Json& start : starts) applied.starts.push_back(instant(start));
    const Json parts = object.value("parts", Json());
    if (parts.is_number_integer()) applied.parts = std::max(1, parts.get<int>());
    return applied;
}

}  // namespace convene::discord
