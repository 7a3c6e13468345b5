// Writing what a schedule or an edit decided.
#include "storage/queries.h"
#include "storage/sql/transactor.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

Date date_of(Instant instant) {
    return Date{std::chrono::floor<std::chrono::days>(instant)};
}

void add_member(Connection& connection, GroupId group, UserId user, Role role, MembershipStatus status,
                Instant at) {
    const bool active = status == MembershipStatus::active;
    connection.execute(
        "INSERT INTO groups_users (user_id, group_id, role, status, joined_at, left_at) "
        "VALUES (:user, :group, :role, :status, :joined, :left)",
        {{"user", user},
         {"group", group},
         {"role", word_of(role)},
         {"status", word_of(status)},
         {"joined", at},
         {"left", active ? std::nullopt : std::optional(at)}});
}

GroupId add_group(Connection& connection, const CohortRow& cohort, const NewGroup& group, Instant at) {
    const GroupId id{connection.insert(
        "INSERT INTO groups (group_name, cohort_id, recurring_meeting_time_utc, status, start_date, "
        "expected_end_date, created_at, updated_at) "
        "VALUES (:name, :cohort, :time, 'forming', :start, :end, :created, :updated) RETURNING group_id",
        {{"name", group.group_name},
         {"cohort", cohort.cohort_id},
         {"time", group.recurring_meeting_time_utc},
         {"start", group.start_date},
         {"end", group.expected_end_date},
         {"created", at},
         {"updated", at}})};
    connection.execute(
        "INSERT INTO convene_group_settings (group_id, anchor, anchor_start) VALUES (:group, :anchor, "
        ":start)",
        {{"group", id}, {"anchor", group.anchor}, {"start", group.anchor_start}});
    if (group.facilitator.value != 0) {
        add_member(connection, id, group.facilitator, Role::facilitator, MembershipStatus::active, at);
    }
    for (const UserId user : group.participants) {
        add_member(connection, id, user, Role::participant, MembershipStatus::active, at);
    }
    const std::optional<CourseId> course =
        cohort.course_id.value == 0 ? std::nullopt : std::optional(cohort.course_id);
    for (const Instant meeting : group.meetings) {
        connection.execute(
            "INSERT INTO meetings (group_id, cohort_id, course_id, scheduled_time_utc) "
            "VALUES (:group, :cohort, :course, :time)",
            {{"group", id}, {"cohort", cohort.cohort_id}, {"course", course}, {"time", meeting}});
    }
    return id;
}

/// The person's row in the group: of the same role when there are several, else the latest.
void set_member(Connection& connection, const MemberChange& change, Instant at) {
    const Rows rows = connection.select(
        {"group_user_id", "status"},
        "FROM groups_users WHERE group_id = :group AND user_id = :user "
        "ORDER BY CASE WHEN role = :role THEN 0 ELSE 1 END, group_user_id DESC",
        {{"group", change.group_id}, {"user", change.user_id}, {"role", word_of(change.role)}});
    if (rows.empty()) {
        return add_member(connection, change.group_id, change.user_id, change.role, change.status, at);
    }
    const Row& row = rows.front();
    const bool was_active = read_word<MembershipStatus>(row, "status") == MembershipStatus::active;
    const bool active = change.status == MembershipStatus::active;
    connection.execute("UPDATE groups_users SET role = :role, status = :status WHERE group_user_id = :row",
                       {{"role", word_of(change.role)},
                        {"status", word_of(change.status)},
                        {"row", row.integer("group_user_id")}});
    if (active && !was_active) {
        connection.execute(
            "UPDATE groups_users SET joined_at = :at, left_at = NULL WHERE group_user_id = :row",
            {{"at", at}, {"row", row.integer("group_user_id")}});
    } else if (!active && was_active) {
        connection.execute("UPDATE groups_users SET left_at = :at WHERE group_user_id = :row",
                           {{"at", at}, {"row", row.integer("group_user_id")}});
    }
    // One place per person and group: a second active row would contradict the change.
    for (std::size_t i = 1; i < rows.size(); ++i) {
        connection.execute(
            "UPDATE groups_users SET status = 'removed', left_at = :at WHERE group_user_id = :row AND status "
            "= "
            "'active'",
            {{"at", at}, {"row", rows[i].integer("group_user_id")}});
    }
}

void set_signup(Connection& connection, const SignupChange& change, Instant at) {
    connection.execute("UPDATE courses_users SET grouping_status = :status WHERE course_user_id = :signup",
                       {{"status", word_of(change.grouping_status)}, {"signup", change.signup_id}});
    if (!change.counts_as_attempt) return;
    connection.execute(
        "UPDATE courses_users SET grouping_attempt_count = coalesce(grouping_attempt_count, 0) + 1, "
        "last_grouping_attempt_at = :at WHERE course_user_id = :signup",
        {{"at", at}, {"signup", change.signup_id}});
}

