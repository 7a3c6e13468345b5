// Overviews of all cohorts.
#include "storage/queries.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

/// Somebody who sits in a running group of the cohort awaits nothing, whatever
/// their status says; who dropped or was removed sits in none.
constexpr const char* kInGroup =
    "EXISTS (SELECT 1 FROM groups_users gu JOIN groups g ON g.group_id = gu.group_id "
    "WHERE gu.user_id = cu.user_id AND gu.status = 'active' AND g.cohort_id = cu.cohort_id "
    "AND g.status IN ('forming', 'active'))";

constexpr const char* kSignups =
    "FROM courses_users cu JOIN users u ON u.user_id = cu.user_id AND u.deleted_at IS NULL ";

}  // namespace

std::vector<SchedulableCohort> select_schedulable_cohorts(Connection& connection) {
    std::vector<SchedulableCohort> cohorts;
    const Rows rows =
        connection.select({"c.cohort_id", "c.cohort_name", "count(DISTINCT cu.user_id) AS pending"},
                          std::string(kSignups) +
                              "JOIN cohorts c ON c.cohort_id = cu.cohort_id "
                              "WHERE c.status = 'active' AND cu.grouping_status = 'awaiting_grouping' "
                              "AND NOT " +
                              kInGroup + " GROUP BY c.cohort_id, c.cohort_name ORDER BY c.cohort_id");
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
    const auto people = [](const std::string& which) {
        return "(SELECT count(DISTINCT cu.user_id) " + std::string(kSignups) +
               "WHERE cu.cohort_id = c.cohort_id AND " + which + ")";
    };
    const std::string not_in_group = std::string("NOT ") + kInGroup;
    const std::string running =
        "(SELECT count(*) FROM groups g WHERE g.cohort_id = c.cohort_id AND g.status IN ('forming', "
        "'active')";
    const Rows rows = connection.select(
        {"c.cohort_id", "c.cohort_name", "co.course_name", "c.cohort_start_date", "c.status",
         people("cu.grouping_status = 'awaiting_grouping' AND " + not_in_group) + " AS awaiting",
         people(std::string("(cu.grouping_status = 'grouped' OR ") + kInGroup + ")") + " AS grouped",
         people("cu.grouping_status = 'ungroupable' AND " + not_in_group) + " AS ungroupable",
         running + ") AS running",
         running + " AND g.discord_text_channel_id IS NOT NULL AND g.discord_voice_channel_id IS NOT NULL) "
                   "AS realized"},
        "FROM cohorts c LEFT JOIN courses co ON co.course_id = c.course_id ORDER BY c.cohort_id");
    std::vector<CohortSummary> summaries;
    for (const Row& row : rows) {
        CohortSummary summary;
        summary.cohort_id = row.id<CohortId>("cohort_id");
        summary.cohort_name = row.text("cohort_name");
        summary.course_name = row.text_or_empty("course_name");
        summary.start_date = row.date("cohort_start_date");
        summary.status = read_word<CohortStatus>(row, "status");
        summary.awaiting = row.small("awaiting");
        summary.grouped = row.small("grouped");
        summary.ungroupable = row.small("ungroupable");
        summary.groups = row.small("running");
        summary.realized = row.small("realized");
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

}  // namespace convene::storage
