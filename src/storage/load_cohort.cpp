// Reading a cohort as one snapshot.
#include <map>

#include "storage/queries.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

CohortSettings read_settings(const Row& row) {
    CohortSettings settings;
    if (row.is_null("anchor")) return settings;  // a cohort that convene did not make
    settings.meeting_minutes = row.small("meeting_minutes");
    settings.anchor = row.text("anchor");
    settings.rules.min_size = row.small("min_size");
    settings.rules.max_size = row.small("max_size");
    settings.rules.count_facilitator = row.boolean_or("count_facilitator", false);
    settings.rules.use_if_needed = row.boolean_or("use_if_needed", true);
    settings.rules.start_step_minutes = row.small("start_step_minutes");
    settings.rules.fit = read_word<Fit>(row, "fit");
    settings.rules.facilitator_buffer_minutes = row.small("facilitator_buffer_minutes");
    if (!row.is_null("target_size")) settings.rules.target_size = row.small("target_size");
    return settings;
}

std::optional<CohortRow> select_cohort(Connection& connection, CohortId cohort) {
    const Rows rows = connection.select(
        {"c.cohort_id", "c.cohort_name", "c.course_id", "co.course_name", "c.cohort_start_date", "c.status",
         "c.number_of_group_meetings", "s.meeting_minutes", "s.anchor", "s.min_size", "s.max_size",
         "s.count_facilitator", "s.use_if_needed", "s.start_step_minutes", "s.fit",
         "s.facilitator_buffer_minutes", "s.target_size"},
        "FROM cohorts c LEFT JOIN courses co ON co.course_id = c.course_id "
        "LEFT JOIN convene_cohort_settings s ON s.cohort_id = c.cohort_id WHERE c.cohort_id = :cohort",
        {{"cohort", cohort}});
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    CohortRow found;
    found.cohort_id = cohort;
    found.cohort_name = row.text("cohort_name");
    found.course_id.value = row.optional_integer("course_id").value_or(0);
    found.course_name = row.text_or_empty("course_name");
    found.start_date = row.date("cohort_start_date");
    found.status = read_word<CohortStatus>(row, "status");
    found.number_of_group_meetings = row.small("number_of_group_meetings");
    found.settings = read_settings(row);
    return found;
}

std::vector<SignupRow> select_signups(Connection& connection, CohortId cohort) {
    const Rows rows = connection.select(
        {"cu.course_user_id", "cu.user_id",
         "(SELECT min(p.reference) FROM convene_people p WHERE p.cohort_id = cu.cohort_id AND p.user_id = "
         "cu.user_id) AS reference",
         "u.discord_id", "u.discord_username", "u.nickname", "u.email", "u.timezone", "u.availability_local",
         "u.if_needed_availability_local", "u.availability_utc", "u.if_needed_availability_utc",
         "cu.cohort_role", "cu.grouping_status", "cu.grouping_attempt_count", "f.certified_at",
         "f.max_active_groups"},
        "FROM courses_users cu JOIN users u ON u.user_id = cu.user_id "
        "LEFT JOIN facilitators f ON f.facilitator_id = "
        "(SELECT min(facilitator_id) FROM facilitators WHERE user_id = cu.user_id) "
        "WHERE cu.cohort_id = :cohort AND u.deleted_at IS NULL ORDER BY cu.user_id, cu.course_user_id",
        {{"cohort", cohort}});
    std::vector<SignupRow> signups;
    for (const Row& row : rows) {
        SignupRow signup;
        signup.signup_id = row.id<SignupId>("course_user_id");
        signup.user_id = row.id<UserId>("user_id");
        signup.reference = row.text_or_empty("reference");
        signup.discord_id = row.optional_text("discord_id");
        signup.discord_username = row.optional_text("discord_username");
        signup.nickname = row.optional_text("nickname");
        signup.email = row.optional_text("email");
        signup.timezone = row.optional_text("timezone");
        signup.availability_local = row.optional_text("availability_local");
        signup.if_needed_availability_local = row.optional_text("if_needed_availability_local");
        signup.availability_utc = row.optional_text("availability_utc");
        signup.if_needed_availability_utc = row.optional_text("if_needed_availability_utc");
        signup.role = read_word<Role>(row, "cohort_role");
        signup.grouping_status = read_word<GroupingStatus>(row, "grouping_status");
        signup.grouping_attempt_count = row.small_or("grouping_attempt_count", 0);
        signup.certified = !row.is_null("certified_at");
        if (!row.is_null("max_active_groups")) signup.max_active_groups = row.small("max_active_groups");
        signups.push_back(std::move(signup));
    }
    return signups;
}

void add_members(Connection& connection, CohortId cohort, const std::map<GroupId, GroupRow*>& groups) {
    const Rows rows = connection.select(
        {"gu.group_user_id", "gu.group_id", "gu.user_id", "gu.role", "gu.status", "p.pin_id"},
        "FROM groups_users gu JOIN groups g ON g.group_id = gu.group_id "
        "LEFT JOIN convene_pins p ON p.group_id = gu.group_id AND p.user_id = gu.user_id "
        "WHERE g.cohort_id = :cohort ORDER BY gu.group_id, gu.user_id, gu.role, gu.group_user_id",
        {{"cohort", cohort}});
    for (const Row& row : rows) {
        groups.at(row.id<GroupId>("group_id"))
            ->members.push_back({row.id<UserId>("user_id"), read_word<Role>(row, "role"),
                                 read_word<MembershipStatus>(row, "status"), !row.is_null("pin_id")});
    }
}

