#include "app/edit_groups.h"

#include "app/edit_detail.h"
#include "app/edit_draft.h"
#include "app/edit_history.h"
#include "app/group_drafts.h"
#include "app/locate.h"
#include "app/membership_edits.h"
#include "app/postpone_meetings.h"
#include "app/queries/cohorts.h"
#include "app/queries/people.h"

namespace convene {
namespace {

tl::unexpected<InputFaults> fault(std::string path, std::string_view value, std::string message) {
    return tl::unexpected(InputFaults{{std::move(path), in_quotes(value), std::move(message)}});
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
tl::expected<EditDraft, InputFaults> draft_named_pin(const CohortSnapshot& cohort, std::string_view target,
                                                     bool pinned) {
    const std::vector<GroupId> groups = groups_named(cohort, target);
    const std::vector<UserId> people = people_named(cohort, target);
    if (!groups.empty() && !people.empty())
        return fault("target", target,
                     "names a group and a person; give the group's id or the person's e-mail");
    if (!groups.empty()) {
        const auto group = running_group(cohort, target);
        if (!group) return tl::unexpected(group.error());
        return draft_pin(**group, pinned);
    }
    if (people.empty())
        return fault("target", target, "is neither a group nor anybody of " + cohort.cohort.cohort_name);
    const auto user = find_person(cohort, target);
    if (!user) return tl::unexpected(user.error());
    return draft_pin(cohort, *user, pinned);
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
    auto draft = draft_retime(*cohort, **group, when, anchor, zones_, clock_.now());
    if (!draft) return tl::unexpected(draft.error());
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

EditAnswer GroupEditor::postpone(const EditRequest& request, std::string_view group_text,
                                 const Postponement& wish) {
    const auto cohort = locate(store_, names(request, {}, {group_text}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto group = running_group(*cohort, group_text);
    if (!group) return tl::unexpected(group.error());
    auto draft = draft_postpone(*cohort, **group, wish, zones_, clock_.now());
    if (!draft) return tl::unexpected(draft.error());
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

EditAnswer GroupEditor::rename(const EditRequest& request, std::string_view group_text,
                               std::string_view new_name) {
    const auto cohort = locate(store_, names(request, {}, {group_text}));
    if (!cohort) return tl::unexpected(cohort.error());
    const auto group = running_group(*cohort, group_text);
    if (!group) return tl::unexpected(group.error());
    auto draft = draft_rename(*cohort, **group, new_name);
    if (!draft) return tl::unexpected(draft.error());
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
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
    auto draft = draft_named_pin(*cohort, target, pinned);
    if (!draft) return tl::unexpected(draft.error());
    draft->detail = detail_of({{"target", target}});
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
        const std::vector<StoredEdit> edits = store_.list_edits(cohort);
        const StoredEdit* candidate = edit_to_undo(edits);
        if (candidate != nullptr && (!latest || latest->edit_id < candidate->edit_id)) latest = *candidate;
    }
    if (!latest) {
        EditResult nothing;
        nothing.status = EditStatus::nothing_to_undo;
        nothing.summary = "there is no edit to undo";
        return nothing;
    }
    const auto cohort = store_.load_cohort(latest->cohort_id);
    if (!cohort) return fault("cohort", std::to_string(latest->cohort_id.value), "is gone");
    auto draft = draft_undo(*cohort, *latest, clock_.now());
    if (!draft) return tl::unexpected(draft.error());
    return carry_out(store_, zones_, clock_, request, *cohort, *std::move(draft));
}

}  // namespace convene
