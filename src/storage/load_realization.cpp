// Reading a cohort's groups as realization needs them.
#include <algorithm>
#include <map>
#include <set>

#include "app/natural_order.h"
#include "storage/queries.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

std::string name_of(const Row& row) {
    SignupRow person;
    person.user_id = row.id<UserId>("user_id");
    person.discord_username = row.optional_text("discord_username");
    person.nickname = row.optional_text("nickname");
    person.email = row.optional_text("email");
    return person.display_name();
}

bool facilitators_first_then_name(const RealizationMember& left, const RealizationMember& right) {
    if (left.role != right.role) return left.role == Role::facilitator;
    if (left.name != right.name) return natural_less(left.name, right.name);
    return left.user_id < right.user_id;
}

void add_members(Connection& connection, CohortId cohort, std::map<GroupId, RealizationGroup*>& groups) {
    const Rows rows = connection.select(
        {"gu.group_user_id", "gu.group_id", "gu.user_id", "gu.role", "gu.status", "u.discord_id",
         "u.discord_username", "u.nickname", "u.email", "u.timezone", "u.deleted_at"},
        "FROM groups_users gu JOIN groups g ON g.group_id = gu.group_id JOIN users u ON u.user_id = "
        "gu.user_id "
        "WHERE g.cohort_id = :cohort "
        // Someone listed twice counts by their active row, as facilitator if they are.
        "ORDER BY gu.group_id, gu.user_id, CASE WHEN gu.status = 'active' THEN 0 ELSE 1 END, "
        "CASE WHEN gu.role = 'facilitator' THEN 0 ELSE 1 END, gu.group_user_id",
        {{"cohort", cohort}});
    std::set<std::pair<GroupId, UserId>> seen;
    for (const Row& row : rows) {
        const auto group = row.id<GroupId>("group_id");
        if (!groups.contains(group)) continue;
        RealizationMember member;
        member.user_id = row.id<UserId>("user_id");
        if (!seen.insert({group, member.user_id}).second) continue;
        member.discord_id = row.optional_text("discord_id");
        member.name = name_of(row);
        member.role = read_word<Role>(row, "role");
        member.timezone = row.text_or_empty("timezone");
        const auto status = read_word<MembershipStatus>(row, "status");
        // Who finished the course keeps their access; whose account is deleted does not.
        const GroupStatus fate = groups.at(group)->status;
        const bool dissolved = fate == GroupStatus::cancelled || fate == GroupStatus::merged;
        const bool left = dissolved || status == MembershipStatus::dropped ||
                          status == MembershipStatus::removed || !row.is_null("deleted_at");
        if (left) {
            groups.at(group)->former_members.push_back(std::move(member));
        } else if (status == MembershipStatus::active || fate == GroupStatus::completed) {
            groups.at(group)->members.push_back(std::move(member));
        }
    }
    for (auto& [id, group] : groups) {
        std::sort(group->members.begin(), group->members.end(), facilitators_first_then_name);
        std::sort(group->former_members.begin(), group->former_members.end(), facilitators_first_then_name);
    }
}

void add_meetings(Connection& connection, CohortId cohort, std::map<GroupId, RealizationGroup*>& groups) {
    const Rows rows =
        connection.select({"m.meeting_id", "m.group_id", "m.scheduled_time_utc", "m.discord_event_id"},
                          "FROM meetings m JOIN groups g ON g.group_id = m.group_id "
                          "WHERE g.cohort_id = :cohort "
                          "ORDER BY m.group_id, m.scheduled_time_utc, m.meeting_id",
                          {{"cohort", cohort}});
    for (const Row& row : rows) {
        const auto group = groups.find(row.id<GroupId>("group_id"));
        if (group == groups.end()) continue;
        group->second->meetings.push_back({row.id<MeetingId>("meeting_id"), row.instant("scheduled_time_utc"),
                                           row.optional_text("discord_event_id")});
    }
}

}  // namespace

std::optional<CohortRealization> select_realization(Connection& connection, CohortId cohort) {
    const Rows cohorts = connection.select(
        {"c.cohort_id", "c.cohort_name", "co.course_name", "c.cohort_start_date",
         "c.number_of_group_meetings", "s.meeting_minutes", "c.discord_category_id"},
        "FROM cohorts c LEFT JOIN courses co ON co.course_id = c.course_id "
        "LEFT JOIN convene_cohort_settings s ON s.cohort_id = c.cohort_id WHERE c.cohort_id = :cohort",
        {{"cohort", cohort}});
    if (cohorts.empty()) return std::nullopt;
    const Row& row = cohorts.front();
    CohortRealization realization;
    realization.cohort_id = cohort;
    realization.cohort_name = row.text("cohort_name");
    realization.course_name = row.text_or_empty("course_name");
    realization.cohort_start_date = row.date("cohort_start_date");
    realization.number_of_group_meetings = row.small("number_of_group_meetings");
    realization.meeting_minutes = row.small_or("meeting_minutes", CohortSettings{}.meeting_minutes);
    realization.discord_category_id = row.optional_text("discord_category_id");

    for (const Row& group_row : connection.select(
             {"g.group_id", "g.group_name", "g.recurring_meeting_time_utc", "s.anchor", "g.status",
              "g.discord_text_channel_id", "g.discord_voice_channel_id"},
             "FROM groups g LEFT JOIN convene_group_settings s ON s.group_id = g.group_id "
             "WHERE g.cohort_id = :cohort AND (g.status IN ('forming', 'active') "
             "OR g.discord_text_channel_id IS NOT NULL OR g.discord_voice_channel_id IS NOT NULL "
             "OR EXISTS (SELECT 1 FROM convene_discord_operations o WHERE o.cohort_id = g.cohort_id "
             "AND o.group_id = g.group_id)) ORDER BY g.group_id",
             {{"cohort", cohort}})) {
        RealizationGroup group;
        group.group_id = group_row.id<GroupId>("group_id");
        group.group_name = group_row.text("group_name");
        group.meeting_time_utc = group_row.text_or_empty("recurring_meeting_time_utc");
        group.anchor = group_row.optional_text("anchor").value_or("UTC");
        group.discord_text_channel_id = group_row.optional_text("discord_text_channel_id");
        group.discord_voice_channel_id = group_row.optional_text("discord_voice_channel_id");
        group.status = read_word<GroupStatus>(group_row, "status");
        const bool running = group.status == GroupStatus::forming || group.status == GroupStatus::active;
        (running ? realization.groups : realization.ended_groups).push_back(std::move(group));
    }
    std::map<GroupId, RealizationGroup*> by_id;
    for (auto* groups : {&realization.groups, &realization.ended_groups}) {
        for (RealizationGroup& group : *groups) by_id[group.group_id] = &group;
    }
    add_members(connection, cohort, by_id);
    add_meetings(connection, cohort, by_id);
    return realization;
}

}  // namespace convene::storage
