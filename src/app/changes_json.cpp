#include "app/changes_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace convene {
namespace {

using Json = nlohmann::ordered_json;

template <class Enum, std::size_t size>
using Words = std::array<std::pair<Enum, std::string_view>, size>;

constexpr Words<MembershipStatus, 4> kMembershipWords{{{MembershipStatus::active, "active"},
                                                       {MembershipStatus::dropped, "dropped"},
                                                       {MembershipStatus::completed, "completed"},
                                                       {MembershipStatus::removed, "removed"}}};
constexpr Words<GroupingStatus, 3> kGroupingWords{{{GroupingStatus::awaiting_grouping, "awaiting_grouping"},
                                                   {GroupingStatus::grouped, "grouped"},
                                                   {GroupingStatus::ungroupable, "ungroupable"}}};
constexpr Words<GroupStatus, 5> kGroupWords{{{GroupStatus::forming, "forming"},
                                             {GroupStatus::active, "active"},
                                             {GroupStatus::completed, "completed"},
                                             {GroupStatus::merged, "merged"},
                                             {GroupStatus::cancelled, "cancelled"}}};
constexpr Words<Role, 2> kRoleWords{{{Role::participant, "participant"}, {Role::facilitator, "facilitator"}}};

template <class Enum, std::size_t size>
std::string word(const Words<Enum, size>& words, Enum value) {
    for (const auto& [candidate, text] : words)
        if (candidate == value) return std::string(text);
    throw std::invalid_argument("an enumerator without a word");
}

template <class Enum, std::size_t size>
Enum value_of(const Words<Enum, size>& words, const Json& node) {
    for (const auto& [value, text] : words)
        if (node.get<std::string>() == text) return value;
    throw std::invalid_argument("unknown word " + node.dump());
}

template <class Key>
Key key_of(const Json& node) {
    return Key{node.get<std::int64_t>()};
}

Json write(const TimeChange& change) {
    Json meetings = Json::array();
    for (const MeetingTime& meeting : change.meetings) {
        Json entry = {meeting.meeting_id.value, meeting.time.time_since_epoch().count()};
        if (meeting.was_rescheduled) entry.push_back(*meeting.was_rescheduled);
        meetings.push_back(std::move(entry));
    }
    return {{"group", change.group_id.value},
            {"recurring_meeting_time_utc", change.recurring_meeting_time_utc},
            {"anchor", change.anchor},
            {"anchor_start", change.anchor_start},
            {"meetings_in_minutes_since_1970", meetings}};
}

TimeChange read_time(const Json& node) {
    TimeChange change;
    change.group_id = key_of<GroupId>(node.at("group"));
    node.at("recurring_meeting_time_utc").get_to(change.recurring_meeting_time_utc);
    node.at("anchor").get_to(change.anchor);
    node.at("anchor_start").get_to(change.anchor_start);
    for (const Json& meeting : node.at("meetings_in_minutes_since_1970"))
        change.meetings.push_back(
            {key_of<MeetingId>(meeting.at(0)), Instant(Minutes(meeting.at(1).get<std::int64_t>())),
             meeting.size() > 2 ? std::optional(meeting.at(2).get<bool>()) : std::nullopt});
    return change;
}

Json write(const CohortChanges& changes) {
    Json json = Json::object();
    for (const MemberChange& change : changes.members)
        json["members"].push_back({{"group", change.group_id.value},
                                   {"user", change.user_id.value},
                                   {"role", word(kRoleWords, change.role)},
                                   {"status", word(kMembershipWords, change.status)}});
    for (const SignupChange& change : changes.signups)
        json["signups"].push_back(
            {{"signup", change.signup_id.value}, {"status", word(kGroupingWords, change.grouping_status)}});
    for (const NameChange& change : changes.names)
        json["names"].push_back({{"group", change.group_id.value}, {"name", change.group_name}});
    for (const TimeChange& change : changes.times) json["times"].push_back(write(change));
    for (const GroupStatusChange& change : changes.statuses)
        json["statuses"].push_back(
            {{"group", change.group_id.value}, {"status", word(kGroupWords, change.status)}});
    for (const PinChange& change : changes.pins) {
        Json pin = {{"group", change.group_id.value}, {"pinned", change.pinned}};
        if (change.user_id) pin["user"] = change.user_id->value;
        json["pins"].push_back(std::move(pin));
    }
    return json;
}

template <class Read>
void each(const Json& json, const char* key, const Read& read) {
    const auto found = json.find(key);
    if (found == json.end()) return;
    for (const Json& node : *found) read(node);
}

CohortChanges read_changes(const Json& json) {
    CohortChanges changes;
    each(json, "members", [&](const Json& node) {
        changes.members.push_back({key_of<GroupId>(node.at("group")), key_of<UserId>(node.at("user")),
                                   value_of(kRoleWords, node.at("role")),
                                   value_of(kMembershipWords, node.at("status"))});
    });
    each(json, "signups", [&](const Json& node) {
        changes.signups.push_back(
            {key_of<SignupId>(node.at("signup")), value_of(kGroupingWords, node.at("status")), false});
    });
    each(json, "names", [&](const Json& node) {
        changes.names.push_back({key_of<GroupId>(node.at("group")), node.at("name").get<std::string>()});
    });
    each(json, "times", [&](const Json& node) { changes.times.push_back(read_time(node)); });
    each(json, "statuses", [&](const Json& node) {
        changes.statuses.push_back(
            {key_of<GroupId>(node.at("group")), value_of(kGroupWords, node.at("status"))});
    });
    each(json, "pins", [&](const Json& node) {
        PinChange pin{key_of<GroupId>(node.at("group")), std::nullopt, node.at("pinned").get<bool>()};
        if (node.contains("user")) pin.user_id = key_of<UserId>(node.at("user"));
        changes.pins.push_back(pin);
    });
    return changes;
}

}  // namespace

std::string to_json(const Inverse& inverse) {
    return Json{{"made", write(inverse.made)}, {"undo", write(inverse.undo)}}.dump();
}

std::optional<Inverse> inverse_from_json(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        return Inverse{read_changes(json.at("made")), read_changes(json.at("undo"))};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
}

}  // namespace convene
