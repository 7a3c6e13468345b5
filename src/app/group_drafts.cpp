#include "app/group_drafts.h"

#include <nlohmann/json.hpp>

#include "app/apply_changes.h"
#include "app/edit_detail.h"
#include "app/name_match.h"
#include "app/queries/people.h"
#include "app/retimed_meetings.h"

namespace convene {
namespace {

/// Discord's own limit for the names of channels.
constexpr std::size_t kLongestName = 100;

tl::unexpected<InputFaults> fault(std::string path, std::string_view value, std::string message) {
    return tl::unexpected(InputFaults{{std::move(path), in_quotes(value), std::move(message)}});
}

const char* pin_words(bool pinned) {
    return pinned ? " is pinned" : " is no longer pinned";
}

}  // namespace

tl::expected<EditDraft, InputFaults> draft_retime(const CohortSnapshot& cohort, const GroupRow& group,
                                                  std::string_view when,
                                                  std::optional<std::string_view> anchor,
                                                  const ZoneTable& zones, Instant now) {
    InputFaults faults;
    const auto start = read_weekly_start(when);
    if (!start)
        faults.push_back({"time", in_quotes(when), "is not a weekday and a time such as Thursday 18:00"});
    const std::string zone_name(anchor.value_or(group.anchor.value_or("UTC")));
    const ZonePtr zone = zones.find(zone_name);
    if (!zone) faults.push_back({"anchor", in_quotes(zone_name), "is not a time zone"});
    if (!faults.empty()) return tl::unexpected(std::move(faults));

    auto change = time_change(cohort, group, {zone, *start}, zones, now);
    if (!change) return fault("group", group.group_name, "has had all its meetings");
    EditDraft draft;
    draft.command = "retime";
    draft.detail = detail_of({{"group", group.group_name}, {"time", when}, {"anchor", zone->name()}});
    draft.summary = group.group_name + " meets on " + to_string(*start) + " " + zone->name() +
                    (zone->name() == "UTC" ? "" : " (" + change->recurring_meeting_time_utc + " UTC)");
    if (group.meetings.empty())
        draft.notes.push_back(group.group_name + " has no stored meetings: only its weekly time changed");
    else
        draft.notes.push_back("`convene realize` moves the events and tells the group's channel");
    CohortSnapshot after = cohort;
    CohortChanges changes;
    changes.times.push_back(*std::move(change));
    apply_changes(changes, after);
    if (after != cohort) draft.changes = std::move(changes);
    return draft;
}

tl::expected<EditDraft, InputFaults> draft_rename(const CohortSnapshot& cohort, const GroupRow& group,
                                                  std::string_view new_name) {
    const std::string name(trimmed(new_name));
    if (name.empty()) return fault("name", new_name, "is empty");
    if (printable(name) != name) return fault("name", new_name, "holds characters that cannot be printed");
    if (name.size() > kLongestName)
        return fault("name", new_name, "is longer than " + std::to_string(kLongestName) + " bytes");
    for (const GroupRow& other : cohort.groups) {
        const bool taken = other.group_id != group.group_id && is_running(other) &&
                           lower_case(other.group_name) == lower_case(name);
        if (taken) return fault("name", new_name, "is the name of another group of this cohort");
    }
    EditDraft draft;
    draft.command = "rename";
    draft.detail = detail_of({{"group", group.group_name}, {"name", name}});
    draft.summary = group.group_name + " is called " + name;
    if (name != group.group_name) draft.changes.names.push_back({group.group_id, name});
    return draft;
}

EditDraft draft_pin(const GroupRow& group, bool pinned) {
    EditDraft draft;
    draft.command = pinned ? "pin" : "unpin";
    draft.detail = detail_of({{"target", group.group_name}});
    draft.summary = group.group_name + pin_words(pinned);
    if (group.pinned != pinned) draft.changes.pins.push_back({group.group_id, std::nullopt, pinned});
    return draft;
}

tl::expected<EditDraft, InputFaults> draft_pin(const CohortSnapshot& cohort, UserId user, bool pinned) {
    const std::string name = name_of(cohort, user);
    EditDraft draft;
    draft.command = pinned ? "pin" : "unpin";
    draft.detail = detail_of({{"target", name}});
    std::string places;
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        for (const MembershipRow& member : group.members) {
            if (member.user_id != user || member.status != MembershipStatus::active) continue;
            places += (places.empty() ? "" : ", ") + group.group_name;
            if (member.pinned != pinned) draft.changes.pins.push_back({group.group_id, user, pinned});
        }
    }
    if (places.empty()) return fault("target", name, "is in no group");
    draft.summary = name + pin_words(pinned) + " to " + places;
    return draft;
}

}  // namespace convene
