// O3: the smallest sum over groups of (size − target)².
#include "core/solve/polish/polish_state.h"
#include "core/solve/preferences/preference.h"

namespace convene {
namespace {

class Sizes : public Preference {
public:
    [[nodiscard]] int change(const PolishState& state, const Step& step) const override {
        const int target = state.instance().problem->rules().target();
        const auto uneven = [target](const PolishState::Group& group, int seated) {
            const int off = group.base + seated - target;
            return off * off;
        };
        int worse = 0;
        for (const Step::Part& part : step.parts()) {
            const PolishState::Group& group = state.group(part.group);
            worse += uneven(group, state.seated_after(part)) - uneven(group, group.seated);
            if (part.takes >= 0) worse -= uneven(state.group(part.takes), state.group(part.takes).seated);
        }
        return worse;
    }
};

}  // namespace

PreferencePtr preferences::o3_sizes() {
    return std::make_unique<Sizes>();
}

}  // namespace convene
