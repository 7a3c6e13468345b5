#include "discord/realize/planner.h"

#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/marker.h"
#include "discord/realize/text.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

// Our clock and Discord's may differ by so much, and the journal keeps minutes.
constexpr Minutes kClockTolerance{15};

bool is_channel(DiscordObject object) {
    return object == DiscordObject::category || object == DiscordObject::text_channel ||
           object == DiscordObject::voice_channel;
}

}  // namespace

Planner::Planner(const PlanInput& input)
    : in_(input), now_(input.server.now.value_or(input.now)), claimed_(input.foreign_ids) {
    for (const JournalEntry& entry : in_.journal) {
        journal_[entry.key] = &entry;
        if (entry.discord_id) claimed_.insert(*entry.discord_id);
    }
    if (in_.cohort.discord_category_id) claimed_.insert(*in_.cohort.discord_category_id);
    for (const auto* groups : {&in_.cohort.groups, &in_.cohort.ended_groups}) {
        for (const RealizationGroup& group : *groups) {
            if (group.discord_text_channel_id) claimed_.insert(*group.discord_text_channel_id);
            if (group.discord_voice_channel_id) claimed_.insert(*group.discord_voice_channel_id);
            for (const RealizationMeeting& meeting : group.meetings) {
                if (meeting.discord_event_id) claimed_.insert(*meeting.discord_event_id);
            }
        }
    }
}

StepPlan Planner::plan() {
    resolve_categories();
    plan_channels();
    compare_order();
    plan_events();
    plan_ended_groups();
    for (const RealizationGroup& group : in_.cohort.groups) plan_messages(group);
    // Access that has ended ends first; what the journal alone must learn costs nothing.
    std::stable_sort(out_.steps.begin(), out_.steps.end(), [](const Step& left, const Step& right) {
        const auto rank = [](const Step& step) {
            if (journal_only(step)) return 0;
            return std::holds_alternative<Withdraw>(step.action) ? 1 : 2;
        };
        return rank(left) < rank(right);
    });
    note_people();
    preflight();
    return std::move(out_);
}

StepPlan plan_steps(const PlanInput& input) {
    const bool home = input.options.goal == RealizationOptions::Goal::home;
    return home ? Planner(input).plan() : Planner(input).archive();
}

const JournalEntry* Planner::entry(const OperationKey& key) const {
    const auto found = journal_.find(key);
    return found == journal_.end() ? nullptr : found->second;
}

OperationKey Planner::key(DiscordObject object, const RealizationGroup* group,
                          const RealizationMeeting* meeting, int ordinal) const {
    OperationKey key;
    key.object = object;
    key.cohort_id = in_.cohort.cohort_id;
    if (group != nullptr) key.group_id = group->group_id;
    if (meeting != nullptr) key.meeting_id = meeting->meeting_id;
    key.ordinal = ordinal;
    return key;
}

bool Planner::usable(const OperationKey& key) const {
    const auto found = standing_.find(key);
    return found != standing_.end() &&
           (found->second == Standing::exists || found->second == Standing::absent);
}

std::string Planner::group_name(const RealizationGroup& group) const {
    const std::string name = one_line(group.group_name);
    return name.empty() ? fmt::format("Group {}", group.group_id.value) : name;
}

void Planner::note(RealizationNote::Kind kind, std::string message, std::string mend) {
    out_.notes.push_back({kind, std::move(message), std::move(mend)});
}

void Planner::forgo(const OperationKey& key, const RealizationGroup* group, const std::string& what) {
    const JournalEntry* known = entry(key);
    // Of a channel that the bot may not view Discord may say that it does not know it.
    const bool channel = is_channel(key.object);
    if (channel) {
        note(RealizationNote::Kind::drift, what + " is gone from Discord or hidden from the bot; left so",
             "give the bot View Channel there; or convene realize --restore makes it again");
    } else {
        note(RealizationNote::Kind::drift, what + " was deleted on Discord and is left so",
             "convene realize --restore makes it again");
    }
    if (known != nullptr && !known->given_up) {
        const char* why = channel ? "gone or hidden" : "deleted on Discord";
        out_.steps.push_back({key, group != nullptr ? group_name(*group) : "", GiveUp{why}, {}, {key}});
    }
}

