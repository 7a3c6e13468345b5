// src/app/name_match.h: finding what somebody typed among names.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace convene {

/// ASCII letters in lower case; other bytes as they are.
[[nodiscard]] std::string lower_case(std::string_view text);
/// Without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view beginning);

/// Up to three of the names that are nearest to `text` by edit distance or contain it, nearest first; names
/// that have nothing in common with it are left out.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view text,
                                                     const std::vector<std::string>& names);

/// `"a", "b" or "c"`.
[[nodiscard]] std::string alternatives(const std::vector<std::string>& names);

}  // namespace convene
