// R9: a group that exists or is pinned keeps its time, facilitator and members; it may only get more.
#include <set>

#include "core/solve/attendance_map.h"
#include "core/solve/rules/hard_rules.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

class FixedGroups : public HardRule {
public:
    /// Whoever sits in a standing group is no unit (Ties), and whoever leads one has led it (R5, R6).
    void set_up(Instance& instance) override {
        const Problem& problem = *instance.problem;
        instance.standing = problem.fixed_groups();
        AttendanceMap map(problem);
        for (std::size_t g = 0; g < instance.standing.size(); ++g) {
            const FixedGroup& group = instance.standing[g];
            Slot slot;
            slot.meetings = meetings_of(problem.schedule(), group);
            slot.labels = {{group.anchor, group.start}};
            slot.fixed = static_cast<int>(g);
            slot.seats = static_cast<int>(problem.participants().size());
            const int series = map.add(slot.meetings);
            std::set<int> members;
            for (const std::string& id : group.participants) {
                const int member = problem.index_of(id);
                members.insert(member);
                if (person(problem, member).role == Role::participant) ++instance.placed_before;
            }
            if (!group.facilitator.empty()) members.insert(problem.index_of(group.facilitator));
            for (const int member : members)
                if (map.presence(person(problem, member), series) == Presence::if_needed)
                    ++instance.if_needed_before;
            instance.slots.push_back(std::move(slot));
        }
    }

private:
    static const Person& person(const Problem& problem, int index) {
        return problem.people()[static_cast<std::size_t>(index)];
    }
};

}  // namespace

HardRulePtr hard_rules::r9_fixed_groups() {
    return std::make_shared<FixedGroups>();
}

}  // namespace convene
