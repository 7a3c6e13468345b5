#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/marker.h"
#include "discord/realize/planner.h"
#include "discord/wire/guild_permissions.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

using namespace permission;

std::vector<Instant> starts_of(const RealizationGroup& group) {
    std::vector<Instant> starts;
    for (const RealizationMeeting& meeting : group.meetings) starts.push_back(meeting.scheduled_time);
    return starts;
}

}  // namespace

Planner::Standing Planner::resolve_message(const JournalEntry& known, const RealizationGroup& group,
                                           const std::string& after) {
    if (!known.in_doubt()) return Standing::absent;
    const std::string& channel = out_.ids.at(key(DiscordObject::text_channel, &group));
    const auto page = in_.server.messages.find({channel, after});
    if (page == in_.server.messages.end()) {
        out_.questions.message_pages.insert({channel, after});
        return Standing::asked;
    }
    std::vector<std::string> found;
    for (const Message& message : page->second) {
        if (message.author_id == in_.server.bot.user_id &&
            message.content.find(in_brackets(known.marker)) != std::string::npos) {
            found.push_back(message.id);
        }
    }
    return settle_doubt(known, &group, std::move(found));
}

std::optional<OperationKey> Planner::first_event(const RealizationGroup& group) const {
    for (const RealizationMeeting& meeting : group.meetings) {
        const OperationKey event = key(DiscordObject::event, &group, &meeting);
        if (out_.ids.contains(event) || usable(event)) return event;
    }
    return std::nullopt;
}

void Planner::plan_messages(const RealizationGroup& group) {
    const OperationKey text = key(DiscordObject::text_channel, &group);
    if (!usable(text)) return;
    const auto text_id = out_.ids.find(text);
    const bool text_exists = text_id != out_.ids.end();
    // A channel that another program made has had its welcome from there.
    if (text_exists && entry(text) == nullptr) return;

    if (text_exists) {
        const auto channel = in_.server.channels.find(text_id->second);
        if (channel == in_.server.channels.end()) return;
        constexpr Permissions needed = kViewChannel | kSendMessages | kReadMessageHistory;
        const Permissions held = channel_permissions(in_.server.guild, in_.server.bot, channel->second);
        if ((held & needed) != needed) {
            note(RealizationNote::Kind::drift,
                 fmt::format("in the text channel \"{}\" the bot lacks {}: nothing is written there",
                             channel->second.name, permission_names(needed & ~held)),
                 "give it back to the bot");
            return;
        }
    }
    const auto parts = divide_welcome(welcome_data(group), *in_.zones);
    // Once it has begun its length stays, whoever joins: newcomers get a notice.
    const JournalEntry* begun = entry(key(DiscordObject::welcome_message, &group));
    const bool counted = text_exists && begun != nullptr && begun->guild_id == in_.server.guild.id &&
                         !begun->applied.empty() && (begun->discord_id || begun->in_doubt());
    const int count = counted ? read_message_applied(begun->applied).parts : static_cast<int>(parts.size());
    MessageApplied told;
    bool complete = text_exists;
    for (int index = 0; index < count; ++index) {
        const OperationKey part = key(DiscordObject::welcome_message, &group, nullptr, index);
        const Standing standing = text_exists ? resolve_welcome(group, part) : Standing::absent;
        if (standing == Standing::exists) {
            const MessageApplied more = read_message_applied(entry(part)->applied);
            told.users.insert(told.users.end(), more.users.begin(), more.users.end());
            if (index == 0) told.starts = more.starts;
            continue;
        }
        complete = false;
        if (standing != Standing::absent) return;  // to be asked first, or not to be sent again
        if (index < static_cast<int>(parts.size())) send_welcome(group, parts, index);
    }
    if (complete) plan_notices(group, std::move(told));
}

