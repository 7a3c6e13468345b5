// src/app/queries/cohorts.h: which cohorts there are, and which one is meant.
#pragma once
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/ports/cohort_store.h"
#include "core/model/input_fault.h"

namespace convene {

/// Active cohorts with people awaiting grouping, by id.
[[nodiscard]] std::vector<SchedulableCohort> get_schedulable_cohorts(CohortStore& store);
/// Cohorts with running groups that have no Discord channels yet, by id.
[[nodiscard]] std::vector<RealizableCohort> get_realizable_cohorts(CohortStore& store);
/// All cohorts with their counts, by id.
[[nodiscard]] std::vector<CohortSummary> list_cohorts(CohortStore& store);

/// The cohort that `text` means: its id, its name, its name without regard to
/// case, or a beginning that only one name has; the first of these that fits
/// anything decides. The fault (path `cohort`) names the candidates or, when
/// nothing fits, the nearest names.
[[nodiscard]] tl::expected<CohortSummary, InputFaults> find_cohort(CohortStore& store, std::string_view text);

/// Likewise without the beginnings, for what must not happen to a cohort that was not meant. Empty when
/// nothing fits.
[[nodiscard]] tl::expected<std::optional<CohortSummary>, InputFaults> find_cohort_called(
    CohortStore& store, std::string_view text);

/// find_cohort, then everything about it. \throws StoreFailure as the store does
[[nodiscard]] tl::expected<CohortSnapshot, InputFaults> load_cohort(CohortStore& store,
                                                                    std::string_view text);

}  // namespace convene