/// Of a channel in doubt that no list shows: it may be hidden from the bot, and without the audit log
/// nobody can tell. Then no second one is made unasked.
void Planner::note_unprovable(const JournalEntry& entry, const RealizationGroup* group,
                              RealizationNote::Kind kind) {
    const bool too_early = entry.begun_at > in_.settled_until;
    if (in_.server.may_read_audit_log || in_.options.restore || too_early) return;
    note(kind,
         fmt::format(
             "nobody can tell whether the {}{} exists: Discord's answer to an earlier run was lost, no "
             "list shows it, and the bot may not read the audit log. It may be hidden from the bot",
             object_name(entry.key.object), group != nullptr ? " of " + group_name(*group) : ""),
         "give the bot View Audit Log and run it again; or convene realize --restore makes it, a second one "
         "if "
         "it was hidden");
}

Instant Planner::earliest_of(const JournalEntry& entry) const {
    return entry.begun_at - kClockTolerance;
}

Planner::Standing Planner::settle_doubt(const JournalEntry& entry, const RealizationGroup* group,
                                        std::vector<std::string> found) {
    std::sort(found.begin(), found.end(), older);
    const bool in_audit_log = entry.key.object != DiscordObject::welcome_message &&
                              entry.key.object != DiscordObject::notice_message;
    if (found.size() != 1 && in_audit_log) return settle_by_audit_log(entry, group, found);
    return found.empty() ? not_found(entry) : adopt(entry, group, found.front());
}

Planner::Standing Planner::not_found(const JournalEntry& entry) {
    if (entry.begun_at > in_.settled_until) out_.doubts.push_back(entry.key);
    return Standing::absent;
}

/// Lists did not decide: the thing is not there, bears another name, hides from the bot, or has a twin.
Planner::Standing Planner::settle_by_audit_log(const JournalEntry& entry, const RealizationGroup* group,
                                               const std::vector<std::string>& found) {
    const bool event = entry.key.object == DiscordObject::event;
    const auto action = event ? AuditEntry::Action::event_create : AuditEntry::Action::channel_create;
    const auto log = in_.server.audit_log.find(action);
    if (log == in_.server.audit_log.end()) {
        const Instant since = earliest_of(entry);
        const auto [asked, first] = out_.questions.audit_log.emplace(action, since);
        if (!first) asked->second = std::min(asked->second, since);
        return Standing::asked;
    }
    const auto line = std::find_if(log->second.begin(), log->second.end(), [&](const AuditEntry& each) {
        return each.reason.find(in_brackets(entry.marker)) != std::string::npos &&
               !claimed_.contains(each.target_id);
    });
    const std::string id = line != log->second.end() ? line->target_id : found.empty() ? "" : found.front();
    if (id.empty()) return not_found(entry);
    for (const std::string& other : found) {
        if (other == id) continue;
        note(RealizationNote::Kind::drift,
             fmt::format("there is a second {} (id {}) like {}, which is used", object_name(entry.key.object),
                         other, id),
             "look at it and delete it by hand if it is not needed");
    }
    if (in_.server.channels.contains(id) || in_.server.events.contains(id)) return adopt(entry, group, id);
    const auto fate = in_.server.missing.find(id);
    if (fate == in_.server.missing.end()) {
        (event ? out_.questions.events : out_.questions.channels).insert(id);
        return Standing::asked;
    }
    const std::string what = fmt::format("the {} that an earlier run made{}", object_name(entry.key.object),
                                         group != nullptr ? " for " + group_name(*group) : "");
    if (fate->second == Fate::gone) {
        if (in_.options.restore) return Standing::absent;
        // With its id the journal knows it again should it only have been hidden.
        adopt(entry, group, id);
        out_.ids.erase(entry.key);
        forgo(entry.key, group, what);
        return Standing::gone;
    }
    adopt(entry, group, id);
    note(RealizationNote::Kind::drift, what + " is hidden from the bot and is left alone",
         "give the bot View Channel there");
    return Standing::hidden;
}

Planner::Standing Planner::adopt(const JournalEntry& entry, const RealizationGroup* group,
                                 const std::string& id) {
    claimed_.insert(id);
    Adopt adopt{id, entry.applied, ""};
    if (const auto channel = in_.server.channels.find(id); channel != in_.server.channels.end()) {
        ChannelApplied applied = read_channel_applied(entry.applied);
        applied.stored = channel->second.name;
        adopt.applied = to_json(applied);
        adopt.name = channel->second.name;
    } else if (const auto event = in_.server.events.find(id); event != in_.server.events.end()) {
        adopt.name = event->second.name;
    }
    out_.ids[entry.key] = id;
    out_.steps.push_back({entry.key, group != nullptr ? group_name(*group) : "", std::move(adopt), {}, {}});
    return Standing::exists;
}

}  // namespace convene::discord
