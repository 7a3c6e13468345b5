#include "discord/realize/planner.h"

#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/text.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

// Our clock and Discord's may differ by so much, and the journal keeps minutes.
constexpr Minutes kClockTolerance{15};

}  // namespace

Planner::Planner(const PlanInput& input)
    : in_(input), now_(input.server.now.value_or(input.now)), claimed_(input.foreign_ids) {
    for (const JournalEntry& entry : in_.journal) {
        journal_[entry.key] = &entry;
        if (entry.discord_id) claimed_.insert(*entry.discord_id);
    }
    if (in_.cohort.discord_category_id) claimed_.insert(*in_.cohort.discord_category_id);
    for (const RealizationGroup& group : in_.cohort.groups) {
        if (group.discord_text_channel_id) claimed_.insert(*group.discord_text_channel_id);
        if (group.discord_voice_channel_id) claimed_.insert(*group.discord_voice_channel_id);
        for (const RealizationMeeting& meeting : group.meetings) {
            if (meeting.discord_event_id) claimed_.insert(*meeting.discord_event_id);
        }
    }
}

StepPlan Planner::plan() {
    resolve_categories();
    plan_channels();
    plan_events();
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
    return Planner(input).plan();
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
    note(RealizationNote::Kind::drift, what + " was deleted on Discord and is left so",
         "convene realize --restore makes it again");
    if (known != nullptr && !known->given_up) {
        out_.steps.push_back(
            {key, group != nullptr ? group_name(*group) : "", GiveUp{"deleted on Discord"}, {}, {}});
    }
}

Instant Planner::earliest_of(const JournalEntry& entry) const {
    return entry.begun_at - kClockTolerance;
}

Planner::Standing Planner::settle_doubt(const JournalEntry& entry, const RealizationGroup* group,
                                        std::vector<std::string> found) {
    if (found.empty()) {
        if (entry.begun_at > in_.settled_until) out_.doubts.push_back(entry.key);
        return Standing::absent;
    }
    std::sort(found.begin(), found.end(), older);
    const std::string& id = found.front();
    claimed_.insert(id);
    out_.ids[entry.key] = id;
    Adopt adopt{id, entry.applied, ""};
    if (const auto channel = in_.server.channels.find(id); channel != in_.server.channels.end()) {
        ChannelApplied applied = read_channel_applied(entry.applied);
        applied.stored = channel->second.name;
        adopt.applied = to_json(applied);
        adopt.name = channel->second.name;
    } else if (const auto event = in_.server.events.find(id); event != in_.server.events.end()) {
        adopt.name = event->second.name;
    }
    for (std::size_t i = 1; i < found.size(); ++i) {
        note(RealizationNote::Kind::drift,
             fmt::format("there is a second {} {} (id {}) with the mark of {}; the older one is used",
                         object_name(entry.key.object), adopt.name, found[i], id),
             "look at it and delete it by hand if it is not needed");
    }
    out_.steps.push_back({entry.key, group != nullptr ? group_name(*group) : "", std::move(adopt), {}, {}});
    return Standing::exists;
}

}  // namespace convene::discord
