#include "app/edit_cohort.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/cohort_version.h"
#include "app/edit_detail.h"
#include "app/edit_history.h"
#include "app/group_drafts.h"
#include "app/membership_edits.h"
#include "app/queries/people.h"

namespace convene {
namespace {

using Command = EditOrder::Command;
using Draft = tl::expected<EditDraft, InputFaults>;

constexpr std::array<std::pair<Command, std::string_view>, 10> kCommands{{
    {Command::move, "move"},
    {Command::remove, "remove"},
    {Command::lead, "lead"},
    {Command::retime, "retime"},
    {Command::postpone, "postpone"},
    {Command::rename, "rename"},
    {Command::pin, "pin"},
    {Command::unpin, "unpin"},
    {Command::undo, "undo"},
    {Command::redo, "redo"},
}};

tl::unexpected<InputFaults> fault(std::string path, std::string value, std::string message) {
    return tl::unexpected(InputFaults{{std::move(path), std::move(value), std::move(message)}});
}

/// What the order names, found in the rows.
struct Subject {
    std::optional<UserId> person;
    const GroupRow* group = nullptr;
};

tl::expected<Subject, InputFaults> find_subject(const CohortSnapshot& cohort, const EditOrder& order) {
    Subject subject;
    if (order.person) {
        if (signup_of(cohort, *order.person) == nullptr)
            return fault("person", std::to_string(order.person->value), "is nobody of this cohort");
        subject.person = order.person;
    }
    if (order.group) {
        subject.group = group_of(cohort, *order.group);
        if (subject.group == nullptr || !is_running(*subject.group))
            return fault("group", std::to_string(order.group->value), "is no running group of this cohort");
    }
    const bool needs_person =
        order.command == Command::move || order.command == Command::remove || order.command == Command::lead;
    const bool needs_group = order.command == Command::move || order.command == Command::lead ||
                             order.command == Command::retime || order.command == Command::postpone ||
                             order.command == Command::rename;
    const bool pin = order.command == Command::pin || order.command == Command::unpin;
    if (needs_person && !subject.person) return fault("person", "", "is missing");
    if (needs_group && subject.group == nullptr) return fault("group", "", "is missing");
    if (pin && !subject.person && subject.group == nullptr)
        return fault("group", "", "is missing: a pin needs a group or a person");
    return subject;
}

Draft draft_for(const CohortSnapshot& cohort, const EditOrder& order, const Subject& subject,
                const ZoneTable& zones, Instant now) {
    const auto with_detail = [&](Draft draft) {
        if (!draft) return draft;
        nlohmann::ordered_json asked;
        if (subject.person) asked["person"] = name_of(cohort, *subject.person);
        if (subject.group != nullptr) asked["group"] = subject.group->group_name;
        draft->detail = detail_of(asked);
        return draft;
    };
    switch (order.command) {
        case Command::move:
            return with_detail(draft_move(cohort, *subject.person, *subject.group, zones, now));
        case Command::remove:
            return with_detail(draft_remove(cohort, *subject.person, subject.group));
        case Command::lead:
            return with_detail(draft_lead(cohort, *subject.person, *subject.group, zones, now));
        case Command::retime:
            return draft_retime(cohort, *subject.group, order.text,
                                order.anchor ? std::optional<std::string_view>(*order.anchor) : std::nullopt,
                                zones, now);
        case Command::postpone:
            return draft_postpone(cohort, *subject.group, order.postponement, zones, now);
        case Command::rename:
            return draft_rename(cohort, *subject.group, order.text);
        case Command::pin:
        case Command::unpin: {
            const bool pinned = order.command == Command::pin;
            return subject.person ? draft_pin(cohort, *subject.person, pinned)
                                  : Draft(draft_pin(*subject.group, pinned));
        }
        case Command::undo:
        case Command::redo:
            break;
    }
    return fault("command", "", "needs the list of edits");
}

/// A group that ends while it has a home on Discord would leave that home behind.
void object_to_orphans(EditDraft& draft, const CohortSnapshot& cohort,
                       const std::vector<GroupId>& published) {
    for (const GroupStatusChange& change : draft.changes.statuses) {
        const bool ends = change.status == GroupStatus::cancelled;
        if (!ends || std::count(published.begin(), published.end(), change.group_id) == 0) continue;
        const std::string name = group_of(cohort, change.group_id)->group_name;
        draft.objections.push_back({"undo", name, name + " is on Discord already and would end"});
    }
}

EditAnswer nothing_to_undo(const CohortSnapshot& cohort, bool redo) {
    EditResult nothing;
    nothing.status = EditStatus::nothing_to_undo;
    nothing.cohort_id = cohort.cohort.cohort_id;
    nothing.cohort_name = cohort.cohort.cohort_name;
    nothing.summary = redo ? "there is no edit to do again" : "there is no edit to undo";
    return nothing;
}

}  // namespace

std::string_view to_string(Command command) noexcept {
    for (const auto& [candidate, word] : kCommands)
        if (candidate == command) return word;
    return "";
}

std::optional<Command> edit_command_from(std::string_view text) noexcept {
    for (const auto& [command, word] : kCommands)
        if (word == text) return command;
    return std::nullopt;
}

EditAnswer edit_cohort(CohortStore& store, const ZoneTable& zones, const Clock& clock,
                       const EditRequest& request, CohortId cohort_id,
                       const std::optional<std::string>& version, const EditOrder& order) {
    const auto cohort = store.load_cohort(cohort_id);
    if (!cohort) return fault("cohort", std::to_string(cohort_id.value), "is not the id of a cohort");
    if (version && *version != version_of(*cohort)) {
        EditResult stale;
        stale.status = EditStatus::stale;
        stale.cohort_id = cohort_id;
        stale.cohort_name = cohort->cohort.cohort_name;
        return stale;
    }
    const auto carry = [&](Draft draft) -> EditAnswer {
        if (!draft) return tl::unexpected(std::move(draft).error());
        return carry_out(store, zones, clock, request, *cohort, *std::move(draft));
    };
    if (order.command == Command::undo || order.command == Command::redo) {
        const bool redo = order.command == Command::redo;
        const std::vector<StoredEdit> edits = store.list_edits(cohort_id);
        const StoredEdit* edit = redo ? edit_to_redo(edits) : edit_to_undo(edits);
        if (edit == nullptr) return nothing_to_undo(*cohort, redo);
        const Instant now = clock.now();
        Draft draft = redo ? draft_redo(*cohort, *edit, now) : draft_undo(*cohort, *edit, now);
        if (draft) object_to_orphans(*draft, *cohort, request.published);
        return carry(std::move(draft));
    }
    const auto subject = find_subject(*cohort, order);
    if (!subject) return tl::unexpected(subject.error());
    return carry(draft_for(*cohort, order, *subject, zones, clock.now()));
}

}  // namespace convene
