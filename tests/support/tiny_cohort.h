// tests/support/tiny_cohort.h: small problems written as people would say them.
//
//     Problem problem = ProblemBuilder()
//                           .facilitator("f1", "Europe/London", "Tue 18:00-20:00")
//                           .participant("p1", "UTC", "Tue 18:00-19:00", "Wed 18:00-19:00")
//                           .sizes(1, 3)
//                           .build();
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/problem.h"
#include "core/time/zone_table.h"

namespace convene::test {

/// The system's zones, shared by all tests.
[[nodiscard]] const ZoneTable& zone_table();
/// \throws std::invalid_argument for an unknown zone
[[nodiscard]] ZonePtr zone(std::string_view name);

/// `Mon 18:00-21:00, Sun 23:00-01:00`; three or more letters of the day, minutes free, an end at or
/// before the start on the next day; `always` is the whole week and the empty text no hour at all.
/// \throws std::invalid_argument for anything else
[[nodiscard]] WeeklySet hours(std::string_view text);
/// `Mon 18:00` or `Monday 18:00`.
[[nodiscard]] WeeklyStart weekly_start(std::string_view text);
/// `2025-01-15`.
[[nodiscard]] Date date(std::string_view text);
/// `2025-01-15T15:00:00Z`.
[[nodiscard]] Instant instant(std::string_view text);

/// Starts as an empty cohort: 8 weekly meetings of 60 minutes from Wednesday 2025-01-15, anchored in
/// UTC, default rules. Every function returns the builder.
class ProblemBuilder {
public:
    ProblemBuilder();

    ProblemBuilder& start_date(std::string_view date);
    ProblemBuilder& meetings(int count);
    ProblemBuilder& minutes(int length);
    /// `UTC`, `facilitator`, `best` or a zone, as in a cohort file.
    ProblemBuilder& anchor(std::string_view text);
    ProblemBuilder& sizes(int min, int max);
    ProblemBuilder& target(int size);
    ProblemBuilder& step(int minutes);
    ProblemBuilder& buffer(int minutes);
    ProblemBuilder& count_facilitator(bool yes = true);
    ProblemBuilder& no_if_needed();
    ProblemBuilder& first_meeting_only();

    ProblemBuilder& participant(std::string id, std::string_view zone, std::string_view available,
                                std::string_view if_needed = "");
    ProblemBuilder& facilitator(std::string id, std::string_view zone, std::string_view available,
                                int max_groups = kDefaultMaxGroups, std::string_view if_needed = "");
    /// `count` alike, called prefix1, prefix2, …
    ProblemBuilder& participants(int count, const std::string& prefix, std::string_view zone,
                                 std::string_view available, std::string_view if_needed = "");

    ProblemBuilder& together(std::vector<std::string> ids);
    ProblemBuilder& apart(std::vector<std::string> ids);
    ProblemBuilder& fixed(FixedGroup group);
    /// In UTC, by the weekly rule: `fixed("Group 1", "Tue 18:00", "f1", {"p1", "p2"})`.
    ProblemBuilder& fixed(std::string name, std::string_view start, std::string facilitator,
                          std::vector<std::string> participants);
    ProblemBuilder& booking(std::string person, std::string_view instant, int minutes = 60);
    ProblemBuilder& outside_load(std::string person, int groups);

    /// For what has no function here.
    [[nodiscard]] ProblemInput& input() noexcept { return input_; }

    /// \throws std::invalid_argument listing every fault
    [[nodiscard]] Problem build() const;

private:
    ProblemInput input_;
};

/// Five people, solvable by hand, all in UTC from 2025-01-15, 8 meetings:
///
///     f   facilitator  Tue 17:00-20:00                      leads up to 2 groups
///     p1  participant  Tue 18:00-20:00
///     p2  participant  Tue 17:00-19:00, Fri 09:00-10:00
///     p3  participant  Tue 18:00-19:00
///     p4  participant  Fri 09:00-10:00   if needed Tue 18:00-19:00
///
/// An hour with f and at least four participants exists only on Tuesday 18:00,
/// and p4 has it as if-needed time. So the one best plan is a single group there: placed 4,
/// if-needed 1, first meeting 2025-01-21T18:00Z.
[[nodiscard]] ProblemBuilder tiny_cohort();

}  // namespace convene::test
