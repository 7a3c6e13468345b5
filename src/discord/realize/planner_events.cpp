#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/marker.h"
#include "discord/realize/planner.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

constexpr std::size_t kMaxName = 100;
constexpr std::size_t kMaxDescriptionText = 900;  // of 1000, the marker needs its place

}  // namespace

std::string Planner::event_name(const RealizationGroup& group, std::size_t meeting) const {
    return shortened(group_name(group), kMaxName - 20) + fmt::format(" - Meeting {}", meeting + 1);
}

void Planner::plan_events() {
    std::vector<WantedEvent> wanted;
    int past = 0;
    for (const RealizationGroup& group : in_.cohort.groups) {
        if (!usable(key(DiscordObject::voice_channel, &group))) continue;
        for (std::size_t i = 0; i < group.meetings.size(); ++i) {
            const auto event = resolve_event(group, i);
            if (!event) continue;
            if (group.meetings[i].scheduled_time <= now_) {
                ++past;
            } else {
                wanted.push_back(*event);
            }
        }
    }
    if (past > 0) {
        note(RealizationNote::Kind::shortfall,
             fmt::format("{} begun already or past: no event is made for {}",
                         past == 1 ? "1 meeting has" : fmt::format("{} meetings have", past),
                         past == 1 ? "it" : "them"));
    }
    // The nearest meetings of all groups first: nobody's later weeks take the
    // place of somebody's next one.
    std::stable_sort(wanted.begin(), wanted.end(), [](const WantedEvent& left, const WantedEvent& right) {
        return left.group->meetings[left.meeting].scheduled_time <
               right.group->meetings[right.meeting].scheduled_time;
    });
    const auto used = std::count_if(in_.server.events.begin(), in_.server.events.end(),
                                    [](const auto& entry) { return entry.second.uncompleted(); });
    const std::size_t free =
        used >= kMaxUncompletedEvents ? 0 : static_cast<std::size_t>(kMaxUncompletedEvents - used);
    if (!wanted.empty()) {
        note(RealizationNote::Kind::info,
             fmt::format("coming events: {} on the server, room for {} more", used, free));
    }
    if (wanted.size() > free) {
        note(RealizationNote::Kind::shortfall,
             fmt::format(
                 "{} of {} events must wait: Discord allows 100 coming events on a server, and {} are there. "
                 "The nearest meetings of all groups come first",
                 wanted.size() - free, wanted.size(), used),
             "run realize again from time to time: past meetings make room for later ones");
        wanted.resize(free);
    }
    for (const WantedEvent& event : wanted) create_event(event);
}

/// The event to create, or nothing when it exists or must not be made.
std::optional<Planner::WantedEvent> Planner::resolve_event(const RealizationGroup& group,
                                                           std::size_t meeting) {
    const RealizationMeeting& row = group.meetings[meeting];
    const OperationKey event_key = key(DiscordObject::event, &group, &row);
    const WantedEvent wanted{&group, meeting, event_key};
    const JournalEntry* known = entry(event_key);
    const bool restore = in_.options.restore;
    const Instant end = row.scheduled_time + Minutes(in_.cohort.meeting_minutes);
    const std::string what = fmt::format("the event \"{}\"", event_name(group, meeting));

    if (in_.refused.contains(event_key)) return std::nullopt;
    if (known != nullptr && known->guild_id != in_.server.guild.id) {
        other_server_ = true;
        return restore ? std::optional(wanted) : std::nullopt;
    }
    if (known != nullptr && known->given_up) {
        if (restore) return wanted;
        if (end > now_) forgo(event_key, &group, what);
        return std::nullopt;
    }
    const std::optional<std::string> id = known != nullptr && known->discord_id   ? known->discord_id
                                          : known != nullptr && known->in_doubt() ? std::nullopt
                                                                                  : row.discord_event_id;
    if (id) {
        if (const auto event = in_.server.events.find(*id); event != in_.server.events.end()) {
            const bool cancelled = event->second.status == ScheduledEvent::Status::canceled;
            if (cancelled && restore && row.scheduled_time > now_) return wanted;
            out_.ids[event_key] = *id;
            compare_event(group, meeting, event_key, event->second);
            return std::nullopt;
        }
        if (end <= now_) return std::nullopt;  // it is over: lists need not show it any more
        const auto fate = in_.server.missing.find(*id);
        if (fate == in_.server.missing.end()) {
            out_.questions.events.insert(*id);
        } else if (fate->second == Fate::hidden) {
            note(RealizationNote::Kind::drift, what + " is hidden from the bot and is left alone");
        } else if (restore) {
            return wanted;
        } else {
            forgo(event_key, &group, what);
        }
        return std::nullopt;
    }
    if (known == nullptr || !known->in_doubt()) return wanted;

    const Standing standing = settle_doubt(*known, &group, find_event(*known, group));
    if (standing == Standing::exists)
        compare_event(group, meeting, event_key, in_.server.events.at(out_.ids.at(event_key)));
    return standing == Standing::absent ? std::optional(wanted) : std::nullopt;
}

