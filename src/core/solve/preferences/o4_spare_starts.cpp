// O4: the most weekly starts that all members of a group share, so that a group can move later.
#include "core/solve/polish/polish_state.h"
#include "core/solve/preferences/preference.h"

namespace convene {
namespace {

class SpareStarts : public Preference {
public:
    [[nodiscard]] int change(const PolishState& state, const Step& step) const override {
        int fewer = 0;
        for (const Step::Part& part : step.parts()) {
            fewer += state.group(part.group).spare - state.spare_after(part);
            if (part.takes >= 0) fewer += state.group(part.takes).spare;
        }
        return fewer;
    }
};

}  // namespace

PreferencePtr preferences::o4_spare_starts() {
    return std::make_unique<SpareStarts>();
}

}  // namespace convene
