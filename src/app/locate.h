// src/app/locate.h: the cohort, person and group that an edit names.
#pragma once
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/ports/cohort_store.h"
#include "core/model/input_fault.h"

namespace convene {

/// What an edit names; each text as find_person and find_group read it.
struct Names {
    std::optional<std::string_view> cohort;
    std::vector<std::string_view> people;
    std::vector<std::string_view> groups;
    std::vector<std::string_view> either;  ///< a person or a group
};

/// The cohort named, or the one active cohort in which every name fits somebody. Whether a name fits
/// only one is for find_person and find_group to say.
[[nodiscard]] tl::expected<CohortSnapshot, InputFaults> locate(CohortStore& store, const Names& names);

}  // namespace convene
