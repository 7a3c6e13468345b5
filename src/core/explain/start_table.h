// src/core/explain/start_table.h: all the times at which a cohort's groups could
// meet or do meet, and who can attend each.
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// One series of meetings. Starts in several zones that come to the same
/// instants throughout the course are one.
struct StartOption {
    struct Name {
        ZonePtr anchor;
        WeeklyStart start;
    };
    std::vector<Instant> meetings;
    /// What a new group at this time may be called by the cohort's anchor; empty
    /// when only groups that exist already meet so.
    std::vector<Name> names;
};

/// Worked out once for a problem and the groups of a plan; constant after.
class StartTable {
public:
    StartTable(const Problem& problem, const Plan& plan);

    /// Options are numbered 0 … size() - 1: those for new groups first, by anchor and time.
    [[nodiscard]] int size() const noexcept { return static_cast<int>(options_.size()); }
    [[nodiscard]] const StartOption& operator[](int option) const {
        return options_[static_cast<std::size_t>(option)];
    }
    /// Where the plan's group meets, by its position in Plan::groups.
    [[nodiscard]] int option_of_group(std::size_t group) const { return of_group_[group]; }

    /// \param person  index into Problem::people()
    [[nodiscard]] bool attends(int person, int option) const {
        const auto bit = static_cast<std::size_t>(option);
        return (row(person)[bit / 64] >> (bit % 64) & 1U) != 0;
    }
    /// Calls `visit(option)` for each option that this person can attend, rising.
    template <typename Visit>
    void for_each_option(int person, Visit visit) const {
        const auto words = row(person);
        for (std::size_t w = 0; w < words.size(); ++w)
            for (std::uint64_t left = words[w]; left != 0; left &= left - 1)
                visit(static_cast<int>(w * 64) + std::countr_zero(left));
    }
    /// The options that this person can attend, rising.
    [[nodiscard]] std::vector<int> options_of(int person) const;

private:
    [[nodiscard]] std::span<const std::uint64_t> row(int person) const {
        return std::span(bits_).subspan(static_cast<std::size_t>(person) * words_, words_);
    }
    void list_new_options(const Problem& problem);
    void find_groups(const Problem& problem, const Plan& plan);
    void work_out_attendance(const Problem& problem);

    std::vector<StartOption> options_;
    std::vector<int> of_group_;
    std::size_t words_ = 0;
    std::vector<std::uint64_t> bits_;  ///< by person, then option
};

/// `Wednesday 18:00 UTC`: a new group's name for this time, or the instant of its first meeting.
[[nodiscard]] std::string to_string(const StartOption& option);

}  // namespace convene
