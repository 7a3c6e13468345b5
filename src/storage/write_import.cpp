// A cohort, its settings and its people from an import.
#include <map>

#include "app/failure.h"
#include "storage/import_people.h"
#include "storage/queries.h"
#include "storage/sql/transactor.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

constexpr int kDaysPerMeeting = 7;

struct Target {
    CohortId cohort_id;
    CourseId course_id;
    bool created = false;
};

CourseId find_or_create_course(Connection& connection, const std::string& name) {
    const Rows rows = connection.select(
        {"course_id"}, "FROM courses WHERE course_name = :name ORDER BY course_id", {{"name", name}});
    if (!rows.empty()) return rows.front().id<CourseId>("course_id");
    return CourseId{connection.insert("INSERT INTO courses (course_name) VALUES (:name) RETURNING course_id",
                                      {{"name", name}})};
}

std::optional<Target> find_cohort(Connection& connection, const CohortImport& import) {
    const Rows rows =
        import.into ? connection.select({"cohort_id", "course_id"}, "FROM cohorts WHERE cohort_id = :cohort",
                                        {{"cohort", *import.into}})
                    : connection.select({"cohort_id", "course_id"},
                                        "FROM cohorts WHERE cohort_name = :name ORDER BY cohort_id",
                                        {{"name", import.cohort_name}});
    if (import.into && rows.empty()) {
        throw StoreFailure("import_cohort", "there is no cohort " + std::to_string(import.into->value),
                           Retry::useless);
    }
    if (rows.size() > 1) {
        throw StoreFailure("import_cohort",
                           std::to_string(rows.size()) + " cohorts are called `" + import.cohort_name +
                               "`: name one by its id",
                           Retry::useless);
    }
    if (rows.empty()) return std::nullopt;
    return Target{rows.front().id<CohortId>("cohort_id"),
                  CourseId{rows.front().optional_integer("course_id").value_or(0)}};
}

Target create_cohort(Connection& connection, const CohortImport& import) {
    Target target;
    // Every cohort belongs to a course; a file without one starts its own.
    target.course_id = find_or_create_course(
        connection, import.course_name.empty() ? import.cohort_name : import.course_name);
    target.cohort_id = CohortId{connection.insert(
        "INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days, status, "
        "number_of_group_meetings) VALUES (:name, :course, :start, :days, 'active', :meetings) "
        "RETURNING cohort_id",
        {{"name", import.cohort_name},
         {"course", target.course_id},
         {"start", import.start_date},
         {"days", import.number_of_group_meetings * kDaysPerMeeting},
         {"meetings", import.number_of_group_meetings}})};
    target.created = true;
    return target;
}

void update_cohort(Connection& connection, Target& target, const CohortImport& import) {
    if (!import.course_name.empty()) {
        target.course_id = find_or_create_course(connection, import.course_name);
        connection.execute(
            "UPDATE cohorts SET course_id = :course WHERE cohort_id = :cohort AND "
            "(course_id IS NULL OR course_id <> :course)",
            {{"course", target.course_id}, {"cohort", target.cohort_id}});
    }
    connection.execute(
        "UPDATE cohorts SET cohort_start_date = :start WHERE cohort_id = :cohort AND "
        "(cohort_start_date IS NULL OR cohort_start_date <> :start)",
        {{"start", import.start_date}, {"cohort", target.cohort_id}});
    connection.execute(
        "UPDATE cohorts SET number_of_group_meetings = :meetings, duration_days = :days "
        "WHERE cohort_id = :cohort AND number_of_group_meetings <> :meetings",
        {{"meetings", import.number_of_group_meetings},
         {"days", import.number_of_group_meetings * kDaysPerMeeting},
         {"cohort", target.cohort_id}});
}

class Sets {
public:
    Sets(Connection& connection, CohortId cohort) : connection_(connection), cohort_(cohort) {}

    void write(std::string_view kind, const std::vector<std::vector<std::string>>& sets) {
        for (const auto& references : sets) {
            const std::int64_t set = connection_.insert(
                "INSERT INTO convene_sets (cohort_id, kind) VALUES (:cohort, :kind) RETURNING set_id",
                {{"cohort", cohort_}, {"kind", kind}});
            int position = 0;
            for (const std::string& reference : references) {
                connection_.execute(
                    "INSERT INTO convene_set_members (set_id, position, user_id) VALUES (:set, :position, "
                    ":user)",
                    {{"set", set}, {"position", position++}, {"user", user_called(reference)}});
            }
        }
    }

private:
    UserId user_called(const std::string& reference) {
        const Rows rows = connection_.select(
            {"user_id"}, "FROM convene_people WHERE cohort_id = :cohort AND reference = :reference",
            {{"cohort", cohort_}, {"reference", reference}});
        if (rows.empty()) {
            throw std::invalid_argument("a set names `" + reference +
                                        "`, whom neither this import nor the cohort has");
        }
        return rows.front().id<UserId>("user_id");
    }

    Connection& connection_;
    CohortId cohort_;
};

}  // namespace

void write_settings(Connection& connection, CohortId cohort, const CohortSettings& settings) {
    connection.execute("DELETE FROM convene_cohort_settings WHERE cohort_id = :cohort", {{"cohort", cohort}});
    connection.execute(
        "INSERT INTO convene_cohort_settings (cohort_id, meeting_minutes, anchor, min_size, max_size, "
        "count_facilitator, use_if_needed, start_step_minutes, fit, facilitator_buffer_minutes, target_size) "
        "VALUES (:cohort, :minutes, :anchor, :min, :max, :count, :if_needed, :step, :fit, :buffer, :target)",
        {{"cohort", cohort},
         {"minutes", settings.meeting_minutes},
         {"anchor", settings.anchor},
         {"min", settings.rules.min_size},
         {"max", settings.rules.max_size},
         {"count", settings.rules.count_facilitator},
         {"if_needed", settings.rules.use_if_needed},
         {"step", settings.rules.start_step_minutes},
         {"fit", word_of(settings.rules.fit)},
         {"buffer", settings.rules.facilitator_buffer_minutes},
         {"target", settings.rules.target_size}});
}

ImportReport write_import(Connection& connection, const CohortImport& import) {
    connection.lock_until_commit(lock_key("commit"));
    auto found = find_cohort(connection, import);
    Target target = found ? *found : create_cohort(connection, import);
    lock_cohort_rows(connection, target.cohort_id);
    const bool whole = target.created || import.settings_given;
    if (whole) {
        if (!target.created) update_cohort(connection, target, import);
        write_settings(connection, target.cohort_id, import.settings);
        // Sets come whole with the settings; people alone only add theirs.
        connection.execute("DELETE FROM convene_sets WHERE cohort_id = :cohort",
                           {{"cohort", target.cohort_id}});
    }
    ImportReport report;
    report.cohort_id = target.cohort_id;
    report.cohort_created = target.created;
    for (const PersonImport& person : import.people) {
        switch (import_person(connection, target.cohort_id, target.course_id, person).outcome) {
            case PersonOutcome::created:
                ++report.people_created;
                break;
            case PersonOutcome::updated:
                ++report.people_updated;
                break;
            case PersonOutcome::unchanged:
                ++report.people_unchanged;
                break;
        }
    }
    Sets sets(connection, target.cohort_id);
    sets.write("together", import.together);
    sets.write("apart", import.apart);
    return report;
}

}  // namespace convene::storage
