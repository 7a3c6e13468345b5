#include "app/queries/cohorts.h"

#include <functional>

#include "app/name_match.h"

namespace convene {
namespace {

InputFault fault(std::string_view text, std::string message) {
    return {"cohort", in_quotes(text), std::move(message)};
}

InputFault none_found(std::string_view text, const std::vector<CohortSummary>& cohorts) {
    if (cohorts.empty()) return fault(text, "is not a cohort: there are none yet; import one first");
    std::vector<std::string> names;
    for (const CohortSummary& cohort : cohorts) names.push_back(cohort.cohort_name);
    const std::vector<std::string> nearest = nearest_names(text, names);
    if (!nearest.empty())
        return fault(
            text, "is neither the id nor the name of a cohort; did you mean " + alternatives(nearest) + "?");
    return fault(text, "is neither the id nor the name of a cohort");
}

InputFault several_found(std::string_view text, const std::vector<const CohortSummary*>& found) {
    std::string list;
    for (const CohortSummary* cohort : found) {
        if (!list.empty()) list += ", ";
        list += std::to_string(cohort->cohort_id.value) + " (" + cohort->cohort_name + ")";
    }
    return fault(text, "fits several cohorts; give the id: " + list);
}

using Fits = std::function<bool(const CohortSummary&)>;

/// The first of these ways that fits anything decides.
std::vector<Fits> whole_names(std::string_view text) {
    const std::string wanted(trimmed(text));
    return {
        [=](const CohortSummary& cohort) { return std::to_string(cohort.cohort_id.value) == wanted; },
        [=](const CohortSummary& cohort) { return cohort.cohort_name == wanted; },
        [=](const CohortSummary& cohort) { return lower_case(cohort.cohort_name) == lower_case(wanted); },
    };
}

tl::expected<std::optional<CohortSummary>, InputFaults> find_among(const std::vector<CohortSummary>& cohorts,
                                                                   std::string_view text,
                                                                   const std::vector<Fits>& ways) {
    for (const Fits& fits : ways) {
        std::vector<const CohortSummary*> found;
        for (const CohortSummary& cohort : cohorts) {
            if (fits(cohort)) found.push_back(&cohort);
        }
        if (found.size() == 1) return *found.front();
        if (found.size() > 1) return tl::unexpected(InputFaults{several_found(text, found)});
    }
    return std::nullopt;
}

}  // namespace

std::vector<SchedulableCohort> get_schedulable_cohorts(CohortStore& store) {
    return store.get_schedulable_cohorts();
}

std::vector<RealizableCohort> get_realizable_cohorts(CohortStore& store) {
    return store.get_realizable_cohorts();
}

std::vector<CohortSummary> list_cohorts(CohortStore& store) {
    return store.list_cohorts();
}

tl::expected<std::optional<CohortSummary>, InputFaults> find_cohort_called(CohortStore& store,
                                                                           std::string_view text) {
    return find_among(store.list_cohorts(), text, whole_names(text));
}

tl::expected<CohortSummary, InputFaults> find_cohort(CohortStore& store, std::string_view text) {
    const std::vector<CohortSummary> cohorts = store.list_cohorts();
    std::vector<Fits> ways = whole_names(text);
    const std::string wanted(trimmed(text));
    ways.emplace_back([&](const CohortSummary& cohort) {
        return !wanted.empty() && starts_with_ignoring_case(cohort.cohort_name, wanted);
    });
    const auto found = find_among(cohorts, text, ways);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(InputFaults{none_found(text, cohorts)});
    return **found;
}

tl::expected<CohortSnapshot, InputFaults> load_cohort(CohortStore& store, std::string_view text) {
    const auto summary = find_cohort(store, text);
    if (!summary) return tl::unexpected(summary.error());
    std::optional<CohortSnapshot> snapshot = store.load_cohort(summary->cohort_id);
    if (!snapshot) return tl::unexpected(InputFaults{fault(text, "was deleted a moment ago")});
    return *std::move(snapshot);
}

}  // namespace convene