/// Of one message of a welcome, in a text channel that exists.
Planner::Standing Planner::resolve_welcome(const RealizationGroup& group, const OperationKey& part) {
    const JournalEntry* known = entry(part);
    if (in_.refused.contains(part)) return Standing::gone;
    if (known == nullptr || known->guild_id != in_.server.guild.id) return Standing::absent;
    const std::string& channel = out_.ids.at(key(DiscordObject::text_channel, &group));
    if (known->discord_id) {
        const std::string& id = *known->discord_id;
        if (!in_.options.restore || in_.server.seen_messages.contains(id)) {
            out_.ids[part] = id;
            return Standing::exists;
        }
        const auto fate = in_.server.missing.find(id);
        if (fate == in_.server.missing.end()) {
            out_.questions.messages.insert({channel, id});
            return Standing::asked;
        }
        return fate->second == Fate::hidden ? Standing::hidden : Standing::absent;
    }
    if (known->in_doubt()) return resolve_message(*known, group, channel);
    return known->given_up && !in_.options.restore ? Standing::gone : Standing::absent;
}

GroupWelcomeData Planner::welcome_data(const RealizationGroup& group) const {
    GroupWelcomeData data = make_welcome_data(in_.cohort, group);
    data.group_name = group_name(group);
    return data;
}

void Planner::send_welcome(const RealizationGroup& group, const std::vector<MessagePart>& parts, int index) {
    const OperationKey text = key(DiscordObject::text_channel, &group);
    SendMessage send;
    send.kind = SendMessage::Kind::welcome;
    send.channel = text;
    send.data = welcome_data(group);
    send.part = parts.at(static_cast<std::size_t>(index));
    send.applied.starts = starts_of(group);
    send.applied.parts = static_cast<int>(parts.size());
    for (std::size_t i = send.part.first_member; i < send.part.end_member; ++i) {
        const RealizationMember& member = group.members[i];
        if (asked_later(group, member)) {
            send.if_here.push_back(*member.discord_id);
        } else if (has_access(group, member)) {
            send.applied.users.push_back(*member.discord_id);
        }
    }
    Step step{
        key(DiscordObject::welcome_message, &group, nullptr, index), group_name(group), {}, {text}, {text}};
    if (index == 0) {
        send.first_event = first_event(group);
        if (send.first_event) step.after.push_back(*send.first_event);
    } else {
        // In their order: what is in doubt holds up what follows.
        const OperationKey before = key(DiscordObject::welcome_message, &group, nullptr, index - 1);
        step.needs.push_back(before);
        step.after.push_back(before);
    }
    step.action = std::move(send);
    out_.steps.push_back(std::move(step));
}

/// What a group's channel was told since its welcome.
Planner::Notices Planner::read_notices(const RealizationGroup& group, MessageApplied welcome) {
    std::vector<const JournalEntry*> notices;
    Notices out{std::move(welcome), {}, 0};
    for (const auto& [notice_key, known] : journal_) {
        if (notice_key.object != DiscordObject::notice_message || notice_key.group_id != group.group_id)
            continue;
        out.next_ordinal = std::max(out.next_ordinal, notice_key.ordinal + 1);
        if (known->guild_id == in_.server.guild.id) notices.push_back(known);
    }
    // A number that was given to a message never sent is used again, so that numbers do not tell the order.
    std::stable_sort(notices.begin(), notices.end(), [](const JournalEntry* left, const JournalEntry* right) {
        return left->begun_at < right->begun_at;
    });
    for (const JournalEntry* known : notices) {
        if (!known->discord_id) {
            const Standing standing = resolve_message(*known, group, first_id_at(earliest_of(*known)));
            if (standing == Standing::absent) out.unused.insert(known->key.ordinal);
            if (standing != Standing::exists) continue;
        }
        const MessageApplied more = read_message_applied(known->applied);
        if (!more.users.empty()) {
            out.told.users.insert(out.told.users.end(), more.users.begin(), more.users.end());
        } else {
            out.told.starts = more.starts;
            out.told.left = more.left;
        }
    }
    return out;
}

