// src/app/edit_draft.h: an edit that has been worked out but not yet judged.
#pragma once
#include <string>
#include <vector>

#include "app/edit_groups.h"

namespace convene {

struct EditDraft {
    std::string command;  ///< `move`, `retime`, …
    std::string detail;   ///< JSON: what was asked
    std::string summary;
    CohortChanges changes;  ///< empty: that is how it is already
    std::vector<std::string> notes;
    std::optional<EditId> undoes;
    std::vector<Violation> objections;  ///< found besides those of the judge
    bool judged = false;                ///< `objections` and pins are all that speaks against it
};

/// Judges the draft, and writes and records it unless rules or somebody else's change forbid.
[[nodiscard]] EditAnswer carry_out(CohortStore& store, const ZoneTable& zones, const Clock& clock,
                                   const EditRequest& request, const CohortSnapshot& cohort, EditDraft draft);

}  // namespace convene
