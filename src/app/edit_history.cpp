#include "app/edit_history.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/apply_changes.h"
#include "app/changes_json.h"
#include "app/edit_detail.h"

namespace convene {
namespace {

enum class Kind { edit, undo, redo };

Kind kind_of(const StoredEdit& edit, const std::vector<StoredEdit>& edits) {
    if (!edit.edit.undoes) return Kind::edit;
    const auto subject = std::find_if(edits.begin(), edits.end(), [&](const StoredEdit& other) {
        return other.edit_id == *edit.edit.undoes;
    });
    return subject != edits.end() && kind_of(*subject, edits) == Kind::undo ? Kind::redo : Kind::undo;
}

/// True when what an edit made is still so.
bool still_stands(const CohortChanges& made, const CohortSnapshot& cohort) {
    CohortSnapshot again = cohort;
    try {
        apply_changes(made, again);
    } catch (const std::invalid_argument&) {
        return false;  // a group or sign-up is gone
    }
    return again == cohort;
}

tl::expected<EditDraft, InputFaults> draft_reversal(const CohortSnapshot& cohort, const StoredEdit& edit) {
    const std::string number = std::to_string(edit.edit_id.value);
    const auto inverse = inverse_from_json(edit.edit.inverse);
    if (!inverse)
        return tl::unexpected(InputFaults{{"edit", number, "was recorded in a way that cannot be undone"}});
    EditDraft draft;
    draft.detail = detail_of({{"edit", edit.edit_id.value}, {"command", edit.edit.command}});
    draft.changes = inverse->undo;
    draft.undoes = edit.edit_id;
    if (!still_stands(inverse->made, cohort)) {
        draft.objections.push_back(
            {"undo", "",
             "what edit " + number + " (" + edit.edit.command + ") changed was changed again since"});
    }
    return draft;
}

}  // namespace

const StoredEdit* edit_to_undo(const std::vector<StoredEdit>& edits) {
    const auto found = std::find_if(edits.begin(), edits.end(), [&](const StoredEdit& edit) {
        return !edit.undone && kind_of(edit, edits) != Kind::undo;
    });
    return found == edits.end() ? nullptr : &*found;
}

const StoredEdit* edit_to_redo(const std::vector<StoredEdit>& edits) {
    for (const StoredEdit& edit : edits) {
        const Kind kind = kind_of(edit, edits);
        if (kind == Kind::edit) return nullptr;
        if (kind == Kind::undo && !edit.undone) return &edit;
    }
    return nullptr;
}

tl::expected<EditDraft, InputFaults> draft_undo(const CohortSnapshot& cohort, const StoredEdit& edit) {
    auto draft = draft_reversal(cohort, edit);
    if (!draft) return draft;
    draft->command = "undo";
    draft->summary = edit.edit.command + " of edit " + std::to_string(edit.edit_id.value) + " is undone";
    return draft;
}

tl::expected<EditDraft, InputFaults> draft_redo(const CohortSnapshot& cohort, const StoredEdit& undo) {
    auto draft = draft_reversal(cohort, undo);
    if (!draft) return draft;
    draft->command = "redo";
    draft->summary = "edit " + std::to_string(undo.edit.undoes->value) + " is done again";
    return draft;
}

}  // namespace convene
