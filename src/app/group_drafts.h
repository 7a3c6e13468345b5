// src/app/group_drafts.h: a group's time, name and pins, changed.
#pragma once
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "app/edit_draft.h"

namespace convene {

/// See GroupEditor::retime. \param when  `Thursday 18:00`
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_retime(const CohortSnapshot& cohort,
                                                                const GroupRow& group, std::string_view when,
                                                                std::optional<std::string_view> anchor,
                                                                const ZoneTable& zones, Instant now);
/// See GroupEditor::rename.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_rename(const CohortSnapshot& cohort,
                                                                const GroupRow& group,
                                                                std::string_view new_name);
/// A group's time and facilitator stay, or need not any longer.
[[nodiscard]] EditDraft draft_pin(const GroupRow& group, bool pinned);
/// Somebody stays in the groups where they are, or need not any longer. Faults: they are in none.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_pin(const CohortSnapshot& cohort, UserId user,
                                                             bool pinned);

}  // namespace convene
