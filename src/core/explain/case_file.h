// src/core/explain/case_file.h: everything that reasons and cures are worked out from, computed once.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/explain/bonds.h"
#include "core/explain/leaders.h"
#include "core/explain/seating.h"
#include "core/explain/start_table.h"

namespace convene {

class CaseFile {
public:
    CaseFile(const Problem& problem, const Plan& plan);

    const Problem& problem;
    const Plan& plan;
    const StartTable starts;
    const Bonds bonds;
    Leaders leaders;
    Seating seating;

    [[nodiscard]] const Person& person(int index) const {
        return problem.people()[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] std::string name(int person) const;
    /// Groups of the plan by option.
    [[nodiscard]] const std::vector<std::size_t>& groups_at(int option) const {
        return groups_at_[static_cast<std::size_t>(option)];
    }
    /// Participants, not settled in an existing group, who can attend.
    [[nodiscard]] int peers(int option) const { return peers_[static_cast<std::size_t>(option)]; }
    /// Participants that a new group needs.
    [[nodiscard]] int least_participants() const noexcept;
    /// A group existed before the plan, at this option, with a seat left (which the plan may have given
    /// away).
    [[nodiscard]] bool existing_group_with_seat(int option) const;
    /// A new group could meet then, as far as times go: the cohort's anchor allows it,
    /// and somebody who may lead can attend (nobody needs to in a self-led cohort).
    [[nodiscard]] bool can_be_led(int option) const;
    /// A new group with this member and, unless -1, this leader may take the option under its anchor.
    [[nodiscard]] bool may_name(int option, int member, int leader) const;

    /// What one more group would do, with nobody asked to lead it; worked out on demand and kept.
    [[nodiscard]] const ExtraGroup& extra_group(int option);
    /// After a change to `seating` or `leaders`.
    void forget_extra_groups() { extra_.assign(extra_.size(), std::nullopt); }

private:
    std::vector<std::vector<std::size_t>> groups_at_;
    std::vector<int> peers_;
    std::vector<bool> seat_in_existing_;
    std::vector<std::optional<ExtraGroup>> extra_;
};

}  // namespace convene
