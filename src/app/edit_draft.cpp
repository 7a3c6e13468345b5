#include "app/edit_draft.h"

#include <nlohmann/json.hpp>

#include "app/apply_changes.h"
#include "app/changes_json.h"
#include "app/edit_detail.h"
#include "app/judge_edit.h"

namespace convene {
namespace {

std::string to_json(const std::vector<Violation>& violations) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Violation& violation : violations) {
        list.push_back(
            {{"rule", violation.rule}, {"group", violation.group}, {"message", violation.message}});
    }
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What was asked, and what it came to in words: what lists of edits show.
std::string with_summary(const std::string& detail, const std::string& summary) {
    auto document = nlohmann::ordered_json::parse(detail, nullptr, false);
    if (!document.is_object()) document = nlohmann::ordered_json::object();
    document["summary"] = summary;
    return detail_of(document);
}

}  // namespace

EditAnswer carry_out(CohortStore& store, const ZoneTable& zones, const Clock& clock,
                     const EditRequest& request, const CohortSnapshot& cohort, EditDraft draft) {
    EditResult result;
    result.cohort_id = cohort.cohort.cohort_id;
    result.cohort_name = cohort.cohort.cohort_name;
    result.summary = std::move(draft.summary);
    if (draft.changes.empty()) {
        result.status = EditStatus::unchanged;
        return result;
    }
    auto violations =
        draft.judged ? pin_violations(cohort, draft.changes) : new_violations(cohort, draft.changes, zones);
    if (!violations) return tl::unexpected(std::move(violations).error());
    result.violations = std::move(draft.objections);
    result.violations.insert(result.violations.end(), violations->begin(), violations->end());
    if (!result.violations.empty() && !request.force) {
        result.status = EditStatus::refused;
        return result;
    }
    EditRecord record;
    record.command = std::move(draft.command);
    record.detail = with_summary(draft.detail, result.summary);
    record.inverse = convene::to_json(Inverse{draft.changes, inverse_of(draft.changes, cohort)});
    record.violations = to_json(result.violations);
    record.forced = !result.violations.empty();
    record.author = request.author;
    record.made_at = clock.now();
    record.undoes = draft.undoes;
    const CommitResult committed = store.commit_edit(cohort, draft.changes, record);
    if (committed.status == CommitStatus::stale) {
        result.status = EditStatus::stale;
        return result;
    }
    result.edit_id = EditId{committed.record_id};
    result.notes = std::move(draft.notes);
    return result;
}

}  // namespace convene
