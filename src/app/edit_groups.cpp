#include "app/edit_groups.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/apply_changes.h"
#include "app/build_problem.h"
#include "app/changes_json.h"
#include "app/edit_draft.h"
#include "app/locate.h"
#include "app/membership_edits.h"
#include "app/name_match.h"
#include "app/queries/cohorts.h"
#include "app/queries/people.h"
#include "app/retimed_meetings.h"

namespace convene {
namespace {

using Json = nlohmann::ordered_json;

/// Discord's own limit for the names of channels.
constexpr std::size_t kLongestName = 100;

tl::unexpected<InputFaults> fault(std::string path, std::string_view value, std::string message) {
    return tl::unexpected(InputFaults{{std::move(path), in_quotes(value), std::move(message)}});
}

std::string detail_of(Json json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

tl::expected<const GroupRow*, InputFaults> running_group(const CohortSnapshot& cohort,
                                                         std::string_view text) {
    const auto id = find_group(cohort, text);
    if (!id) return tl::unexpected(id.error());
    const GroupRow* group = group_of(cohort, *id);
    if (!is_running(*group)) return fault("group", text, "has ended; only running groups can be changed");
    return group;
}

Names names(const EditRequest& request, std::vector<std::string_view> people,
            std::vector<std::string_view> groups, std::vector<std::string_view> either = {}) {
    return {request.cohort ? std::optional<std::string_view>(*request.cohort) : std::nullopt,
            std::move(people), std::move(groups), std::move(either)};
}

/// Drafts a pin of what `target` names: a group, or the places of a person.
tl::expected<EditDraft, InputFaults> draft_pin(const CohortSnapshot& cohort, std::string_view target,
                                               bool pinned) {
    const std::vector<GroupId> groups = groups_named(cohort, target);
    const std::vector<UserId> people = people_named(cohort, target);
    if (!groups.empty() && !people.empty())
        return fault("target", target,
                     "names a group and a person; give the group's id or the person's e-mail");
    EditDraft draft;
    draft.command = pinned ? "pin" : "unpin";
    draft.detail = detail_of({{"target", target}});
    const std::string what = pinned ? " is pinned" : " is no longer pinned";
    if (!groups.empty()) {
        const auto group = running_group(cohort, target);
        if (!group) return tl::unexpected(group.error());
        draft.summary = (*group)->group_name + what;
        if ((*group)->pinned != pinned)
            draft.changes.pins.push_back({(*group)->group_id, std::nullopt, pinned});
        return draft;
    }
    if (people.empty())
        return fault("target", target, "is neither a group nor anybody of " + cohort.cohort.cohort_name);
    const auto user = find_person(cohort, target);
    if (!user) return tl::unexpected(user.error());
    std::string places;
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        for (const MembershipRow& member : group.members) {
            if (member.user_id != *user || member.status != MembershipStatus::active) continue;
            places += (places.empty() ? "" : ", ") + group.group_name;
            if (member.pinned != pinned) draft.changes.pins.push_back({group.group_id, *user, pinned});
        }
    }
    if (places.empty()) return fault("target", target, "is in no group");
    draft.summary = name_of(cohort, *user) + what + " to " + places;
    return draft;
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

EditDraft draft_undo(const CohortSnapshot& cohort, const StoredEdit& edit, const Inverse& inverse) {
    EditDraft draft;
    draft.command = "undo";
    draft.detail = detail_of({{"edit", edit.edit_id.value}, {"command", edit.edit.command}});
    draft.summary = edit.edit.command + " of edit " + std::to_string(edit.edit_id.value) + " is undone";
    draft.changes = inverse.undo;
    draft.undoes = edit.edit_id;
    if (!still_stands(inverse.made, cohort)) {
        draft.objections.push_back({"undo", "",
                                    "what edit " + std::to_string(edit.edit_id.value) + " (" +
                                        edit.edit.command + ") changed was changed again since"});
    }
    return draft;
}

}  // namespace

std::string_view to_string(EditStatus status) noexcept {
    switch (status) {
        case EditStatus::done:
            return "done";
        case EditStatus::refused:
            return "refused";
        case EditStatus::unchanged:
            return "unchanged";
        case EditStatus::nothing_to_undo:
            return "nothing_to_undo";
        case EditStatus::stale:
            return "stale";
    }
    return "";
}

EditAnswer GroupEditor::move(const EditRequest& request, std::string_view person, std::string_view to_group) {
    const auto cohort = locate(store_, names(request, {person}, {to_group}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto user = find_person(*cohort, person);
    if (!user) return tl::unexpected(user.error());
    const auto group = running_group(*cohort, to_group);
    if (!group) return tl::unexpected(group.error());
    auto draft = draft_move(*cohort, *user, **group, zones_, clock_.now());
    if (!draft) return tl::unexpected(draft.error());
    draft->detail = detail_of({{"person", person}, {"to_group", to_group}});
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

EditAnswer GroupEditor::remove(const EditRequest& request, std::string_view person,
                               std::optional<std::string_view> from_group) {
    std::vector<std::string_view> groups;
    if (from_group) groups.push_back(*from_group);
    const auto cohort = locate(store_, names(request, {person}, groups));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto user = find_person(*cohort, person);
    if (!user) return tl::unexpected(user.error());
    const GroupRow* from = nullptr;
    if (from_group) {
        const auto group = running_group(*cohort, *from_group);
        if (!group) return tl::unexpected(group.error());
        from = *group;
    }
    auto draft = draft_remove(*cohort, *user, from);
    if (!draft) return tl::unexpected(draft.error());
    draft->detail = detail_of({{"person", person}, {"from_group", from_group.value_or("")}});
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

EditAnswer GroupEditor::lead(const EditRequest& request, std::string_view group_text,
                             std::string_view person) {
    const auto cohort = locate(store_, names(request, {person}, {group_text}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto user = find_person(*cohort, person);
    if (!user) return tl::unexpected(user.error());
    const auto group = running_group(*cohort, group_text);
    if (!group) return tl::unexpected(group.error());
    EditDraft draft = draft_lead(*cohort, *user, **group, zones_, clock_.now());
    draft.detail = detail_of({{"group", group_text}, {"person", person}});
    return carry_out(store_, zones_, clock_, request, *cohort, std::move(draft));
}

EditAnswer GroupEditor::retime(const EditRequest& request, std::string_view group_text, std::string_view when,
                               std::optional<std::string_view> anchor) {
    const auto cohort = locate(store_, names(request, {}, {group_text}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto group = running_group(*cohort, group_text);
    if (!group) return tl::unexpected(group.error());
    InputFaults faults;
    const auto start = read_weekly_start(when);
    if (!start)
        faults.push_back({"time", in_quotes(when), "is not a weekday and a time such as Thursday 18:00"});
    const std::string zone_name(anchor.value_or((*group)->anchor.value_or("UTC")));
    const ZonePtr zone = zones_.find(zone_name);
    if (!zone) faults.push_back({"anchor", in_quotes(zone_name), "is not a time zone"});
    if (!faults.empty()) return tl::unexpected(std::move(faults));

    auto change = time_change(*cohort, **group, {zone, *start}, zones_, clock_.now());
    if (!change) return fault("group", group_text, "has had all its meetings");
    EditDraft draft;
    draft.command = "retime";
    draft.detail = detail_of({{"group", group_text}, {"time", when}, {"anchor", zone->name()}});
    draft.summary = (*group)->group_name + " meets on " + to_string(*start) + " " + zone->name() +
                    (zone->name() == "UTC" ? "" : " (" + change->recurring_meeting_time_utc + " UTC)");
    if ((*group)->meetings.empty())
        draft.notes.push_back((*group)->group_name + " has no stored meetings: only its weekly time changed");
    CohortSnapshot after = *cohort;
    CohortChanges changes;
    changes.times.push_back(*std::move(change));
    apply_changes(changes, after);
    if (after != *cohort) draft.changes = std::move(changes);
    return carry_out(store_, zones_, clock_, request, *cohort, std::move(draft));
}

EditAnswer GroupEditor::rename(const EditRequest& request, std::string_view group_text,
                               std::string_view new_name) {
    const auto cohort = locate(store_, names(request, {}, {group_text}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto group = running_group(*cohort, group_text);
    if (!group) return tl::unexpected(group.error());
    const std::string name(trimmed(new_name));
    if (name.empty()) return fault("name", new_name, "is empty");
    if (printable(name) != name) return fault("name", new_name, "holds characters that cannot be printed");
    if (name.size() > kLongestName)
        return fault("name", new_name, "is longer than " + std::to_string(kLongestName) + " bytes");
    for (const GroupRow& other : cohort->groups) {
        const bool taken = other.group_id != (*group)->group_id && is_running(other) &&
                           lower_case(other.group_name) == lower_case(name);
        if (taken) return fault("name", new_name, "is the name of another group of this cohort");
    }
    EditDraft draft;
    draft.command = "rename";
    draft.detail = detail_of({{"group", group_text}, {"name", name}});
    draft.summary = (*group)->group_name + " is called " + name;
    if (name != (*group)->group_name) draft.changes.names.push_back({(*group)->group_id, name});
    return carry_out(store_, zones_, clock_, request, *cohort, std::move(draft));
}

EditAnswer GroupEditor::pin(const EditRequest& request, std::string_view target) {
    return set_pin(request, target, true);
}

EditAnswer GroupEditor::unpin(const EditRequest& request, std::string_view target) {
    return set_pin(request, target, false);
}

EditAnswer GroupEditor::set_pin(const EditRequest& request, std::string_view target, bool pinned) {
    const auto cohort = locate(store_, names(request, {}, {}, {target}));
    if (!cohort) return tl::unexpected(cohort.error());
    auto draft = draft_pin(*cohort, target, pinned);
    if (!draft) return tl::unexpected(draft.error());
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

EditAnswer GroupEditor::undo(const EditRequest& request) {
    std::vector<CohortId> cohorts;
    if (request.cohort) {
        const auto cohort = find_cohort(store_, *request.cohort);
        if (!cohort) return tl::unexpected(cohort.error());
        cohorts.push_back(cohort->cohort_id);
    } else {
        for (const CohortSummary& summary : store_.list_cohorts()) cohorts.push_back(summary.cohort_id);
    }
    std::optional<StoredEdit> latest;
    for (const CohortId cohort : cohorts) {
        for (StoredEdit& stored : store_.list_edits(cohort)) {
            const bool candidate = !stored.undone && !stored.edit.undoes;
            if (candidate && (!latest || latest->edit_id < stored.edit_id)) latest = std::move(stored);
        }
    }
    if (!latest) {
        EditResult nothing;
        nothing.status = EditStatus::nothing_to_undo;
        nothing.summary = "there is no edit to undo";
        return nothing;
    }
    const auto cohort = store_.load_cohort(latest->cohort_id);
    const auto inverse = inverse_from_json(latest->edit.inverse);
    const std::string number = std::to_string(latest->edit_id.value);
    if (!cohort || !inverse) return fault("edit", number, "was recorded in a way that cannot be undone");
    return carry_out(store_, zones_, clock_, request, *cohort, draft_undo(*cohort, *latest, *inverse));
}

}  // namespace convene
