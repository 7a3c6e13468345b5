// R3: every member can attend, using if-needed hours only where the cohort allows it.
#include <optional>

#include "core/solve/attendance_map.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class Attendance : public HardRule {
public:
    void narrow_leader(const Instance& instance, const Leader& leader, Costs& costs) override {
        narrow(instance, leader.person, costs);
    }
    void narrow_unit(const Instance& instance, const Unit& unit, Costs& costs) override {
        for (const int member : unit.members) narrow(instance, member, costs);
    }

private:
    void narrow(const Instance& instance, int person, Costs& costs) {
        if (!map_) {
            map_.emplace(*instance.problem);
            for (const Slot& slot : instance.slots) map_->add(slot.meetings);
        }
        const auto presences = map_->presences(instance.problem->people()[static_cast<std::size_t>(person)]);
        for (std::size_t s = 0; s < costs.size(); ++s) {
            if (presences[s] == Presence::absent)
                costs[s] = kForbidden;
            else if (costs[s] != kForbidden && presences[s] == Presence::if_needed)
                ++costs[s];
        }
    }

    std::optional<AttendanceMap> map_;
};

}  // namespace

HardRulePtr hard_rules::r3_attendance() {
    return std::make_shared<Attendance>();
}

}  // namespace convene
