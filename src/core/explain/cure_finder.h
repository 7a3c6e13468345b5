// src/core/explain/cure_finder.h: single changes, and what each would do.
#pragma once
#include <map>
#include <optional>
#include <span>

#include "core/explain/case_file.h"
#include "core/explain/missing_hours.h"
#include "core/model/cure.h"

namespace convene {

struct PricedCure {
    Cure cure;
    int cost = 0;           ///< minutes asked of somebody, weighed (MissingHours); 0 for a size limit
    int option = -1;        ///< of the group concerned
    int leader = -1;        ///< of a new group: index into people(), or -1
    int joins = -1;         ///< kind hours: who takes the free seat
    std::size_t group = 0;  ///< kind hours: position in Plan::groups
};

class CureFinder {
public:
    explicit CureFinder(CaseFile& file) : file_(file), missing_(file.problem, file.starts) {}

    /// Hours with which this person would have a free seat of a group.
    [[nodiscard]] std::optional<PricedCure> own_hours(int person);
    /// What a facilitator could do so that a new group meets then. `places` of the cure is for the caller to
    /// set. \param members  people who would sit in it, at least one
    [[nodiscard]] std::optional<PricedCure> leader_for(int option, std::span<const int> members);
    /// The new group that works already at this option, and its cheapest leader.
    [[nodiscard]] std::optional<PricedCure> new_group(int option);
    /// Groups of one member more.
    [[nodiscard]] std::optional<PricedCure> larger_groups();
    /// A new group at this option of one member less than allowed, led by somebody free.
    [[nodiscard]] std::optional<PricedCure> smaller_group(int option);
    /// A new group at this option for somebody whom sets bind, with all who belong to them.
    [[nodiscard]] std::optional<PricedCure> new_group_for(const Bond& bond, int option);

    /// Makes the change, so that the next cures build on it.
    void make(const PricedCure& cure);

private:
    [[nodiscard]] bool may_sit_in(int person, std::size_t group) const;
    void name_start(Cure& cure, int option, int leader, std::span<const int> members) const;
    void say_what_it_places(PricedCure& priced, std::size_t places) const;

    CaseFile& file_;
    MissingHours missing_;
    std::map<std::size_t, std::vector<int>> joined_;  ///< by group: who took a free seat
    int more_seats_ = 0;                              ///< by which groups were made larger
    int fewer_needed_ = 0;                            ///< by which the least size was lowered
};

}  // namespace convene