void Planner::plan_notices(const RealizationGroup& group, MessageApplied welcome) {
    Notices notices = read_notices(group, std::move(welcome));
    MessageApplied& told = notices.told;
    std::vector<WelcomeMember> newcomers;
    for (const RealizationMember& member : group.members) {
        if (!member.discord_id || std::count(told.users.begin(), told.users.end(), *member.discord_id) > 0)
            continue;
        if (has_access(group, member))
            newcomers.push_back({member.name, member.discord_id, member.role, member.timezone});
    }
    for (std::size_t first = 0; first < newcomers.size(); first += kNewcomersAtOnce) {
        const std::size_t end = std::min(first + kNewcomersAtOnce, newcomers.size());
        SendMessage message;
        message.kind = SendMessage::Kind::newcomers;
        message.data = welcome_data(group);
        message.newcomers = {newcomers.begin() + static_cast<std::ptrdiff_t>(first),
                             newcomers.begin() + static_cast<std::ptrdiff_t>(end)};
        message.applied.starts = told.starts;
        for (const WelcomeMember& member : message.newcomers)
            message.applied.users.push_back(*member.discord_id);
        (void)send_notice(group, notices, std::move(message), std::nullopt);
    }
    tell_new_times(group, notices);
}

/// Of as many messages as it takes. Each notes what the ones after it have to say: killed in between, the
/// next run goes on from there.
void Planner::tell_new_times(const RealizationGroup& group, Notices& notices) {
    // Only what is still to come is news.
    const auto coming = [&](const std::vector<Instant>& starts) {
        std::vector<Instant> later;
        std::copy_if(starts.begin(), starts.end(), std::back_inserter(later),
                     [&](Instant at) { return at > now_; });
        return later;
    };
    const std::vector<Instant> starts = starts_of(group);
    GroupWelcomeData data = welcome_data(group);
    std::vector<Instant> before = notices.told.starts;
    std::size_t from = 0;
    if (coming(before) == coming(starts)) {
        if (!notices.told.left) return;
        const LeftToTell& left = *notices.told.left;
        std::erase_if(data.members, [&](const WelcomeMember& member) {
            return !member.discord_id ||
                   std::count(left.users.begin(), left.users.end(), *member.discord_id) == 0;
        });
        before = left.before;
        from = std::min(left.first_meeting, data.meetings.size());
        if (data.members.empty() && from == data.meetings.size()) return;
    }
    std::optional<OperationKey> previous;
    const std::vector<MessagePart> parts = divide_new_times(data, before, now_, from);
    for (const MessagePart& part : parts) {
        SendMessage message;
        message.kind = SendMessage::Kind::new_times;
        message.data = data;
        message.part = part;
        message.told = before;
        message.applied.starts = starts;
        if (part != parts.back()) {
            LeftToTell left{{}, part.end_meeting, before};
            for (std::size_t i = part.end_member; i < data.members.size(); ++i)
                if (data.members[i].discord_id) left.users.push_back(*data.members[i].discord_id);
            message.applied.left = std::move(left);
        }
        previous = send_notice(group, notices, std::move(message), previous);
        if (!previous) return;
    }
}

/// \returns its key; empty when Discord has refused it in this run
std::optional<OperationKey> Planner::send_notice(const RealizationGroup& group, Notices& notices,
                                                 SendMessage message,
                                                 const std::optional<OperationKey>& previous) {
    const int ordinal = notices.unused.empty() ? notices.next_ordinal++
                                               : notices.unused.extract(notices.unused.begin()).value();
    const OperationKey notice = key(DiscordObject::notice_message, &group, nullptr, ordinal);
    if (in_.refused.contains(notice)) return std::nullopt;
    message.channel = key(DiscordObject::text_channel, &group);
    std::vector<OperationKey> needs{message.channel};
    if (previous) needs.push_back(*previous);
    out_.steps.push_back({notice, group_name(group), std::move(message), needs, needs});
    return notice;
}

}  // namespace convene::discord
