#include "core/solve/coarse_grid.h"

#include <algorithm>

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class Coarsener {
public:
    explicit Coarsener(Instance& instance)
        : in_(instance), slot_at_(static_cast<std::size_t>(kMinutesPerWeek), -1) {
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
            if (in_.slots[at(s)].fixed >= 0) continue;
            for (const SlotLabel& label : in_.slots[at(s)].labels)
                slot_at_[at(label.start.minute_of_week)] = s;
        }
    }

    void run() {
        const Problem& problem = *in_.problem;
        const int step = problem.rules().start_step_minutes;
        const int apart = problem.schedule().meeting_minutes + problem.rules().facilitator_buffer_minutes;
        for (int wide = std::min(apart, 60); wide > step; --wide) {
            if (apart % wide != 0 || wide % step != 0 || kMinutesPerDay % wide != 0) continue;
            if (!list_targets(wide) || !all_can_move()) continue;
            for (Unit& unit : in_.units) leave(unit.attends);
            for (Leader& leader : in_.leaders) leave(leader.attends);
            return;
        }
    }

private:
    /// By slot: the one on the wide grid that takes its groups. False when clock changes stand between.
    bool list_targets(int wide) {
        target_.assign(in_.slots.size(), -1);
        Instant::duration rest{-1};
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
            const Slot& slot = in_.slots[at(s)];
            target_[at(s)] = s;
            if (slot.fixed >= 0) continue;
            const int minute = slot.labels.front().start.minute_of_week;
            const int back = minute % wide;
            const int target = slot_at_[at(minute - back)];
            if (target < 0 || in_.slots[at(target)].meetings.size() != slot.meetings.size()) return false;
            for (std::size_t k = 0; k < slot.meetings.size(); ++k) {
                const Instant moved = in_.slots[at(target)].meetings[k];
                if (moved + Minutes(back) != slot.meetings[k]) return false;
                // All wide starts lie on one grid of instants: so rounding keeps meetings apart.
                const auto here = moved.time_since_epoch() % Minutes(wide);
                if (rest.count() < 0) rest = here;
                if (here != rest) return false;
            }
            target_[at(s)] = target;
        }
        return true;
    }

    [[nodiscard]] bool all_can_move() const {
        const auto can = [this](const auto& one) { return can_move(one.attends); };
        return std::all_of(in_.units.begin(), in_.units.end(), can) &&
               std::all_of(in_.leaders.begin(), in_.leaders.end(), can);
    }
    [[nodiscard]] bool can_move(const std::vector<Attend>& attends) const {
        return std::all_of(attends.begin(), attends.end(), [&](Attend attend) {
            const int target = target_[at(attend.slot)];
            if (target == attend.slot) return true;
            const auto found = std::lower_bound(attends.begin(), attends.end(), Attend{target, 0});
            return found != attends.end() && found->slot == target && found->cost <= attend.cost;
        });
    }

    void leave(std::vector<Attend>& attends) const {
        std::erase_if(attends, [&](Attend attend) { return target_[at(attend.slot)] != attend.slot; });
    }

    Instance& in_;
    std::vector<int> slot_at_;  ///< by minute of the anchor's week
    std::vector<int> target_;
};

}  // namespace

void coarsen(Instance& instance) {
    const Anchor::Kind kind = instance.problem->schedule().anchor.kind;
    if (kind == Anchor::Kind::utc || kind == Anchor::Kind::zone) Coarsener(instance).run();
}

}  // namespace convene
