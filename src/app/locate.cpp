#include "app/locate.h"

#include <algorithm>

#include "app/name_match.h"
#include "app/queries/cohorts.h"
#include "app/queries/people.h"

namespace convene {
namespace {

bool fits(const CohortSnapshot& cohort, const Names& names) {
    return std::all_of(names.people.begin(), names.people.end(),
                       [&](std::string_view text) { return !people_named(cohort, text).empty(); }) &&
           std::all_of(names.groups.begin(), names.groups.end(),
                       [&](std::string_view text) { return !groups_named(cohort, text).empty(); }) &&
           std::all_of(names.either.begin(), names.either.end(), [&](std::string_view text) {
               return !people_named(cohort, text).empty() || !groups_named(cohort, text).empty();
           });
}

std::string all_of(const Names& names) {
    std::string text;
    for (const auto* list : {&names.people, &names.groups, &names.either}) {
        for (const std::string_view name : *list) text += (text.empty() ? "" : ", ") + in_quotes(name);
    }
    return text;
}

}  // namespace

tl::expected<CohortSnapshot, InputFaults> locate(CohortStore& store, const Names& names) {
    if (names.cohort) return load_cohort(store, *names.cohort);
    std::vector<CohortSnapshot> active;
    for (const CohortSummary& summary : store.list_cohorts()) {
        if (summary.status != CohortStatus::active) continue;
        if (auto cohort = store.load_cohort(summary.cohort_id)) active.push_back(*std::move(cohort));
    }
    // With one cohort only, whoever looks the names up can say best what is wrong with them.
    if (active.size() == 1) return std::move(active.front());
    std::vector<CohortSnapshot> found;
    for (CohortSnapshot& cohort : active)
        if (fits(cohort, names)) found.push_back(std::move(cohort));
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) {
        return tl::unexpected(InputFaults{
            {"cohort", "",
             "no active cohort has " + all_of(names) + "; name one with --cohort to see who is there"}});
    }
    std::vector<std::string> candidates;
    for (const CohortSnapshot& cohort : found) candidates.push_back(cohort.cohort.cohort_name);
    return tl::unexpected(InputFaults{
        {"cohort", "",
         all_of(names) + " fits in several cohorts; say which with --cohort: " + alternatives(candidates)}});
}

}  // namespace convene
