// After O4, with `fit: first-meeting`: the fewest meetings later on that members cannot come to.
#include <map>
#include <utility>

#include "core/solve/polish/polish_state.h"
#include "core/solve/preferences/preference.h"
#include "core/time/attendance.h"

namespace convene {
namespace {

class FewAbsences : public Preference {
public:
    [[nodiscard]] int change(const PolishState& state, const Step& step) const override {
        if (state.instance().problem->rules().fit != Fit::first_meeting) return 0;
        int more = 0;
        for (const Step::Part& part : step.parts()) {
            more += absences(state, part.slot, part.leader, state.units_after(part)) -
                    absences(state, part.group);
            if (part.takes >= 0) more -= absences(state, part.takes);
        }
        return more;
    }

private:
    int absences(const PolishState& state, int g) const {
        const PolishState::Group& group = state.group(g);
        return absences(state, group.slot, group.leader, group.units);
    }
    int absences(const PolishState& state, int slot, int leader, const std::vector<int>& units) const {
        const Instance& instance = state.instance();
        int sum = leader >= 0
                      ? of_person(instance, instance.leaders[static_cast<std::size_t>(leader)].person, slot)
                      : 0;
        for (const int unit : units)
            for (const int member : state.unit(unit).members) sum += of_person(instance, member, slot);
        return sum;
    }

    int of_person(const Instance& instance, int index, int slot) const {
        const auto [entry, added] = known_.try_emplace({index, slot}, 0);
        if (!added) return entry->second;
        const Problem& problem = *instance.problem;
        const Person& person = problem.people()[static_cast<std::size_t>(index)];
        const WeeklySet hours =
            problem.rules().use_if_needed ? person.available.united_with(person.if_needed) : person.available;
        for (const Instant meeting : instance.slots[static_cast<std::size_t>(slot)].meetings)
            if (!is_free(person.clock(), hours, meeting, problem.schedule().meeting_minutes)) ++entry->second;
        return entry->second;
    }

    mutable std::map<std::pair<int, int>, int> known_;  ///< by person and slot
};

}  // namespace

PreferencePtr preferences::few_absences() {
    return std::make_unique<FewAbsences>();
}

}  // namespace convene
