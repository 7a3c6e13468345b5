#include "app/realization_json.h"

#include <nlohmann/json.hpp>

namespace convene {

using Action = RealizationStep::Action;
using NoteKind = RealizationNote::Kind;

std::string_view word(Action action) noexcept {
    switch (action) {
        case Action::create:
            return "create";
        case Action::grant:
            return "grant";
        case Action::withdraw:
            return "withdraw";
        case Action::update:
            return "update";
        case Action::adopt:
            return "adopt";
        case Action::remove:
            return "delete";
    }
    return "";
}

std::string_view word(NoteKind kind) noexcept {
    switch (kind) {
        case NoteKind::blocker:
            return "blocker";
        case NoteKind::shortfall:
            return "shortfall";
        case NoteKind::drift:
            return "drift";
        case NoteKind::info:
            return "info";
    }
    return "";
}

nlohmann::ordered_json to_json(const std::vector<RealizationStep>& steps) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const RealizationStep& step : steps) {
        list.push_back({{"action", word(step.action)},
                        {"object", step.object},
                        {"group", step.group},
                        {"name", step.name},
                        {"detail", step.detail}});
        for (const FieldChange& change : step.changes) {
            list.back()["changes"].push_back(
                {{"field", change.field}, {"before", change.before}, {"after", change.after}});
        }
    }
    return list;
}

nlohmann::ordered_json to_json(const std::vector<RealizationNote>& notes) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const RealizationNote& note : notes) {
        list.push_back({{"kind", word(note.kind)}, {"message", note.message}, {"mend", note.mend}});
    }
    return list;
}

nlohmann::ordered_json to_json(const std::vector<GroupHome>& homes) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const GroupHome& home : homes) {
        list.push_back({{"group", home.group_name},
                        {"text_channel", home.text_channel},
                        {"voice_channel", home.voice_channel},
                        {"next_event", home.next_event}});
    }
    return list;
}

}  // namespace convene
