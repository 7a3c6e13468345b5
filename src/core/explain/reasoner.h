// src/core/explain/reasoner.h: the six reasons, tried in order.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/explain/case_file.h"

namespace convene {

class Reasoner {
public:
    explicit Reasoner(CaseFile& file) : file_(file) {}

    /// \param person  index into people(): a participant whom the plan seats nowhere
    [[nodiscard]] UnplacedPerson explain(int person);

private:
    /// A clause for people when the reason applies.
    using Clause = std::optional<std::string>;

    [[nodiscard]] std::string no_availability(int person) const;
    [[nodiscard]] Clause no_facilitator_overlap(int person, const std::vector<int>& options) const;
    [[nodiscard]] Clause too_few_peers(int person, const std::vector<int>& options) const;
    [[nodiscard]] Clause facilitator_capacity(int person, const std::vector<int>& options);
    [[nodiscard]] Clause rule_conflict(int person, const std::vector<int>& options);
    [[nodiscard]] std::string outcompeted(int person, const std::vector<int>& options);

    /// Those whom R7 and R8 would let lead a new group of these people at this option; rising.
    [[nodiscard]] std::vector<int> leaders_for(const Bond& bond, int option) const;
    /// A seat would be had, by more groups or moves, if no set bound this person.
    [[nodiscard]] bool seat_without_rules(int person, const std::vector<int>& options);
    [[nodiscard]] std::string join_obstacles(const std::vector<int>& leaders, int option) const;

    CaseFile& file_;
};

}  // namespace convene
