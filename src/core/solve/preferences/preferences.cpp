#include "core/solve/preferences/preference.h"

namespace convene {

std::vector<PreferencePtr> all_preferences() {
    using namespace preferences;
    std::vector<PreferencePtr> list;
    list.push_back(o3_sizes());
    list.push_back(o4_load());
    list.push_back(o4_spare_starts());
    list.push_back(few_absences());
    return list;
}

}  // namespace convene
