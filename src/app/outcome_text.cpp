#include "app/outcome_text.h"

#include <nlohmann/json.hpp>

#include "app/realization_json.h"

namespace convene {

std::string outcome_text(const RealizationOutcome& outcome) {
    using Json = nlohmann::ordered_json;
    Json json = {{"done", outcome.done.size()}, {"not_done", outcome.not_done.size()}};
    for (const RealizationNote& note : outcome.notes) json["notes"].push_back(note.message);
    if (!outcome.homes.empty()) json["homes"] = to_json(outcome.homes);
    if (!outcome.failure.empty()) json["failure"] = outcome.failure;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace convene
