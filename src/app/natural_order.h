// src/app/natural_order.h: names in the order in which people count.
#pragma once
#include <string_view>

namespace convene {

/// Runs of digits compare as numbers: `Group 3` before `Group 13`. Texts that differ in leading
/// zeros alone compare as texts, so that the order is total. Bytes otherwise; any number of digits.
[[nodiscard]] bool natural_less(std::string_view left, std::string_view right) noexcept;

}  // namespace convene