void set_time(Connection& connection, const TimeChange& change, Instant at) {
    std::optional<Date> first;
    std::optional<Date> last;
    for (const auto& [meeting, time, was_rescheduled] : change.meetings) {
        if (was_rescheduled) {
            connection.execute(
                "UPDATE meetings SET was_rescheduled = :moved WHERE meeting_id = :meeting AND group_id = "
                ":group",
                {{"moved", *was_rescheduled}, {"meeting", meeting}, {"group", change.group_id}});
        } else {
            connection.execute(
                "UPDATE meetings SET was_rescheduled = :moved WHERE meeting_id = :meeting AND group_id = "
                ":group "
                "AND scheduled_time_utc <> :time",
                {{"moved", true}, {"meeting", meeting}, {"group", change.group_id}, {"time", time}});
        }
        connection.execute(
            "UPDATE meetings SET scheduled_time_utc = :time WHERE meeting_id = :meeting "
            "AND group_id = :group AND scheduled_time_utc <> :time",
            {{"time", time}, {"meeting", meeting}, {"group", change.group_id}});
        if (!first || date_of(time) < *first) first = date_of(time);
        if (!last || *last < date_of(time)) last = date_of(time);
    }
    connection.execute(
        "UPDATE groups SET recurring_meeting_time_utc = :time, updated_at = :at "
        "WHERE group_id = :group",
        {{"time", change.recurring_meeting_time_utc}, {"at", at}, {"group", change.group_id}});
    if (first) {
        connection.execute(
            "UPDATE groups SET start_date = :first, expected_end_date = :last WHERE group_id = :group",
            {{"first", *first}, {"last", *last}, {"group", change.group_id}});
    }
    connection.execute(
        "INSERT INTO convene_group_settings (group_id, anchor, anchor_start) VALUES (:group, :anchor, "
        ":start) "
        "ON CONFLICT (group_id) DO UPDATE SET anchor = excluded.anchor, anchor_start = excluded.anchor_start",
        {{"group", change.group_id}, {"anchor", change.anchor}, {"start", change.anchor_start}});
}

void set_pin(Connection& connection, const PinChange& change) {
    // The user, or 0 for the group itself: the unique index of the table says the same.
    const std::int64_t user = change.user_id ? change.user_id->value : 0;
    connection.execute("DELETE FROM convene_pins WHERE group_id = :group AND coalesce(user_id, 0) = :user",
                       {{"group", change.group_id}, {"user", user}});
    if (!change.pinned) return;
    connection.execute("INSERT INTO convene_pins (group_id, user_id) VALUES (:group, :user)",
                       {{"group", change.group_id}, {"user", change.user_id}});
}

}  // namespace

void lock_cohort_rows(Connection& connection, CohortId cohort) {
    // One writer of convene at a time, whatever the cohort: two cohorts can
    // share a facilitator, and neither would see the other's new meetings.
    connection.lock_until_commit(lock_key("commit"));
    const std::string_view suffix = connection.dialect().for_update;
    if (suffix.empty()) return;
    // The platform takes no lock of ours. Locking the cohort's row also keeps
    // it from adding sign-ups and groups, by the foreign keys to that row.
    for (const std::string_view table : {"cohorts", "groups", "courses_users"}) {
        const std::string key = table == "cohorts"  ? "cohort_id"
                                : table == "groups" ? "group_id"
                                                    : "course_user_id";
        (void)connection.select(
            {key},
            "FROM " + std::string(table) + " WHERE cohort_id = :cohort ORDER BY " + key + std::string(suffix),
            {{"cohort", cohort}});
    }
}

std::vector<GroupId> write_changes(Connection& connection, const CohortRow& cohort,
                                   const CohortChanges& changes, Instant at) {
    std::vector<GroupId> new_groups;
    for (const NewGroup& group : changes.new_groups)
        new_groups.push_back(add_group(connection, cohort, group, at));
    for (const MemberChange& change : changes.members) set_member(connection, change, at);
    for (const SignupChange& change : changes.signups) set_signup(connection, change, at);
    for (const NameChange& change : changes.names) {
        connection.execute("UPDATE groups SET group_name = :name, updated_at = :at WHERE group_id = :group",
                           {{"name", change.group_name}, {"at", at}, {"group", change.group_id}});
    }
    for (const TimeChange& change : changes.times) set_time(connection, change, at);
    for (const GroupStatusChange& change : changes.statuses) {
        connection.execute("UPDATE groups SET status = :status, updated_at = :at WHERE group_id = :group",
                           {{"status", word_of(change.status)}, {"at", at}, {"group", change.group_id}});
    }
    for (const PinChange& change : changes.pins) set_pin(connection, change);
    if (changes.cohort_status) {
        connection.execute("UPDATE cohorts SET status = :status WHERE cohort_id = :cohort",
                           {{"status", word_of(*changes.cohort_status)}, {"cohort", cohort.cohort_id}});
    }
    if (changes.meeting_minutes) {
        CohortSettings settings = cohort.settings;
        settings.meeting_minutes = *changes.meeting_minutes;
        write_settings(connection, cohort.cohort_id, settings);
    }
    return new_groups;
}

}  // namespace convene::storage
