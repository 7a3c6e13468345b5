// src/core/model/input_fault.h: one thing that is wrong with outside input.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace convene {

/// Faults are collected, never thrown one at a time: whoever reads a file
/// learns of all of them at once.
struct InputFault {
    std::string path;     ///< where: `people[3].available.Monday[0]`
    std::string value;    ///< what stood there, shortened if long; may be empty
    std::string message;  ///< what is wrong, and what would be right

    friend bool operator==(const InputFault&, const InputFault&) = default;
};

using InputFaults = std::vector<InputFault>;

/// `people[3].timezone: "Mars/Olympus" is not a time zone …`
[[nodiscard]] std::string to_string(const InputFault& fault);

/// The text with `?` for each byte that is a control character or no UTF-8: reports
/// are printed, sent and stored, and must not fail over what they report.
[[nodiscard]] std::string printable(std::string_view text);

/// The printable text in quotation marks, cut short when long: for InputFault::value.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace convene
