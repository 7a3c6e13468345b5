// src/core/solve/polish/polish_state.h: groups while they are evened out (O3, O4).
//
// Holds who sits where and what a step would do; the moves, one file each, propose
// steps, and those that pay are made.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "core/solve/instance.h"
#include "core/solve/polish/leader_load.h"
#include "core/solve/polish/shared_starts.h"
#include "core/solve/polish/step.h"
#include "core/solve/preferences/preference.h"
#include "core/solve/program.h"

namespace convene {

class PolishState {
public:
    struct Group {
        int slot = 0;
        int leader = -1;
        std::vector<int> units{};
        bool fixed = false;
        int base = 0;     ///< who counts for the size besides them
        int seated = 0;   ///< people in units
        int spare = 0;    ///< SharedStarts::spare()
        Starts shared{};  ///< by everybody in it but its leader
        /// By position in units: what the others share. Worked out when first asked for.
        mutable std::vector<Starts> without{};

        [[nodiscard]] bool closed() const { return !fixed && units.empty(); }
    };

    PolishState(const Instance& instance, Solution solution, const std::function<bool()>& should_stop);

    [[nodiscard]] const Instance& instance() const { return in_; }
    [[nodiscard]] int size() const { return static_cast<int>(groups_.size()); }
    [[nodiscard]] const Group& group(int g) const { return groups_[static_cast<std::size_t>(g)]; }
    /// Groups that meet at a slot.
    [[nodiscard]] const std::vector<int>& groups_at(int slot) const;
    /// Units in no group, by slot that they can attend.
    [[nodiscard]] const std::vector<int>& unseated_at(int slot) const;
    /// Leaders who can attend a slot.
    [[nodiscard]] const std::vector<int>& leaders_at(int slot) const;
    [[nodiscard]] const LeaderLoad& load() const { return load_; }
    [[nodiscard]] const Unit& unit(int u) const { return in_.units[static_cast<std::size_t>(u)]; }
    /// Members on if-needed time; -1 when the unit, or the leader, cannot be there.
    [[nodiscard]] int cost(int unit, int slot) const;
    [[nodiscard]] int leader_cost(int leader, int slot) const;

    // Steps.

    /// The group left as it is, to be changed.
    [[nodiscard]] Step::Part part(int g) const { return {g, group(g).slot, group(g).leader}; }
    /// Makes the step when it improves O2, or a preference without harm to those before it, and all
    /// hard rules allow it.
    bool try_step(const Step& step);
    /// As try_step(), whatever the preferences say: when no more people rely on if-needed time.
    bool try_free_step(const Step& step);
    /// Some work is done even when asked to stop: so that a small cohort's plan is evened out whenever its
    /// search ends.
    [[nodiscard]] bool stopped() const;

    // What a group would be.

    [[nodiscard]] int seated_after(const Step::Part& part) const;
    [[nodiscard]] std::vector<int> units_after(const Step::Part& part) const;
    [[nodiscard]] int spare_after(const Step::Part& part) const;

    [[nodiscard]] Solution take();

private:
    void add(Group group);
    void refresh(Group& group);
    [[nodiscard]] const Starts& shared_without(const Group& group, int unit) const;
    /// Members more on if-needed time; nothing when somebody cannot attend, or a size is not allowed.
    [[nodiscard]] std::optional<int> if_needed_change(const Step& step) const;
    [[nodiscard]] std::optional<int> if_needed_change(const Step::Part& part) const;
    [[nodiscard]] bool sizes_allowed(const Step& step) const;
    [[nodiscard]] bool pays(const Step& step) const;
    [[nodiscard]] bool allowed(const Step& step) const;
    [[nodiscard]] bool can_lead(const Step& step, const Step::Part& part) const;
    void make(const Step& step, int if_needed);
    void change(const Step::Part& part, std::vector<int> units);
    void close(Group& group, int g);
    void seat(int unit);
    void unseat(int unit);

    const Instance& in_;
    const std::function<bool()>& should_stop_;
    const std::vector<PreferencePtr> preferences_;
    SharedStarts starts_;
    LeaderLoad load_;
    std::vector<Group> groups_;
    std::vector<std::vector<int>> groups_at_;
    std::vector<std::vector<int>> unseated_at_;
    std::vector<std::vector<int>> leaders_at_;
    std::vector<char> seated_;  ///< by unit
    long work_left_;
    Solution solution_;
};

}  // namespace convene
