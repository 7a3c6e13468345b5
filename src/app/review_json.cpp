#include "app/review_json.h"

#include <nlohmann/json.hpp>

#include "app/status_words.h"

namespace convene {
namespace {

nlohmann::ordered_json to_json(const ReviewedMember& member) {
    nlohmann::ordered_json times = nlohmann::ordered_json::array();
    for (const LocalTimeSpell& spell : member.local_times) {
        times.push_back({{"from", to_string(spell.from)},
                         {"first_meeting", spell.first_meeting},
                         {"local", to_string(spell.local)}});
    }
    nlohmann::ordered_json document = {{"user_id", member.user_id.value},
                                       {"name", member.name},
                                       {"role", to_string(member.role)},
                                       {"timezone", member.timezone},
                                       {"fixed_offset", member.fixed_offset},
                                       {"pinned", member.pinned},
                                       {"if_needed", member.if_needed},
                                       {"local_times", times},
                                       {"outside", member.outside}};
    if (!member.problem.empty()) document["problem"] = member.problem;
    return document;
}

nlohmann::ordered_json to_json(const ReviewedGroup& group) {
    nlohmann::ordered_json members = nlohmann::ordered_json::array();
    for (const ReviewedMember& member : group.members) members.push_back(to_json(member));
    nlohmann::ordered_json meetings = nlohmann::ordered_json::array();
    for (const ReviewedMeeting& meeting : group.meetings) {
        nlohmann::ordered_json outside = nlohmann::ordered_json::array();
        for (const UserId user : meeting.outside) outside.push_back(user.value);
        meetings.push_back({{"start", to_iso8601(meeting.start)},
                            {"was_rescheduled", meeting.was_rescheduled},
                            {"outside", outside}});
    }
    return {{"group_id", group.group_id.value},
            {"group_name", group.group_name},
            {"status", word(group.status)},
            {"meeting_time_utc", group.meeting_time_utc},
            {"anchor", group.anchor},
            {"anchor_start", group.anchor_start},
            {"pinned", group.pinned},
            {"realized", group.realized},
            {"size", group.size},
            {"members", members},
            {"meetings", meetings},
            {"violations", group.violations}};
}

}  // namespace

nlohmann::ordered_json groups_json(const CohortReview& review) {
    nlohmann::ordered_json groups = nlohmann::ordered_json::array();
    for (const ReviewedGroup& group : review.groups) groups.push_back(to_json(group));
    return groups;
}

nlohmann::ordered_json waiting_json(const CohortReview& review) {
    nlohmann::ordered_json waiting = nlohmann::ordered_json::array();
    for (const WaitingPerson& person : review.waiting) {
        waiting.push_back({{"user_id", person.user_id.value},
                           {"name", person.name},
                           {"role", to_string(person.role)},
                           {"grouping_status", word(person.grouping_status)}});
    }
    return waiting;
}

nlohmann::ordered_json set_aside_json(const CohortReview& review) {
    nlohmann::ordered_json set_aside = nlohmann::ordered_json::array();
    for (const SetAsidePerson& person : review.set_aside) {
        set_aside.push_back({{"user_id", person.user_id.value},
                             {"name", person.name},
                             {"reason", to_string(person.reason)},
                             {"message", person.message}});
    }
    return set_aside;
}

}  // namespace convene
