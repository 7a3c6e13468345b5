#include "app/edit_history.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/apply_changes.h"
#include "app/changes_json.h"
#include "app/edit_detail.h"
#include "app/queries/people.h"

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

/// What was held was held when it was. A forming group whose dates are all over never met.
void object_to_the_past(EditDraft& draft, const CohortSnapshot& cohort, Instant now) {
    for (const TimeChange& change : draft.changes.times) {
        const GroupRow* group = group_of(cohort, change.group_id);
        if (group == nullptr || group->meetings.empty()) continue;
        if (group->status == GroupStatus::forming && group->meetings.back().scheduled_time <= now) continue;
        for (std::size_t i = 0; i < group->meetings.size(); ++i) {
            const MeetingRow& meeting = group->meetings[i];
            const auto wanted =
                std::find_if(change.meetings.begin(), change.meetings.end(),
                             [&](const MeetingTime& time) { return time.meeting_id == meeting.meeting_id; });
            if (wanted == change.meetings.end() || wanted->time == meeting.scheduled_time) continue;
            if (meeting.scheduled_time > now && wanted->time > now) continue;
            const bool begun = meeting.scheduled_time <= now;
            draft.objections.push_back(
                {"undo", group->group_name,
                 group->group_name + ": meeting " + std::to_string(i + 1) +
                     (begun ? " has begun already or is over: " + to_iso8601(meeting.scheduled_time)
                            : " would move into the past: " + to_iso8601(wanted->time))});
        }
    }
}

tl::expected<EditDraft, InputFaults> draft_reversal(const CohortSnapshot& cohort, const StoredEdit& edit,
                                                    Instant now) {
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
    object_to_the_past(draft, cohort, now);
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

tl::expected<EditDraft, InputFaults> draft_undo(const CohortSnapshot& cohort, const StoredEdit& edit,
                                                Instant now) {
    auto draft = draft_reversal(cohort, edit, now);
    if (!draft) return draft;
    draft->command = "undo";
    draft->summary = edit.edit.command + " of edit " + std::to_string(edit.edit_id.value) + " is undone";
    return draft;
}

tl::expected<EditDraft, InputFaults> draft_redo(const CohortSnapshot& cohort, const StoredEdit& undo,
                                                Instant now) {
    auto draft = draft_reversal(cohort, undo, now);
    if (!draft) return draft;
    draft->command = "redo";
    draft->summary = "edit " + std::to_string(undo.edit.undoes->value) + " is done again";
    return draft;
}

}  // namespace convene
