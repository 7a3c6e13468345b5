// src/core/solve/preferences/preference.h: what makes one of two plans better that are equal in O1 and O2.
#pragma once
#include <memory>
#include <vector>

#include "core/solve/polish/step.h"

namespace convene {

class PolishState;

class Preference {
public:
    Preference() = default;
    Preference(const Preference&) = delete;
    Preference& operator=(const Preference&) = delete;
    virtual ~Preference() = default;

    /// By how much the step makes the plan worse: below 0 it is better then, 0 it is as good. Everybody can
    /// attend after the step and sizes are allowed; other rules are not asked yet.
    [[nodiscard]] virtual int change(const PolishState& state, const Step& step) const = 0;
};

using PreferencePtr = std::unique_ptr<Preference>;

namespace preferences {

PreferencePtr o3_sizes();
PreferencePtr o4_load();
PreferencePtr o4_spare_starts();
PreferencePtr few_absences();

}  // namespace preferences

/// The most important first: a later one counts where all before it find a step as good.
[[nodiscard]] std::vector<PreferencePtr> all_preferences();

}  // namespace convene
