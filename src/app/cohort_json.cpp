#include "app/cohort_json.h"

#include <nlohmann/json.hpp>

#include "app/status_words.h"

namespace convene {

nlohmann::ordered_json to_json(const CohortSummary& cohort) {
    return {{"cohort_id", cohort.cohort_id.value},
            {"cohort_name", cohort.cohort_name},
            {"course_name", cohort.course_name},
            {"cohort_start_date", to_string(cohort.start_date)},
            {"status", word(cohort.status)},
            {"awaiting", cohort.awaiting},
            {"grouped", cohort.grouped},
            {"ungroupable", cohort.ungroupable},
            {"groups", cohort.groups},
            {"realized", cohort.realized}};
}

}  // namespace convene
