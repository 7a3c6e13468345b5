// R7: people in a together set are in one group, or none of them is placed.
#include <algorithm>

#include "core/solve/rules/hard_rules.h"
#include "core/solve/ties.h"

namespace convene {
namespace {

/// What those of a unit's sets demand who are no free participants.
struct Demands {
    int leader = -1;  ///< person, or -1
    int home = -1;    ///< the standing group where one of them sits, or -1
    bool contradict = false;
};

class Together : public HardRule {
public:
    void tie(const Instance& instance, Ties& ties) override {
        const Problem& problem = *instance.problem;
        demands_.resize(problem.people().size());
        for (const auto& ids : problem.together()) {
            int first = -1;
            for (const std::string& id : ids) {
                const int person = problem.index_of(id);
                if (!ties.free(person)) continue;
                if (first < 0) first = person;
                ties.join(first, person);
            }
            if (first >= 0) note_demands(problem, ids, ties, demands_[at(first)]);
        }
    }

    void narrow_unit(const Instance& instance, const Unit& unit, Costs& costs) override {
        const Demands demands = demands_of(unit);
        for (std::size_t s = 0; s < costs.size(); ++s) {
            const int fixed = instance.slots[s].fixed;
            const bool elsewhere = demands.home >= 0 && fixed != demands.home;
            if (demands.contradict || elsewhere || (fixed >= 0 && !leads(instance, demands.leader, fixed)))
                costs[s] = kForbidden;
        }
    }

    [[nodiscard]] bool picks_groups(const Instance& /*instance*/, const Unit& unit) const override {
        return demands_of(unit).leader >= 0;
    }
    [[nodiscard]] bool may_lead(const Instance& instance, int leader, const Unit& unit) const override {
        const int wanted = demands_of(unit).leader;
        return wanted < 0 || (leader >= 0 && instance.leaders[at(leader)].person == wanted);
    }

private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    static void demand(int& wanted, int found, Demands& demands) {
        if (wanted >= 0 && wanted != found) demands.contradict = true;
        wanted = found;
    }

    static void note_demands(const Problem& problem, const std::vector<std::string>& ids, const Ties& ties,
                             Demands& demands) {
        for (const std::string& id : ids) {
            const int person = problem.index_of(id);
            if (ties.free(person)) continue;
            if (problem.people()[at(person)].role == Role::facilitator)
                demand(demands.leader, person, demands);
            else
                demand(demands.home, ties.seat(person), demands);
        }
    }

    [[nodiscard]] Demands demands_of(const Unit& unit) const {
        Demands all;
        for (const int member : unit.members) {
            const Demands& one = demands_[at(member)];
            if (one.leader >= 0) demand(all.leader, one.leader, all);
            if (one.home >= 0) demand(all.home, one.home, all);
            all.contradict = all.contradict || one.contradict;
        }
        return all;
    }

    static bool leads(const Instance& instance, int wanted, int fixed) {
        return wanted < 0 ||
               instance.standing[at(fixed)].facilitator == instance.problem->people()[at(wanted)].id;
    }

    std::vector<Demands> demands_;  ///< by person: of the sets whose first free member they are
};

}  // namespace

HardRulePtr hard_rules::r7_together() {
    return std::make_shared<Together>();
}

}  // namespace convene
