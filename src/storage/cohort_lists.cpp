// Overviews of all cohorts.
#include <map>

#include "storage/queries.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

/// Sign-ups, with `seat.user_id` set for who sits in a running group of the
/// cohort. They await nothing, whatever their status says; who dropped or was
/// removed has no seat. Joined rather than asked for row by row: the platform's
/// tables may have no index that helps.
constexpr const char* kSignupsWithSeats =
    "FROM courses_users cu JOIN users u ON u.user_id = cu.user_id AND u.deleted_at IS NULL "
    "JOIN cohorts c ON c.cohort_id = cu.cohort_id "
    "LEFT JOIN (SELECT DISTINCT g.cohort_id, gu.user_id FROM groups_users gu "
    "JOIN groups g ON g.group_id = gu.group_id WHERE gu.status = 'active' AND g.status IN ('forming', "
    "'active')) "
    "seat ON seat.cohort_id = cu.cohort_id AND seat.user_id = cu.user_id ";

std::string people_who(const std::string& condition) {
    return "count(DISTINCT CASE WHEN " + condition + " THEN cu.user_id END)";
}

using Summaries = std::map<CohortId, CohortSummary>;

void add_people(Connection& connection, Summaries& summaries) {
    const Rows rows = connection.select(
        {"cu.cohort_id",
         people_who("cu.grouping_status = 'awaiting_grouping' AND seat.user_id IS NULL") + " AS awaiting",
         people_who("cu.grouping_status = 'grouped' OR seat.user_id IS NOT NULL") + " AS grouped",
         people_who("cu.grouping_status = 'ungroupable' AND cu.cohort_role = 'participant' AND seat.user_id "
                    "IS NULL") +
             " AS ungroupable"},
        std::string(kSignupsWithSeats) + "GROUP BY cu.cohort_id");
    for (const Row& row : rows) {
        const auto found = summaries.find(row.id<CohortId>("cohort_id"));
        if (found == summaries.end()) continue;
        found->second.awaiting = row.small("awaiting");
        found->second.grouped = row.small("grouped");
        found->second.ungroupable = row.small("ungroupable");
    }
}

void add_groups(Connection& connection, Summaries& summaries) {
    const Rows rows = connection.select(
        {"g.cohort_id", "count(*) AS running",
         "count(CASE WHEN g.discord_text_channel_id IS NOT NULL AND g.discord_voice_channel_id IS NOT NULL "
         "THEN 1 END) AS realized"},
        "FROM groups g WHERE g.status IN ('forming', 'active') GROUP BY g.cohort_id");
    for (const Row& row : rows) {
        const auto found = summaries.find(row.id<CohortId>("cohort_id"));
        if (found == summaries.end()) continue;
        found->second.groups = row.small("running");
        found->second.realized = row.small("realized");
    }
}

}  // namespace

std::vector<SchedulableCohort> select_schedulable_cohorts(Connection& connection) {
    std::vector<SchedulableCohort> cohorts;
    const Rows rows = connection.select(
        {"c.cohort_id", "c.cohort_name", "count(DISTINCT cu.user_id) AS pending"},
        std::string(kSignupsWithSeats) +
            "WHERE c.status = 'active' AND cu.grouping_status = 'awaiting_grouping' "
            "AND seat.user_id IS NULL GROUP BY c.cohort_id, c.cohort_name ORDER BY c.cohort_id");
    for (const Row& row : rows) {
        cohorts.push_back({row.id<CohortId>("cohort_id"), row.text("cohort_name"), row.small("pending")});
    }
    return cohorts;
}

std::vector<RealizableCohort> select_realizable_cohorts(Connection& connection) {
    std::vector<RealizableCohort> cohorts;
    const Rows rows =
        connection.select({"c.cohort_id", "c.cohort_name", "count(*) AS unrealized"},
                          "FROM cohorts c JOIN groups g ON g.cohort_id = c.cohort_id "
                          "WHERE c.status = 'active' AND g.status IN ('forming', 'active') "
                          "AND (g.discord_text_channel_id IS NULL OR g.discord_voice_channel_id IS NULL) "
                          "GROUP BY c.cohort_id, c.cohort_name ORDER BY c.cohort_id");
    for (const Row& row : rows) {
        cohorts.push_back({row.id<CohortId>("cohort_id"), row.text("cohort_name"), row.small("unrealized")});
    }
    return cohorts;
}

std::vector<CohortSummary> select_cohort_summaries(Connection& connection) {
    Summaries summaries;
    const Rows rows = connection.select(
        {"c.cohort_id", "c.cohort_name", "co.course_name", "c.cohort_start_date", "c.status"},
        "FROM cohorts c LEFT JOIN courses co ON co.course_id = c.course_id");
    for (const Row& row : rows) {
        CohortSummary summary;
        summary.cohort_id = row.id<CohortId>("cohort_id");
        summary.cohort_name = row.text("cohort_name");
        summary.course_name = row.text_or_empty("course_name");
        summary.start_date = row.date("cohort_start_date");
        summary.status = read_word<CohortStatus>(row, "status");
        summaries.emplace(summary.cohort_id, std::move(summary));
    }
    add_people(connection, summaries);
    add_groups(connection, summaries);
    std::vector<CohortSummary> list;
    for (auto& [id, summary] : summaries) list.push_back(std::move(summary));
    return list;
}

}  // namespace convene::storage
