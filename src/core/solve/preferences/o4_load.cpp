// O4: the smallest maximum of groups led ÷ max_groups.
#include <algorithm>

#include "core/solve/polish/polish_state.h"
#include "core/solve/preferences/preference.h"

namespace convene {
namespace {

class Load : public Preference {
public:
    [[nodiscard]] int change(const PolishState& state, const Step& step) const override {
        std::array<LeaderLoad::Change, 6> changes{};
        std::size_t count = 0;
        const auto note = [&](int leader, int groups) {
            if (leader < 0) return;
            const auto known = std::find_if(changes.begin(), changes.begin() + count,
                                            [&](const auto& change) { return change.leader == leader; });
            if (known == changes.begin() + count) changes[count++].leader = leader;
            known->groups += groups;
        };
        for (const Step::Part& part : step.parts()) {
            if (part.takes >= 0) note(state.group(part.takes).leader, -1);
            if (part.leader == state.group(part.group).leader) continue;
            note(state.group(part.group).leader, -1);
            note(part.leader, 1);
        }
        return state.load().fullest_after({changes.data(), count});
    }
};

}  // namespace

PreferencePtr preferences::o4_load() {
    return std::make_unique<Load>();
}

}  // namespace convene
