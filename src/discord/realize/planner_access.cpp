#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "discord/realize/access.h"
#include "discord/realize/planner.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

std::string listed(const std::set<std::string>& names) {
    constexpr std::size_t kShown = 12;
    std::string text;
    std::size_t shown = 0;
    for (const std::string& name : names) {
        if (shown == kShown) return text + fmt::format(" and {} more", names.size() - kShown);
        if (shown++ > 0) text += ", ";
        text += name;
    }
    return text;
}

}  // namespace

RealizationNote absence_note(const std::set<std::string>& names) {
    return {RealizationNote::Kind::info,
            fmt::format("{} not on the server yet: {}",
                        names.size() == 1 ? "1 person is" : fmt::format("{} people are", names.size()),
                        listed(names)),
            "invite them; they get access with the next realize after they have joined"};
}

/// Empty when nobody knows: either the question is put, or there is nobody to ask about.
std::optional<bool> Planner::on_server(const RealizationMember& member) {
    if (!member.discord_id || !is_snowflake(*member.discord_id)) {
        people_without_id_.insert(member.name);
        return std::nullopt;
    }
    const auto known = in_.server.on_server.find(*member.discord_id);
    if (known == in_.server.on_server.end()) {
        out_.questions.members.insert(*member.discord_id);
        return std::nullopt;
    }
    if (!known->second) absent_people_.insert(member.name);
    return known->second;
}

/// Their group's channels are all to be made, so that nothing before the first creation depends on it.
bool Planner::asked_later(const RealizationGroup& group, const RealizationMember& member) const {
    const auto is_new = [&](DiscordObject object) {
        const auto standing = standing_.find(key(object, &group));
        return standing != standing_.end() && standing->second == Standing::absent;
    };
    return in_.people_later && member.discord_id && is_snowflake(*member.discord_id) &&
           !in_.server.on_server.contains(*member.discord_id) &&
           group.members.size() + 2 <= kMaxOverwritesPerRequest && is_new(DiscordObject::text_channel) &&
           is_new(DiscordObject::voice_channel);
}

/// Overwrites are given to people on the server only, so that one says as much as a look.
bool Planner::has_access(const RealizationGroup& group, const RealizationMember& member) {
    if (!member.discord_id) return on_server(member) == true;
    const auto id = out_.ids.find(key(DiscordObject::text_channel, &group));
    if (id != out_.ids.end()) {
        const auto channel = in_.server.channels.find(id->second);
        if (channel != in_.server.channels.end() &&
            channel->second.overwrite(*member.discord_id) != nullptr) {
            return true;
        }
    }
    return on_server(member) == true;
}

void Planner::plan_access(const RealizationGroup& group, const OperationKey& channel_key, ChannelType type) {
    const auto found = in_.server.channels.find(out_.ids.at(channel_key));
    if (found == in_.server.channels.end()) return;
    const Channel& channel = found->second;
    const std::string what = fmt::format("the {} \"{}\"", object_name(channel_key.object), channel.name);
    std::set<std::string> expected = {in_.server.bot.user_id, in_.server.guild.id};

    for (const RealizationMember& member : group.members) {
        if (!member.discord_id) {
            people_without_id_.insert(member.name);
            continue;
        }
        if (!expected.insert(*member.discord_id).second) continue;
        const Overwrite* held = channel.overwrite(*member.discord_id);
        if (held == nullptr) {
            if (on_server(member) != true) continue;
            out_.steps.push_back({channel_key,
                                  group_name(group),
                                  Grant{member_overwrite(*member.discord_id, type), member.name},
                                  {channel_key},
                                  {}});
        } else if ((held->allow & permission::kViewChannel) == 0 && in_.options.restore) {
            if (on_server(member) != true) continue;
            out_.steps.push_back({channel_key,
                                  group_name(group),
                                  Grant{member_overwrite(*member.discord_id, type), member.name},
                                  {channel_key},
                                  {}});
        } else if ((held->allow & permission::kViewChannel) == 0) {
            note(RealizationNote::Kind::drift,
                 fmt::format("{} was taken from {} by hand; left so", what, member.name),
                 "convene realize --restore takes it back");
        }
    }
    for (const RealizationMember& member : group.former_members) {
        if (!member.discord_id || !expected.insert(*member.discord_id).second) continue;
        if (channel.overwrite(*member.discord_id) == nullptr) continue;
        out_.steps.push_back(
            {channel_key, group_name(group), Withdraw{*member.discord_id, member.name}, {channel_key}, {}});
    }
    std::vector<Overwrite> extra;
    std::copy_if(channel.overwrites.begin(), channel.overwrites.end(), std::back_inserter(extra),
                 [&](const Overwrite& held) {
                     return !expected.contains(held.id) && (held.allow & permission::kViewChannel) != 0;
                 });
    if (extra.empty()) return;
    if (in_.options.restore) {
        for (const Overwrite& held : extra) {
            const char* kind = held.type == Overwrite::Type::role ? "role" : "person";
            out_.steps.push_back({channel_key,
                                  group_name(group),
                                  Withdraw{held.id, fmt::format("the {} {}, let in by hand", kind, held.id)},
                                  {channel_key},
                                  {}});
        }
        return;
    }
    note(RealizationNote::Kind::drift,
         fmt::format("{} was opened by hand to {} more {}; left so", what, extra.size(),
                     extra.size() == 1 ? "person or role" : "people or roles"),
         "convene realize --restore takes it back");
}

void Planner::note_people() {
    if (!absent_people_.empty()) out_.notes.push_back(absence_note(absent_people_));
    if (!people_without_id_.empty()) {
        note(RealizationNote::Kind::info,
             fmt::format("without a Discord id, so without access: {}", listed(people_without_id_)),
             "ask for their Discord account and import it");
    }
}

}  // namespace convene::discord
