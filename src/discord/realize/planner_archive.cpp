// The end of a cohort: its channels are closed, or removed where that was asked for.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "discord/realize/access.h"
#include "discord/realize/planner.h"
#include "discord/wire/guild_permissions.h"

namespace convene::discord {
namespace {

using namespace permission;

constexpr Permissions kWriting =
    kSendMessages | kAddReactions | kSendMessagesInThreads | kCreatePublicThreads | kCreatePrivateThreads;
constexpr Permissions kTalking = kConnect | kSpeak | kWriting;

}  // namespace

StepPlan Planner::archive() {
    find_leftovers();
    const bool remove = in_.options.goal == RealizationOptions::Goal::removal;
    if (remove) {
        remove_channels();
    } else {
        for (const auto* groups : {&in_.cohort.groups, &in_.cohort.ended_groups}) {
            for (const RealizationGroup& group : *groups) {
                delete_coming_events(group);
                close_channel(group, key(DiscordObject::text_channel, &group), ChannelType::text);
                close_channel(group, key(DiscordObject::voice_channel, &group), ChannelType::voice);
            }
        }
    }
    std::stable_sort(out_.steps.begin(), out_.steps.end(), [](const Step& left, const Step& right) {
        return journal_only(left) && !journal_only(right);
    });
    preflight();
    return std::move(out_);
}

/// Categories, channels and events as far as they can be seen.
void Planner::find_leftovers() {
    int categories = 1;
    for (const auto& [journal_key, known] : journal_) {
        if (journal_key.object == DiscordObject::category)
            categories = std::max(categories, journal_key.ordinal + 1);
    }
    for (int ordinal = 0; ordinal < categories; ++ordinal) {
        CategoryState state;
        state.key = key(DiscordObject::category, nullptr, nullptr, ordinal);
        const auto column = ordinal == 0 ? in_.cohort.discord_category_id : std::nullopt;
        if (leftover_channel(state.key, nullptr, column)) state.standing = Standing::exists;
        if (state.standing != Standing::exists) note_hidden(state.key, nullptr, column);
        categories_.push_back(state);
    }
    for (const auto* groups : {&in_.cohort.groups, &in_.cohort.ended_groups}) {
        for (const RealizationGroup& group : *groups) {
            const OperationKey text = key(DiscordObject::text_channel, &group);
            const OperationKey voice = key(DiscordObject::voice_channel, &group);
            if (!leftover_channel(text, &group, group.discord_text_channel_id))
                note_hidden(text, &group, group.discord_text_channel_id);
            if (!leftover_channel(voice, &group, group.discord_voice_channel_id))
                note_hidden(voice, &group, group.discord_voice_channel_id);
        }
    }
}

/// Of one that lists do not show: whether it is gone or the bot cannot reach it.
void Planner::note_hidden(const OperationKey& channel_key, const RealizationGroup* group,
                          const std::optional<std::string>& column) {
    const JournalEntry* known = entry(channel_key);
    if (known != nullptr && (known->given_up || known->in_doubt() || known->guild_id != in_.server.guild.id))
        return;
    const std::optional<std::string>& id = known != nullptr ? known->discord_id : column;
    if (!id) return;
    const auto fate = in_.server.missing.find(*id);
    if (fate == in_.server.missing.end()) {
        out_.questions.channels.insert(*id);
    } else if (fate->second == Fate::hidden) {
        note(
            RealizationNote::Kind::shortfall,
            fmt::format("the {}{} is hidden from the bot and stays as it is", object_name(channel_key.object),
                        group != nullptr ? " of " + group_name(*group) : ""),
            "give the bot View Channel there, then archive again");
    } else if (known != nullptr) {
        note(
            RealizationNote::Kind::info,
            fmt::format("the {}{} is gone from Discord or hidden from the bot: nothing is done about it",
                        object_name(channel_key.object), group != nullptr ? " of " + group_name(*group) : ""),
            "if it is hidden, give the bot View Channel there, then archive again");
        out_.steps.push_back(
            {channel_key, group != nullptr ? group_name(*group) : "", GiveUp{"gone or hidden"}, {}, {}});
    }
}

/// Everybody may still look; only the bot may write. Former members lose sight of it.
void Planner::close_channel(const RealizationGroup& group, const OperationKey& channel_key,
                            ChannelType type) {
    const auto id = out_.ids.find(channel_key);
    if (id == out_.ids.end()) return;
    const auto found = in_.server.channels.find(id->second);
    if (found == in_.server.channels.end()) return;
    const Channel& channel = found->second;
    const Permissions held = guild_permissions(in_.server.guild, in_.server.bot);
    const Permissions taken = type == ChannelType::voice ? kTalking : kWriting;
    std::set<std::string> former;
    for (const RealizationMember& member : group.former_members) {
        if (member.discord_id) former.insert(*member.discord_id);
    }
    for (const RealizationMember& member : group.members) {
        if (member.discord_id) former.erase(*member.discord_id);
    }

    std::vector<Overwrite> wanted;
    bool everyone = false;
    bool beyond = false;
    for (Overwrite overwrite : channel.overwrites) {
        if (former.contains(overwrite.id)) continue;
        const Overwrite as_it_was = overwrite;
        if (overwrite.id != in_.server.bot.user_id) overwrite.allow &= ~taken;
        if (overwrite.id == in_.server.guild.id) {
            overwrite.deny |= taken & held;
            everyone = true;
        }
        // The bot cannot write a bit that it does not hold.
        if (overwrite != as_it_was && ((overwrite.allow | overwrite.deny) & ~held) != 0) {
            beyond = true;
            overwrite = as_it_was;
        }
        wanted.push_back(overwrite);
    }
    if (!everyone) wanted.push_back({in_.server.guild.id, Overwrite::Type::role, 0, taken & held});
    if (beyond) {
        note(RealizationNote::Kind::shortfall,
             fmt::format("in the {} \"{}\" some were given by hand what the bot may not take back",
                         object_name(channel_key.object), channel.name),
             "look at the channel's permissions by hand");
    }
    if (wanted == channel.overwrites) return;

    const JournalEntry* known = entry(channel_key);
    ChannelApplied applied = known != nullptr ? read_channel_applied(known->applied) : ChannelApplied{};
    if (applied.archived) {
        note(RealizationNote::Kind::drift, fmt::format("the {} \"{}\" was opened again by hand; left so",
                                                       object_name(channel_key.object), channel.name));
        return;
    }
    applied.archived = true;
    if (wanted.size() <= kMaxOverwritesPerRequest) {
        ChangeChannel change;
        change.name = channel.name;
        change.overwrites = std::move(wanted);
        change.applied = std::move(applied);
        out_.steps.push_back({channel_key, group_name(group), std::move(change), {channel_key}, {}});
        return;
    }
    for (const Overwrite& overwrite : wanted) {
        const Overwrite* now = channel.overwrite(overwrite.id);
        if (now != nullptr && *now == overwrite) continue;
        out_.steps.push_back({channel_key,
                              group_name(group),
                              Grant{overwrite, fmt::format("{}, for looking only", overwrite.id)},
                              {channel_key},
                              {}});
    }
    for (const std::string& user : former) {
        if (channel.overwrite(user) == nullptr) continue;
        out_.steps.push_back({channel_key, group_name(group), Withdraw{user, user}, {channel_key}, {}});
    }
}

void Planner::remove_channels() {
    std::set<std::string> ours;
    std::vector<OperationKey> keys;
    for (const auto* groups : {&in_.cohort.groups, &in_.cohort.ended_groups}) {
        for (const RealizationGroup& group : *groups) {
            int events = 0;
            for (const RealizationMeeting& meeting : group.meetings) {
                const auto event = leftover_event(group, meeting);
                if (event && in_.server.events.at(*event).uncompleted()) ++events;
            }
            for (const DiscordObject object : {DiscordObject::text_channel, DiscordObject::voice_channel}) {
                const OperationKey channel_key = key(object, &group);
                const auto id = out_.ids.find(channel_key);
                if (id == out_.ids.end()) continue;
                const auto channel = in_.server.channels.find(id->second);
                if (channel == in_.server.channels.end()) continue;
                const int with_it = object == DiscordObject::voice_channel ? events : 0;
                out_.steps.push_back({channel_key,
                                      group_name(group),
                                      DeleteChannel{channel->second.name, with_it},
                                      {channel_key},
                                      {}});
                ours.insert(id->second);
                keys.push_back(channel_key);
            }
        }
    }
    for (const CategoryState& category : categories_) {
        const auto id = out_.ids.find(category.key);
        if (id == out_.ids.end()) continue;
        const auto found = in_.server.channels.find(id->second);
        if (found == in_.server.channels.end()) continue;
        const bool shared =
            std::any_of(in_.server.channels.begin(), in_.server.channels.end(), [&](const auto& entry) {
                return entry.second.parent_id == id->second && !ours.contains(entry.first);
            });
        if (shared) {
            note(RealizationNote::Kind::info,
                 fmt::format("the category \"{}\" holds channels that convene did not make: it stays",
                             found->second.name));
            continue;
        }
        out_.steps.push_back({category.key, "", DeleteChannel{found->second.name, 0}, {category.key}, keys});
    }
}

}  // namespace convene::discord
