// src/discord/commands/group_lines.h: groups and people as lines of a report.
#pragma once
#include <string>
#include <vector>

#include "app/ports/database.h"
#include "app/realize_cohort.h"
#include "app/review_groups.h"
#include "app/schedule_cohort.h"
#include "discord/commands/report.h"

namespace convene::discord {

/// `<t:1736953200:F>`: each reader sees it in their own zone.
[[nodiscard]] std::string timestamp(Instant instant, char style);

/// `3 participants`, `1 participant`.
[[nodiscard]] std::string counted(std::size_t count, const std::string& what);

/// `Ana, Bo and 12 more`, names harmless, within `limit` characters.
[[nodiscard]] std::string listed(const std::vector<std::string>& names, std::size_t limit = 700);

/// When it meets, who leads, who is in it, who relies on if-needed time, whose clock changes.
[[nodiscard]] ReportEntry group_entry(const ReviewedGroup& group);

/// `From <date> it is 16:00 instead of 15:00 in Europe/London (Bob).`, one for each change.
[[nodiscard]] std::vector<std::string> clock_change_lines(const ReviewedGroup& group);

/// `• Ana: why, and below it what would help`.
[[nodiscard]] std::vector<std::string> unplaced_lines(const std::vector<UnassignedPerson>& people);
[[nodiscard]] std::vector<std::string> set_aside_lines(const std::vector<SetAsidePerson>& people);
[[nodiscard]] std::vector<std::string> note_lines(const std::vector<RealizationNote>& notes);
[[nodiscard]] std::vector<std::string> fault_lines(const InputFaults& faults);
/// `• …`, harmless, one per text.
[[nodiscard]] std::vector<std::string> bullets(const std::vector<std::string>& texts);

/// Adds an entry when there are lines for it.
void add_entry(Report& report, std::string heading, std::vector<std::string> lines);

/// The cohort's groups as they stand, or nothing when its rows cannot be used.
[[nodiscard]] std::optional<CohortReview> review_of(Database& database, const ZoneTable& zones,
                                                    CohortId cohort);

}  // namespace convene::discord