void add_meetings(Connection& connection, CohortId cohort, const std::map<GroupId, GroupRow*>& groups) {
    const Rows rows = connection.select(
        {"m.meeting_id", "m.group_id", "m.scheduled_time_utc", "m.was_rescheduled"},
        "FROM meetings m JOIN groups g ON g.group_id = m.group_id WHERE g.cohort_id = :cohort "
        "ORDER BY m.group_id, m.scheduled_time_utc, m.meeting_id",
        {{"cohort", cohort}});
    for (const Row& row : rows) {
        groups.at(row.id<GroupId>("group_id"))
            ->meetings.push_back({row.id<MeetingId>("meeting_id"), row.instant("scheduled_time_utc"),
                                  row.boolean_or("was_rescheduled", false)});
    }
}

std::vector<GroupRow> select_groups(Connection& connection, CohortId cohort) {
    const Rows rows =
        connection.select({"g.group_id", "g.group_name", "g.status", "g.recurring_meeting_time_utc",
                           "s.anchor", "s.anchor_start", "p.pin_id"},
                          "FROM groups g LEFT JOIN convene_group_settings s ON s.group_id = g.group_id "
                          "LEFT JOIN convene_pins p ON p.group_id = g.group_id AND p.user_id IS NULL "
                          "WHERE g.cohort_id = :cohort ORDER BY g.group_id",
                          {{"cohort", cohort}});
    std::vector<GroupRow> groups;
    for (const Row& row : rows) {
        GroupRow group;
        group.group_id = row.id<GroupId>("group_id");
        group.group_name = row.text("group_name");
        group.status = read_word<GroupStatus>(row, "status");
        group.recurring_meeting_time_utc = row.text_or_empty("recurring_meeting_time_utc");
        group.anchor = row.optional_text("anchor");
        group.anchor_start = row.optional_text("anchor_start");
        group.pinned = !row.is_null("pin_id");
        groups.push_back(std::move(group));
    }
    std::map<GroupId, GroupRow*> by_id;
    for (GroupRow& group : groups) by_id[group.group_id] = &group;
    add_members(connection, cohort, by_id);
    add_meetings(connection, cohort, by_id);
    return groups;
}

std::vector<std::vector<UserId>> select_sets(Connection& connection, CohortId cohort, std::string_view kind) {
    const Rows rows =
        connection.select({"s.set_id", "m.user_id"},
                          "FROM convene_sets s JOIN convene_set_members m ON m.set_id = s.set_id "
                          "JOIN users u ON u.user_id = m.user_id AND u.deleted_at IS NULL "
                          "WHERE s.cohort_id = :cohort AND s.kind = :kind ORDER BY s.set_id, m.position",
                          {{"cohort", cohort}, {"kind", kind}});
    std::vector<std::vector<UserId>> sets;
    std::int64_t current = 0;
    for (const Row& row : rows) {
        if (sets.empty() || row.integer("set_id") != current) sets.emplace_back();
        current = row.integer("set_id");
        sets.back().push_back(row.id<UserId>("user_id"));
    }
    return sets;
}

/// What this cohort's facilitators lead in other running cohorts.
constexpr const char* kLedElsewhere =
    "FROM groups_users gu JOIN groups g ON g.group_id = gu.group_id AND g.status IN ('forming', 'active') "
    "JOIN cohorts c ON c.cohort_id = g.cohort_id AND c.status = 'active' "
    "LEFT JOIN convene_cohort_settings s ON s.cohort_id = g.cohort_id ";
constexpr const char* kOfThisCohort =
    "WHERE gu.role = 'facilitator' AND gu.status = 'active' AND g.cohort_id <> :cohort "
    "AND gu.user_id IN (SELECT user_id FROM courses_users WHERE cohort_id = :cohort AND "
    "cohort_role = 'facilitator') ";

std::vector<OutsideBookingRow> select_outside_bookings(Connection& connection, CohortId cohort) {
    const Rows rows =
        connection.select({"m.meeting_id", "gu.user_id", "m.scheduled_time_utc", "s.meeting_minutes"},
                          std::string(kLedElsewhere) + "JOIN meetings m ON m.group_id = g.group_id " +
                              kOfThisCohort + "ORDER BY gu.user_id, m.scheduled_time_utc, m.meeting_id",
                          {{"cohort", cohort}});
    std::vector<OutsideBookingRow> bookings;
    for (const Row& row : rows) {
        bookings.push_back({row.id<UserId>("user_id"), row.instant("scheduled_time_utc"),
                            row.small_or("meeting_minutes", CohortSettings{}.meeting_minutes)});
    }
    return bookings;
}

std::vector<OutsideLoadRow> select_outside_loads(Connection& connection, CohortId cohort) {
    const Rows rows = connection.select(
        {"gu.user_id", "count(DISTINCT g.group_id) AS led"},
        std::string(kLedElsewhere) + kOfThisCohort + "GROUP BY gu.user_id ORDER BY gu.user_id",
        {{"cohort", cohort}});
    std::vector<OutsideLoadRow> loads;
    for (const Row& row : rows) loads.push_back({row.id<UserId>("user_id"), row.small("led")});
    return loads;
}

}  // namespace

std::optional<CohortSnapshot> select_snapshot(Connection& connection, CohortId cohort) {
    auto found = select_cohort(connection, cohort);
    if (!found) return std::nullopt;
    CohortSnapshot snapshot;
    snapshot.cohort = std::move(*found);
    snapshot.signups = select_signups(connection, cohort);
    snapshot.groups = select_groups(connection, cohort);
    snapshot.together = select_sets(connection, cohort, "together");
    snapshot.apart = select_sets(connection, cohort, "apart");
    snapshot.outside_bookings = select_outside_bookings(connection, cohort);
    snapshot.outside_loads = select_outside_loads(connection, cohort);
    return snapshot;
}

}  // namespace convene::storage
