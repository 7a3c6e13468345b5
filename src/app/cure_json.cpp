#include "app/cure_json.h"

#include <nlohmann/json.hpp>

namespace convene {

nlohmann::ordered_json to_json(const Cure& cure) {
    nlohmann::ordered_json document = {{"kind", to_string(cure.kind)}};
    if (!cure.person.empty()) document["person"] = cure.person;
    if (!cure.hours.empty()) {
        document["timezone"] = cure.zone;
        for (const WeeklyWindow window : cure.hours) document["hours"].push_back(hours_text(window));
    }
    if (!cure.group.empty()) document["group"] = cure.group;
    if (cure.start) {
        document["anchor"] = cure.anchor;
        document["start"] = to_string(*cure.start);
    }
    if (cure.limit != 0) document["limit"] = cure.limit;
    document["places"] = cure.places;
    document["detail"] = cure.detail;
    return document;
}

}  // namespace convene
