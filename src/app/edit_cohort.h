// src/app/edit_cohort.h: an edit as a page or another program asks for it, by keys and on a version.
//
// The words of a command line are GroupEditor's; both come to the same drafts and the same judge.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/edit_draft.h"
#include "app/postpone_meetings.h"

namespace convene {

struct EditOrder {
    /// Enumerators are spelled as in the API.
    enum class Command { move, remove, lead, retime, postpone, rename, pin, unpin, undo, redo };
    Command command = Command::move;
    std::optional<UserId> person;       ///< move, remove, lead; pin and unpin of somebody's place
    std::optional<GroupId> group;       ///< all but undo, redo and the pin of a person; remove: which one
    std::string text;                   ///< retime: `Thursday 18:00`; rename: the new name
    std::optional<std::string> anchor;  ///< retime: another zone
    Postponement postponement;          ///< postpone
};
[[nodiscard]] std::string_view to_string(EditOrder::Command command) noexcept;
[[nodiscard]] std::optional<EditOrder::Command> edit_command_from(std::string_view text) noexcept;

/// \param version  what version_of() said when the organiser looked; stale when the rows say something
/// else now. Empty: whatever they say. `request.cohort` is not looked at.
[[nodiscard]] EditAnswer edit_cohort(CohortStore& store, const ZoneTable& zones, const Clock& clock,
                                     const EditRequest& request, CohortId cohort,
                                     const std::optional<std::string>& version, const EditOrder& order);

}  // namespace convene
