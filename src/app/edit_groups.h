// src/app/edit_groups.h: an organiser's changes to groups, each judged by the
// rules, recorded, and undone by undo().
//
// An edit is judged by what it makes worse: violations that stood before and
// still stand do not count against it. Nothing is written when it is refused.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"
#include "core/model/input_fault.h"
#include "core/rules/check_plan.h"
#include "core/time/zone_table.h"

namespace convene {

struct Postponement;

/// What every edit is told besides its own subject.
struct EditRequest {
    /// Id or name. Empty: the active cohort in which person and group are found; a fault when several fit.
    std::optional<std::string> cohort;
    bool force = false;                ///< write in spite of violations, and record them
    std::string author;                ///< the OS user, the Discord user
    std::vector<GroupId> published{};  ///< groups on Discord, where the caller knows: no undo ends them
};

enum class EditStatus {
    done,
    refused,    ///< it would break rules: see violations
    unchanged,  ///< that is how it is already
    nothing_to_undo,
    stale,  ///< somebody else changed the cohort at that moment; nothing was written
};
[[nodiscard]] std::string_view to_string(EditStatus status) noexcept;

struct EditResult {
    EditStatus status = EditStatus::done;
    CohortId cohort_id;
    std::string cohort_name;
    std::string summary;                ///< one sentence: `Bob moves from Group 1 to Group 2`
    std::vector<Violation> violations;  ///< refused: why; done: what --force overrode
    std::vector<std::string> notes;     ///< what else to know: run realize again, a group left small
    EditId edit_id;                     ///< done
};

using EditAnswer = tl::expected<EditResult, InputFaults>;

/// People and groups are named as find_person and find_group read them. Every function loads,
/// judges and writes by itself. \throws StoreFailure
class GroupEditor {
public:
    GroupEditor(CohortStore& store, const ZoneTable& zones, const Clock& clock)
        : store_(store), zones_(zones), clock_(clock) {}

    /// A participant changes group, or joins one from none. A facilitator hands over the group they
    /// lead and takes the other: see lead() to give somebody a further group.
    [[nodiscard]] EditAnswer move(const EditRequest& request, std::string_view person,
                                  std::string_view to_group);
    /// Out of their group, and eligible again. \param from_group needed for leaders of several groups
    [[nodiscard]] EditAnswer remove(const EditRequest& request, std::string_view person,
                                    std::optional<std::string_view> from_group = {});
    /// `when` is `Thursday 18:00` (days may be shortened) in the group's anchor zone. Past meetings
    /// stay; all others move to the dates that the anchor's calendar gives.
    /// \param anchor  a zone name; empty: as it was
    [[nodiscard]] EditAnswer retime(const EditRequest& request, std::string_view group, std::string_view when,
                                    std::optional<std::string_view> anchor = {});
    /// The weekly time stays; see app/postpone_meetings.h.
    [[nodiscard]] EditAnswer postpone(const EditRequest& request, std::string_view group,
                                      const Postponement& wish);
    [[nodiscard]] EditAnswer rename(const EditRequest& request, std::string_view group,
                                    std::string_view new_name);
    /// \param target  a group (its time and facilitator stay) or a person (stays where they are)
    [[nodiscard]] EditAnswer pin(const EditRequest& request, std::string_view target);
    [[nodiscard]] EditAnswer unpin(const EditRequest& request, std::string_view target);
    /// `person` leads the group; whoever led it leaves it. Other groups of both stay as they are.
    [[nodiscard]] EditAnswer lead(const EditRequest& request, std::string_view group,
                                  std::string_view person);
    /// Takes back the latest edit that is not undone yet; again: the one before it. Refused when what
    /// it changed was changed since by something else.
    [[nodiscard]] EditAnswer undo(const EditRequest& request);

private:
    [[nodiscard]] EditAnswer set_pin(const EditRequest& request, std::string_view target, bool pinned);

    CohortStore& store_;
    const ZoneTable& zones_;
    const Clock& clock_;
};

}  // namespace convene
