#include "sandbox/server/unknown_fields.h"

#include <nlohmann/json.hpp>

namespace convene::sandbox {

void add_unknown_fields(nlohmann::json& value) {
    if (!value.is_structured()) return;
    for (nlohmann::json& inner : value) add_unknown_fields(inner);
    if (value.is_object() && value.contains("id")) {
        value["field_of_tomorrow"] = {{"enabled", false}, {"value", nullptr}};
    }
}

}  // namespace convene::sandbox
