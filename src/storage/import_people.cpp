#include "storage/import_people.h"

#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

/// What an import may change of a user.
struct Profile {
    UserId user_id;
    bool deleted = false;
    std::optional<std::string> discord_id;
    std::optional<std::string> nickname;
    std::optional<std::string> email;
    std::optional<std::string> timezone;
    std::optional<std::string> available;
    std::optional<std::string> if_needed;
};

std::optional<Profile> select_profile(Connection& connection, const std::string& where,
                                      const Params& params) {
    const Rows rows =
        connection.select({"u.user_id", "u.deleted_at", "u.discord_id", "u.nickname", "u.email", "u.timezone",
                           "u.availability_local", "u.if_needed_availability_local"},
                          "FROM users u WHERE " + where, params);
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    return Profile{row.id<UserId>("user_id"),
                   !row.is_null("deleted_at"),
                   row.optional_text("discord_id"),
                   row.optional_text("nickname"),
                   row.optional_text("email"),
                   row.optional_text("timezone"),
                   row.optional_text("availability_local"),
                   row.optional_text("if_needed_availability_local")};
}

std::optional<Profile> find_by_reference(Connection& connection, CohortId cohort,
                                         const PersonImport& person) {
    return select_profile(connection,
                          "u.user_id = (SELECT user_id FROM convene_people WHERE cohort_id = :cohort AND "
                          "reference = :reference)",
                          {{"cohort", cohort}, {"reference", person.reference}});
}

/// A living account before a deleted one.
std::optional<Profile> find_by_discord_id(Connection& connection, const std::string& discord_id) {
    return select_profile(connection,
                          "u.discord_id = :discord "
                          "ORDER BY CASE WHEN u.deleted_at IS NULL THEN 0 ELSE 1 END, u.user_id LIMIT 1",
                          {{"discord", discord_id}});
}

/// Somebody with another Discord account is somebody else, even at the same address.
std::optional<Profile> find_by_email(Connection& connection, const PersonImport& person) {
    return select_profile(
        connection,
        "lower(u.email) = lower(:email) AND u.deleted_at IS NULL "
        "AND (u.discord_id IS NULL OR u.discord_id = :discord OR :given = 0) "
        "ORDER BY u.user_id LIMIT 1",
        {{"email", *person.email}, {"discord", person.discord_id}, {"given", person.discord_id ? 1 : 0}});
}

std::optional<Profile> find_user(Connection& connection, CohortId cohort, const PersonImport& person) {
    if (!person.reference.empty()) {
        auto known = find_by_reference(connection, cohort, person);
        if (known) {
            const auto holder =
                person.discord_id ? find_by_discord_id(connection, *person.discord_id) : std::nullopt;
            if (holder && holder->user_id != known->user_id && !holder->deleted) {
                throw StoreFailure("import_cohort",
                                   "`" + person.reference + "` was imported as user " +
                                       std::to_string(known->user_id.value) +
                                       ", but its Discord id belongs to user " +
                                       std::to_string(holder->user_id.value) + " now; nothing was imported",
                                   Retry::useless);
            }
            return known;
        }
    }
    if (person.discord_id) {
        if (auto known = find_by_discord_id(connection, *person.discord_id)) return known;
    }
    if (person.email) return find_by_email(connection, person);
    return std::nullopt;
}

/// JSON columns may come back with other spacing or order than they were written with.
bool same_json(const std::string& left, const std::string& right) {
    if (left == right) return true;
    const auto a = nlohmann::json::parse(left, nullptr, false);
    const auto b = nlohmann::json::parse(right, nullptr, false);
    return !a.is_discarded() && !b.is_discarded() && a == b;
}

UserId create_user(Connection& connection, const PersonImport& person) {
    const auto given = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    return UserId{
        connection.insert("INSERT INTO users (discord_id, nickname, email, timezone, availability_local, "
                          "if_needed_availability_local, created_at, updated_at) VALUES (:discord, "
                          ":nickname, :email, :timezone, "
                          ":available, :if_needed, " +
                              std::string(connection.dialect().now) + ", " +
                              std::string(connection.dialect().now) + ") RETURNING user_id",
                          {{"discord", person.discord_id},
                           {"nickname", given(person.name)},
                           {"email", person.email},
                           {"timezone", given(person.timezone)},
                           {"available", given(person.availability_local)},
                           {"if_needed", given(person.if_needed_availability_local)}})};
}

/// Sets one column of users.
class ProfileUpdate {
public:
    ProfileUpdate(Connection& connection, UserId user) : connection_(connection), user_(user) {}

    void set(const std::string& column, const std::string& value) {
        connection_.execute("UPDATE users SET " + column + " = :value, updated_at = " +
                                std::string(connection_.dialect().now) + " WHERE user_id = :user",
                            {{"value", value}, {"user", user_}});
        changed_ = true;
    }
    [[nodiscard]] bool changed() const { return changed_; }

private:
    Connection& connection_;
    UserId user_;
    bool changed_ = false;
};

bool lower_equal(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(),
                                                     [&](char a, char b) { return lower(a) == lower(b); });
}

