#include "tests/support/brute_force.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "core/time/attendance.h"
#include "core/time/meeting_series.h"
#include "tests/support/plan_builder.h"

namespace convene::test {
namespace {

using Mask = unsigned;  ///< of free participants, by position in BruteForce::free_

enum class Level { available, if_needed, cannot };

/// A group that may be in a plan: all rules hold that can be seen from one group alone.
struct Candidate {
    Mask added = 0;
    int facilitator = -1;
    int if_needed = 0;
    std::vector<Instant> meetings;
    ZonePtr anchor;
    WeeklyStart start;

    friend bool operator<(const Candidate& a, const Candidate& b) {
        return std::tie(a.added, a.facilitator, a.if_needed, a.meetings) <
               std::tie(b.added, b.facilitator, b.if_needed, b.meetings);
    }
};

bool in(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class BruteForce {
public:
    BruteForce(const Problem& problem, int must_place) : problem_(problem), must_place_(must_place) {
        std::set<std::string> seated;
        for (const FixedGroup& group : problem.fixed_groups())
            seated.insert(group.participants.begin(), group.participants.end());
        for (const int p : problem.participants()) {
            if (seated.contains(person(p).id))
                ++placed_before_;
            else
                free_.push_back(p);
        }
        if (free_.size() > 16) throw std::invalid_argument("brute_force: too many participants");
        list_new_groups();
    }

    std::optional<Objective> solve() {
        extend_fixed(0, 0, 0);
        return best_;
    }

    Plan plan() {
        solve();
        PlanBuilder builder(problem_);
        for (std::size_t g = 0; g < problem_.fixed_groups().size(); ++g) {
            const FixedGroup& group = problem_.fixed_groups()[g];
            std::vector<std::string> ids = group.participants;
            for (const int p : members(best_additions_[g])) ids.push_back(person(p).id);
            builder.group(group.name, to_string(group.start), group.facilitator, ids, group.anchor);
        }
        for (const Candidate& group : best_groups_) {
            std::vector<std::string> ids;
            for (const int p : members(group.added)) ids.push_back(person(p).id);
            const std::string leader = group.facilitator < 0 ? "" : person(group.facilitator).id;
            builder.group("New with " + ids.front(), to_string(group.start), leader, ids, group.anchor);
        }
        return builder.build();
    }

private:
    const Person& person(int index) const { return problem_.people()[static_cast<std::size_t>(index)]; }
    const Rules& rules() const { return problem_.rules(); }

    std::vector<int> members(Mask mask) const {
        std::vector<int> list;
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (mask >> i & 1U) list.push_back(free_[i]);
        return list;
    }

    bool free_for(const Person& who, const WeeklySet& hours, const std::vector<Instant>& meetings) const {
        for (std::size_t k = 0; k < meetings.size(); ++k) {
            if (k > 0 && rules().fit == Fit::first_meeting) break;
            if (!is_free(who.clock(), hours, meetings[k], problem_.schedule().meeting_minutes)) return false;
        }
        return true;
    }

    Level level(int index, const std::vector<Instant>& meetings) const {
        const Person& who = person(index);
        if (free_for(who, who.available, meetings)) return Level::available;
        if (!rules().use_if_needed) return Level::cannot;
        return free_for(who, who.available.united_with(who.if_needed), meetings) ? Level::if_needed
                                                                                 : Level::cannot;
    }

    std::vector<Instant> meetings_at(const Zone& anchor, WeeklyStart start) const {
        const Schedule& schedule = problem_.schedule();
        return meeting_instants(anchor, start, schedule.start_date, schedule.number_of_group_meetings);
    }

    std::vector<Instant> meetings_of(const FixedGroup& group) const {
        return group.meetings.empty() ? meetings_at(*group.anchor, group.start) : group.meetings;
    }

    /// R6 for two series that one facilitator would lead.
    bool clash(const std::vector<Instant>& a, int a_minutes, const std::vector<Instant>& b,
               int b_minutes) const {
        const Minutes buffer(rules().facilitator_buffer_minutes);
        for (const Instant x : a)
            for (const Instant y : b)
                if (x < y + Minutes(b_minutes) + buffer && y < x + Minutes(a_minutes) + buffer) return true;
        return false;
    }

    /// R6 against everything that is there before the plan is made.
    bool busy(int facilitator, const std::vector<Instant>& meetings) const {
        const int minutes = problem_.schedule().meeting_minutes;
        for (const Booking& booking : problem_.bookings())
            if (booking.person == person(facilitator).id &&
                clash(meetings, minutes, {booking.start}, booking.minutes))
                return true;
        for (const FixedGroup& group : problem_.fixed_groups())
            if (group.facilitator == person(facilitator).id &&
                clash(meetings, minutes, meetings_of(group), minutes))
                return true;
        return false;
    }

    /// R5: how many new groups this facilitator may lead.
    int capacity_left(int facilitator) const {
        int left = problem_.capacity(facilitator);
        for (const FixedGroup& group : problem_.fixed_groups())
            if (group.facilitator == person(facilitator).id) --left;
        return std::max(left, 0);
    }

    /// R7 and R8 for people added to a group that has `before` and `leader`.
    bool sets_allow(const std::vector<int>& added, const std::vector<std::string>& before,
                    const std::string& leader) const {
        std::vector<std::string> new_ids;
        for (const int p : added) new_ids.push_back(person(p).id);
        for (const auto& set : problem_.together()) {
            const auto is_new = [&](const std::string& id) { return in(new_ids, id); };
            if (std::none_of(set.begin(), set.end(), is_new)) continue;
            for (const std::string& id : set) {
                const bool leads = person(problem_.index_of(id)).role == Role::facilitator;
                if (leads ? id != leader : !in(new_ids, id) && !in(before, id)) return false;
            }
        }
        for (const auto& set : problem_.apart()) {
            int fresh = 0;
            int present = 0;
            for (const std::string& id : set) {
                const bool is_new = in(new_ids, id);
                if (is_new) ++fresh;
                if (is_new || in(before, id) || id == leader) ++present;
            }
            if (fresh > 0 && present > 1) return false;
        }
        return true;
    }

    /// Zones in which such a group may keep its time.
    std::vector<ZonePtr> anchors(int facilitator, const std::vector<int>& added) const {
        const Anchor& anchor = problem_.schedule().anchor;
        if (anchor.kind == Anchor::Kind::zone) return {anchor.zone};
        if (anchor.kind == Anchor::Kind::facilitator && facilitator >= 0) return {person(facilitator).zone};
        std::vector<ZonePtr> zones{utc_zone()};
        if (anchor.kind == Anchor::Kind::best) {
            if (facilitator >= 0) zones.push_back(person(facilitator).zone);
            for (const int p : added) zones.push_back(person(p).zone);
        }
        return zones;
    }

    /// What everybody can attend, by zone name and start: looked up often.
    struct Slot {
        WeeklyStart start;
        std::vector<Instant> meetings;
        std::vector<Level> levels;  ///< by index into people()
    };
    const std::vector<Slot>& slots(const Zone& anchor) {
        auto [entry, added] = slots_.try_emplace(anchor.name());
        if (added) {
            for (int minute = 0; minute < kMinutesPerWeek; minute += rules().start_step_minutes) {
                Slot slot{WeeklyStart{minute}, meetings_at(anchor, WeeklyStart{minute}), {}};
                for (std::size_t i = 0; i < problem_.people().size(); ++i)
                    slot.levels.push_back(level(static_cast<int>(i), slot.meetings));
                entry->second.push_back(std::move(slot));
            }
        }
        return entry->second;
    }

    void list_new_groups() {
        std::vector<int> leaders = problem_.facilitators();
        if (!problem_.facilitated()) leaders = {-1};
        for (const int leader : leaders) {
            if (leader >= 0 && capacity_left(leader) == 0) continue;
            const int counted = leader >= 0 && rules().count_facilitator ? 1 : 0;
            for (Mask mask = 1; mask < Mask{1} << free_.size(); ++mask) {
                const std::vector<int> added = members(mask);
                const int size = static_cast<int>(added.size()) + counted;
                if (size < rules().min_size || size > rules().max_size) continue;
                if (!sets_allow(added, {}, leader >= 0 ? person(leader).id : "")) continue;
                list_times(leader, mask, added);
            }
        }
    }

    void list_times(int leader, Mask mask, const std::vector<int>& added) {
        std::set<Candidate> times;
        for (const ZonePtr& anchor : anchors(leader, added)) {
            for (const Slot& slot : slots(*anchor)) {
                std::vector<int> everybody = added;
                if (leader >= 0) everybody.push_back(leader);
                int if_needed = 0;
                bool all = true;
                for (const int p : everybody) {
                    const Level how = slot.levels[static_cast<std::size_t>(p)];
                    if (how == Level::cannot) all = false;
                    if (how == Level::if_needed) ++if_needed;
                }
                if (!all || (leader >= 0 && busy(leader, slot.meetings))) continue;
                times.insert({mask, leader, if_needed, slot.meetings, anchor, slot.start});
            }
        }
        // Who leads one group at most, or nobody, never clashes with another new group: the cheapest time is
        // as good as any.
        const bool time_matters = leader >= 0 && capacity_left(leader) > 1;
        if (!time_matters && !times.empty()) times = {*times.begin()};
        groups_.insert(groups_.end(), times.begin(), times.end());
    }

    /// Tries every set of additions to fixed group number `index` and those after it.
    void extend_fixed(std::size_t index, Mask used, int if_needed) {
        if (index == problem_.fixed_groups().size()) {
            add_new(0, used, if_needed);
            return;
        }
        const FixedGroup& group = problem_.fixed_groups()[index];
        const std::vector<Instant> meetings = meetings_of(group);
        const int counted = rules().count_facilitator && !group.facilitator.empty() ? 1 : 0;
        std::vector<Level> levels;
        for (const int p : free_) levels.push_back(level(p, meetings));
        int before = 0;
        for (const std::string& id : group.participants)
            if (level(problem_.index_of(id), meetings) == Level::if_needed) ++before;
        if (!group.facilitator.empty() &&
            level(problem_.index_of(group.facilitator), meetings) == Level::if_needed)
            ++before;

        for (Mask mask = 0; mask < Mask{1} << free_.size(); ++mask) {
            if (mask & used) continue;
            const std::vector<int> added = members(mask);
            int relying = before;
            if (mask != 0) {
                const auto size = static_cast<int>(group.participants.size() + added.size()) + counted;
                if (size > rules().max_size) continue;
                if (!sets_allow(added, group.participants, group.facilitator)) continue;
                bool all = true;
                for (std::size_t i = 0; i < free_.size(); ++i) {
                    if (!(mask >> i & 1U)) continue;
                    if (levels[i] == Level::cannot) all = false;
                    if (levels[i] == Level::if_needed) ++relying;
                }
                if (!all) continue;
            }
            additions_.push_back(mask);
            extend_fixed(index + 1, used | mask, if_needed + relying);
            additions_.pop_back();
        }
    }

    /// Tries every set of new groups for the free participants from `position` on.
    void add_new(std::size_t position, Mask used, int if_needed) {
        if (position == free_.size()) {
            keep_if_better(used, if_needed);
            return;
        }
        if (best_ && !can_beat_best(position, used, if_needed)) return;
        const Mask bit = Mask{1} << position;
        if (used & bit) {
            add_new(position + 1, used, if_needed);
            return;
        }
        const Mask earlier = bit - 1;
        for (const Candidate& group : groups_) {
            // Each set of groups is tried once: a group is chosen at its first member.
            if (!(group.added & bit) || (group.added & (used | earlier))) continue;
            if (!may_lead_too(group)) continue;
            chosen_.push_back(&group);
            add_new(position + 1, used | group.added, if_needed + group.if_needed);
            chosen_.pop_back();
        }
        add_new(position + 1, used, if_needed);
    }

    /// Even when everybody from `position` on were placed at no cost.
    bool can_beat_best(std::size_t position, Mask used, int if_needed) const {
        int placed = placed_before_;
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (i >= position || (used >> i & 1U)) ++placed;
        return placed > best_->placed || (placed == best_->placed && if_needed < best_->if_needed);
    }

    /// R5 and R6 against the new groups chosen so far.
    bool may_lead_too(const Candidate& group) const {
        if (group.facilitator < 0) return true;
        const int minutes = problem_.schedule().meeting_minutes;
        int led = 1;
        for (const Candidate* other : chosen_) {
            if (other->facilitator != group.facilitator) continue;
            ++led;
            if (clash(other->meetings, minutes, group.meetings, minutes)) return false;
        }
        return led <= capacity_left(group.facilitator);
    }

    void keep_if_better(Mask used, int if_needed) {
        const std::vector<int> added = members(used);
        if (must_place_ >= 0) {
            const bool is_free_person = std::count(free_.begin(), free_.end(), must_place_) > 0;
            if (is_free_person && std::count(added.begin(), added.end(), must_place_) == 0) return;
        }
        const Objective found{placed_before_ + static_cast<int>(added.size()), if_needed};
        const bool better = !best_ || found.placed > best_->placed ||
                            (found.placed == best_->placed && found.if_needed < best_->if_needed);
        if (!better) return;
        best_ = found;
        best_additions_ = additions_;
        best_groups_.clear();
        for (const Candidate* group : chosen_) best_groups_.push_back(*group);
    }

    const Problem& problem_;
    int must_place_;
    int placed_before_ = 0;
    std::vector<int> free_;  ///< participants outside fixed groups: indices into people()
    std::map<std::string, std::vector<Slot>> slots_;
    std::vector<Candidate> groups_;
    std::vector<Mask> additions_;  ///< by fixed group
    std::vector<const Candidate*> chosen_;
    std::optional<Objective> best_;
    std::vector<Mask> best_additions_;
    std::vector<Candidate> best_groups_;
};

}  // namespace

std::optional<Objective> brute_force(const Problem& problem, int must_place) {
    return BruteForce(problem, must_place).solve();
}

Plan brute_force_plan(const Problem& problem) {
    return BruteForce(problem, -1).plan();
}

}  // namespace convene::test