/// By its mark; by place and time where somebody has edited the description.
std::vector<std::string> Planner::find_event(const JournalEntry& entry, const RealizationGroup& group) const {
    const EventApplied sent = read_event_applied(entry.applied);
    const auto voice = out_.ids.find(key(DiscordObject::voice_channel, &group));
    std::vector<std::string> marked;
    std::vector<std::string> alike;
    for (const auto& [event_id, event] : in_.server.events) {
        if (claimed_.contains(event_id) || event.creator_id != in_.server.bot.user_id) continue;
        if (event.description.find(in_brackets(entry.marker)) != std::string::npos) {
            marked.push_back(event_id);
        } else if (voice != out_.ids.end() && event.channel_id == voice->second &&
                   event.start == sent.start) {
            alike.push_back(event_id);  // somebody has edited the description
        }
    }
    return marked.empty() ? alike : marked;
}

void Planner::compare_event(const RealizationGroup& group, std::size_t meeting, const OperationKey& event_key,
                            const ScheduledEvent& event) {
    const bool restore = in_.options.restore;
    const auto left_so = [&](std::string message, std::string mend) {
        note(RealizationNote::Kind::drift, std::move(message), std::move(mend));
    };
    const char* restores = "convene realize --restore takes it back";
    if (event.status == ScheduledEvent::Status::canceled && group.meetings[meeting].scheduled_time > now_) {
        left_so(fmt::format("the event \"{}\" was cancelled on Discord; left so", event.name),
                "convene realize --restore makes it again");
    }
    if (!event.uncompleted()) return;
    const Instant start = group.meetings[meeting].scheduled_time;
    const EventApplied desired{event_name(group, meeting), start,
                               start + Minutes(in_.cohort.meeting_minutes)};
    const EventApplied shown{event.name, event.start, event.end.value_or(desired.end)};
    const JournalEntry* known = entry(event_key);
    const EventApplied applied = known != nullptr ? read_event_applied(known->applied) : shown;

    // Each property by itself: what the database has changed is carried out, what a person has changed stays.
    const auto voice = out_.ids.find(key(DiscordObject::voice_channel, &group));
    const bool elsewhere = voice != out_.ids.end() && event.channel_id != voice->second;
    const bool renamed = shown.name != applied.name;
    const bool moved = shown.start != applied.start || shown.end != applied.end;
    EventChange change;
    if (shown.name != desired.name && (restore || !renamed)) change.name = desired.name;
    if ((shown.start != desired.start || shown.end != desired.end) &&
        (restore || desired.start != applied.start || desired.end != applied.end)) {
        change.start = desired.start;
        change.end = desired.end;
    }
    if (elsewhere && restore) change.channel_id = voice->second;
    if (!restore && renamed && shown.name != desired.name)
        left_so(
            fmt::format("the event \"{}\" was renamed by hand to \"{}\"; left so", applied.name, shown.name),
            restores);
    if (!restore && moved && !change.start && shown.start != desired.start) {
        left_so(fmt::format("the event \"{}\" was moved by hand to {}; left there", event.name,
                            to_iso8601(event.start)),
                "convene postpone or retime, if the meeting has really moved; or convene realize --restore");
    } else if (!restore && moved && !change.start && shown.end != desired.end) {
        left_so(fmt::format("the event \"{}\" was given another end by hand: {}; left so", event.name,
                            to_iso8601(shown.end)),
                restores);
    }
    if (!restore && elsewhere)
        left_so(fmt::format("the event \"{}\" was moved to another channel by hand; left there", event.name),
                restores);

    if (change == EventChange{}) {
        if (known != nullptr && desired != applied)
            out_.steps.push_back({event_key, group_name(group), Remember{to_json(desired)}, {}, {}});
        return;
    }
    if (change.start && (start <= now_ || event.status == ScheduledEvent::Status::active)) {
        note(RealizationNote::Kind::shortfall,
             fmt::format("the event \"{}\" cannot be moved to {}: it runs already, or that is past",
                         event.name, to_iso8601(start)));
        return;
    }
    out_.steps.push_back(
        {event_key, group_name(group), ChangeEvent{change, desired, shown}, {event_key}, {}});
}

void Planner::create_event(const WantedEvent& wanted) {
    const RealizationGroup& group = *wanted.group;
    CreateEvent create;
    create.voice = key(DiscordObject::voice_channel, &group);
    create.name = event_name(group, wanted.meeting);
    create.description =
        shortened(fmt::format("Meeting {} of {} of {}, {}", wanted.meeting + 1, group.meetings.size(),
                              group_name(group), one_line(in_.cohort.cohort_name)),
                  kMaxDescriptionText);
    create.start = group.meetings[wanted.meeting].scheduled_time;
    create.end = create.start + Minutes(in_.cohort.meeting_minutes);
    standing_[wanted.key] = Standing::absent;
    const OperationKey voice = create.voice;
    out_.steps.push_back({wanted.key, group_name(group), std::move(create), {voice}, {}});
}

}  // namespace convene::discord