/// Only what the import gives; a name only where there is none.
bool update_user(Connection& connection, const Profile& user, const PersonImport& person) {
    ProfileUpdate update(connection, user.user_id);
    if (person.discord_id && user.discord_id != person.discord_id)
        update.set("discord_id", *person.discord_id);
    if (!person.name.empty() && user.nickname.value_or("").empty()) update.set("nickname", person.name);
    if (person.email && !lower_equal(user.email.value_or(""), *person.email))
        update.set("email", *person.email);
    if (!person.timezone.empty() && user.timezone != person.timezone) update.set("timezone", person.timezone);
    const auto update_hours = [&](const std::string& column, const std::optional<std::string>& before,
                                  const std::string& given) {
        if (given.empty() || (before && same_json(*before, given))) return;
        update.set(column, given);
    };
    update_hours("availability_local", user.available, person.availability_local);
    update_hours("if_needed_availability_local", user.if_needed, person.if_needed_availability_local);
    return update.changed();
}

/// An organiser who imports a facilitator vouches for them; who was there uncertified stays so.
bool upsert_facilitator(Connection& connection, UserId user, const PersonImport& person) {
    const Rows rows = connection.select({"facilitator_id", "max_active_groups"},
                                        "FROM facilitators WHERE user_id = :user ORDER BY facilitator_id",
                                        {{"user", user}});
    if (rows.empty()) {
        connection.execute(
            "INSERT INTO facilitators (user_id, max_active_groups, certified_at) VALUES (:user, "
            ":groups, " +
                std::string(connection.dialect().now) + ")",
            {{"user", user}, {"groups", person.max_groups.value_or(kDefaultMaxGroups)}});
        return true;
    }
    const auto before = rows.front().optional_integer("max_active_groups");
    if (!person.max_groups || before == std::int64_t{*person.max_groups}) return false;
    connection.execute(
        "UPDATE facilitators SET max_active_groups = :groups WHERE facilitator_id = :facilitator",
        {{"groups", *person.max_groups}, {"facilitator", rows.front().integer("facilitator_id")}});
    return true;
}

/// \returns whether anything changed
bool upsert_signup(Connection& connection, UserId user, CohortId cohort, CourseId course, Role role,
                   bool profile_changed) {
    const Rows rows = connection.select({"course_user_id", "cohort_role", "grouping_status"},
                                        "FROM courses_users WHERE user_id = :user AND cohort_id = :cohort "
                                        "ORDER BY course_user_id",
                                        {{"user", user}, {"cohort", cohort}});
    if (rows.empty()) {
        connection.execute(
            "INSERT INTO courses_users (user_id, course_id, cohort_id, cohort_role, grouping_status, "
            "grouping_attempt_count) VALUES (:user, :course, :cohort, :role, 'awaiting_grouping', 0)",
            {{"user", user},
             {"course", course.value == 0 ? std::nullopt : std::optional(course)},
             {"cohort", cohort},
             {"role", word_of(role)}});
        return true;
    }
    const Row& row = rows.front();
    const bool role_changed = read_word<Role>(row, "cohort_role") != role;
    if (role_changed) {
        connection.execute("UPDATE courses_users SET cohort_role = :role WHERE course_user_id = :signup",
                           {{"role", word_of(role)}, {"signup", row.integer("course_user_id")}});
    }
    // New hours are a new chance for whom no group could be found.
    const bool again = (role_changed || profile_changed) &&
                       read_word<GroupingStatus>(row, "grouping_status") == GroupingStatus::ungroupable;
    if (again) {
        connection.execute(
            "UPDATE courses_users SET grouping_status = 'awaiting_grouping' WHERE course_user_id = :signup",
            {{"signup", row.integer("course_user_id")}});
    }
    return role_changed || again;
}

void remember_reference(Connection& connection, CohortId cohort, const PersonImport& person, UserId user) {
    if (person.reference.empty()) return;
    connection.execute(
        "INSERT INTO convene_people (cohort_id, reference, user_id) VALUES (:cohort, :reference, "
        ":user) ON CONFLICT (cohort_id, reference) DO UPDATE SET user_id = excluded.user_id",
        {{"cohort", cohort}, {"reference", person.reference}, {"user", user}});
}

}  // namespace

ImportedPerson import_person(Connection& connection, CohortId cohort, CourseId course,
                             const PersonImport& person) {
    const auto known = find_user(connection, cohort, person);
    ImportedPerson imported;
    bool changed = false;
    if (!known) {
        imported.user_id = create_user(connection, person);
        imported.outcome = PersonOutcome::created;
    } else {
        imported.user_id = known->user_id;
        if (known->deleted) {
            // A deleted account comes back when it signs up anew, not when an old file is read again.
            const bool old_file = !person.reference.empty() && find_by_reference(connection, cohort, person);
            if (old_file) return imported;
            connection.execute("UPDATE users SET deleted_at = NULL WHERE user_id = :user",
                               {{"user", known->user_id}});
            changed = true;
        }
        if (update_user(connection, *known, person)) changed = true;
    }
    if (person.role == Role::facilitator && upsert_facilitator(connection, imported.user_id, person))
        changed = true;
    if (upsert_signup(connection, imported.user_id, cohort, course, person.role, changed)) changed = true;
    remember_reference(connection, cohort, person, imported.user_id);
    if (known && changed) imported.outcome = PersonOutcome::updated;
    return imported;
}

}  // namespace convene::storage
