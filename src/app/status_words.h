// src/app/status_words.h: states of cohorts, groups and sign-ups, spelled as in the database.
#pragma once
#include <string_view>

#include "app/cohort_snapshot.h"

namespace convene {

[[nodiscard]] std::string_view word(CohortStatus status) noexcept;
[[nodiscard]] std::string_view word(GroupStatus status) noexcept;
[[nodiscard]] std::string_view word(GroupingStatus status) noexcept;

}  // namespace convene
