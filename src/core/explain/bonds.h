// src/core/explain/bonds.h: whom a together or apart set ties to whom.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/explain/start_table.h"

namespace convene {

/// Everybody whom R7 ties to one person, that person included, through any number of sets.
struct Bond {
    std::vector<int> participants;  ///< rising
    std::vector<int> facilitators;  ///< rising
};

/// The together and apart sets of a problem by person.
class Bonds {
public:
    Bonds(const Problem& problem, const Plan& plan, const StartTable& starts);

    [[nodiscard]] Bond bond_of(int person) const;
    [[nodiscard]] bool apart(int one, int other) const;
    /// In a together set with somebody else.
    [[nodiscard]] bool tied(int person) const { return !together_[static_cast<std::size_t>(person)].empty(); }
    /// In an apart set.
    [[nodiscard]] bool kept_apart(int person) const {
        return !apart_[static_cast<std::size_t>(person)].empty();
    }

    /// Why R7 and R8 let nobody of this bond into any group, whatever the plan: a
    /// clause for people. Nothing when they do not forbid it outright.
    [[nodiscard]] std::optional<std::string> impossible(const Bond& bond) const;

private:
    [[nodiscard]] std::optional<std::string> contradiction(const Bond& bond) const;
    [[nodiscard]] std::optional<std::string> no_common_start(const Bond& bond) const;
    [[nodiscard]] std::optional<std::string> no_room_with(int settled, const Bond& bond) const;
    [[nodiscard]] std::string name(int person) const;

    const Problem& problem_;
    const Plan& plan_;
    const StartTable& starts_;
    std::vector<std::vector<int>> together_;  ///< by person: numbers of sets
    std::vector<std::vector<int>> apart_;
    std::vector<int> settled_in_;  ///< by person: the plan's group that existed before with them in it, or -1
};

}  // namespace convene
