#include "web/api/json.h"

namespace convene::web {

Json score_json(const Score& score) {
    return {{"placed", score.placed}, {"if_needed", score.if_needed}, {"size_distance", score.size_distance}};
}

Json violations_json(const std::vector<Violation>& violations) {
    Json list = Json::array();
    for (const Violation& violation : violations) {
        list.push_back(
            {{"rule", violation.rule}, {"group", violation.group}, {"message", violation.message}});
    }
    return list;
}

Json parsed(const std::string& text) {
    Json document = Json::parse(text, nullptr, false);
    return document.is_discarded() ? Json() : document;
}

std::string sentence_of(const EditRecord& edit) {
    const Json detail = parsed(edit.detail);
    const auto summary = detail.is_object() ? detail.find("summary") : detail.end();
    return detail.is_object() && summary != detail.end() && summary->is_string() ? summary->get<std::string>()
                                                                                 : edit.command;
}

}  // namespace convene::web
