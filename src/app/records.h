// src/app/records.h: plain answers of queries, for CLI, Discord, web and mail alike.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/cohort_changes.h"
#include "app/cohort_snapshot.h"

namespace convene {

struct SchedulableCohort {
    CohortId cohort_id;
    std::string cohort_name;
    int pending_users = 0;  ///< people with grouping_status awaiting_grouping
};

struct RealizableCohort {
    CohortId cohort_id;
    std::string cohort_name;
    int unrealized_groups = 0;
};

struct CohortSummary {
    CohortId cohort_id;
    std::string cohort_name;
    std::string course_name;
    Date start_date{};
    CohortStatus status = CohortStatus::active;
    int awaiting = 0;
    int grouped = 0;
    int ungroupable = 0;  ///< participants only: a facilitator without a group is no person left out
    int groups = 0;       ///< forming or active
    int realized = 0;     ///< of those, with both Discord channels
};

struct StoredRun {
    RunId run_id;
    CohortId cohort_id;
    RunRecord run;
};

struct StoredEdit {
    EditId edit_id;
    CohortId cohort_id;
    EditRecord edit;
    bool undone = false;  ///< a later edit undoes it
};

/// One person of an import, already checked by formats/.
struct PersonImport {
    std::string reference;  ///< `id` in the file
    std::string name;       ///< becomes the nickname when the user is new or has none
    std::optional<std::string> discord_id;
    std::optional<std::string> email;
    std::string timezone;
    std::string availability_local;            ///< JSON text of docs/storage.md
    std::string if_needed_availability_local;  ///< likewise
    Role role = Role::participant;
    std::optional<int> max_groups;  ///< facilitators
};

struct CohortImport {
    std::optional<CohortId> into;  ///< an existing cohort; otherwise by name
    std::string cohort_name;
    std::string course_name;
    Date start_date{};
    int number_of_group_meetings = 0;
    CohortSettings settings;
    bool settings_given = true;  ///< false: people only, an existing cohort's settings and dates stay
    std::vector<PersonImport> people;
    std::vector<std::vector<std::string>> together;  ///< references
    std::vector<std::vector<std::string>> apart;
};

struct ImportReport {
    CohortId cohort_id;
    bool cohort_created = false;
    int people_created = 0;
    int people_updated = 0;
    int people_unchanged = 0;
};

}  // namespace convene
