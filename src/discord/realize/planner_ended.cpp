// Groups that have ended: nothing is built for them any more, and nobody stays let in by mistake.
#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/planner.h"

namespace convene::discord {

/// A channel that may be left from earlier runs: its id where it can be seen, adopted where it was in
/// doubt. Nothing is created in its place.
std::optional<std::string> Planner::leftover_channel(const OperationKey& channel_key,
                                                     const RealizationGroup* group,
                                                     const std::optional<std::string>& column) {
    const JournalEntry* known = entry(channel_key);
    if (known != nullptr && known->guild_id != in_.server.guild.id) {
        other_server_ = true;
        return std::nullopt;
    }
    if (known != nullptr && known->in_doubt()) {
        const Standing standing = settle_doubt(*known, group, find_channel(*known));
        if (standing == Standing::absent) note_unprovable(*known, group, RealizationNote::Kind::shortfall);
        if (standing != Standing::exists) return std::nullopt;
        return out_.ids.at(channel_key);
    }
    if (known != nullptr && known->given_up && !shown_again(*known)) return std::nullopt;
    const std::optional<std::string>& id = known != nullptr ? known->discord_id : column;
    if (!id || !in_.server.channels.contains(*id)) return std::nullopt;
    out_.ids[channel_key] = *id;
    return id;
}

std::optional<std::string> Planner::leftover_event(const RealizationGroup& group,
                                                   const RealizationMeeting& meeting) {
    const OperationKey event_key = key(DiscordObject::event, &group, &meeting);
    const JournalEntry* known = entry(event_key);
    if (known != nullptr && (known->guild_id != in_.server.guild.id || known->given_up)) return std::nullopt;
    if (known != nullptr && known->in_doubt()) {
        if (settle_doubt(*known, &group, find_event(*known, group)) != Standing::exists) return std::nullopt;
        return out_.ids.at(event_key);
    }
    const std::optional<std::string>& id = known != nullptr ? known->discord_id : meeting.discord_event_id;
    if (!id || !in_.server.events.contains(*id)) return std::nullopt;
    out_.ids[event_key] = *id;
    return id;
}

/// \returns how many
int Planner::delete_coming_events(const RealizationGroup& group) {
    int deleted = 0;
    for (const RealizationMeeting& meeting : group.meetings) {
        const auto id = leftover_event(group, meeting);
        if (!id) continue;
        const ScheduledEvent& event = in_.server.events.at(*id);
        if (event.status != ScheduledEvent::Status::scheduled) continue;
        const OperationKey event_key = key(DiscordObject::event, &group, &meeting);
        out_.steps.push_back(
            {event_key, group_name(group), DeleteEvent{event.name, event.start}, {event_key}, {}});
        ++deleted;
    }
    return deleted;
}

/// Groups that were dissolved: whoever was in them has another group now, or none.
void Planner::plan_ended_groups() {
    for (const RealizationGroup& group : in_.cohort.ended_groups) {
        if (group.status == GroupStatus::completed) continue;
        const OperationKey text = key(DiscordObject::text_channel, &group);
        const OperationKey voice = key(DiscordObject::voice_channel, &group);
        const std::size_t before = out_.steps.size();
        if (leftover_channel(text, &group, group.discord_text_channel_id))
            plan_access(group, text, ChannelType::text);
        if (leftover_channel(voice, &group, group.discord_voice_channel_id))
            plan_access(group, voice, ChannelType::voice);
        delete_coming_events(group);
        if (out_.steps.size() > before) {
            note(RealizationNote::Kind::info,
                 fmt::format("{} has ended: nobody keeps access, its coming events go, its channels stay",
                             group_name(group)),
                 "delete its channels by hand when nobody needs them any more");
        }
    }
}

}  // namespace convene::discord
