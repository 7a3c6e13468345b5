// src/formats/availability.h: weekly hours as text, both ways.
//
// Two forms exist in files and databases (docs/formats.md):
// by day, local time    {"Monday": ["08:00-08:30", "23:30-24:00"]}
// interval strings, UTC  M09:00 M10:00, T14:00 T15:00
//
// In both, 24:00 is the end of the day and an end at or before its start is on the next
// day. Reading collects every fault; a path given by the caller stands before each.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/model/input_fault.h"
#include "core/time/weekly_set.h"
#include "formats/json_reader.h"

namespace convene {

/// The object form, parsed already. Stretches with faults are left out.
[[nodiscard]] WeeklySet read_availability(const JsonNode& node, const std::string& path, Findings& findings);

/// The object form as text. Blank text and `null` say that there are no hours.
[[nodiscard]] tl::expected<WeeklySet, InputFaults> parse_availability_json(std::string_view text,
                                                                           const std::string& path = "");

/// `M09:00 M10:00, T14:00 T15:00`, days M T W R F S U; a window may cross any number of
/// midnights (`W20:00 F08:00`) and the end of the week. `M00:00 M00:00`, like every end that
/// equals its start, is the whole week; an end earlier on the same day is on the next (`M23:30 M00:00` is 30
/// minutes). Empty text: no hours.
[[nodiscard]] tl::expected<WeeklySet, InputFaults> parse_interval_string(std::string_view text,
                                                                         const std::string& path = "");

/// `18:00-21:00` by weekday from Monday; what crosses midnight is given to both days.
[[nodiscard]] std::array<std::vector<std::string>, 7> hours_by_day(const WeeklySet& hours);

/// `{"Monday":["08:00-09:30"]}`, days without hours left out; reads back as the same set.
[[nodiscard]] std::string to_availability_json(const WeeklySet& hours);

/// `M09:00 M10:00, U23:00 M00:00, M00:00 M01:00`, cut at the end of the week as all readers expect;
/// reads back as the same set.
[[nodiscard]] std::string to_interval_string(const WeeklySet& hours);

}  // namespace convene
