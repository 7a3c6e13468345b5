// What people changed by hand: told and left, or with --restore taken back.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "discord/realize/access.h"
#include "discord/realize/planner.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

constexpr const char* kRestoreMend = "convene realize --restore takes it back";

/// By position as Discord shows channels: equal ones by age.
struct Place {
    int position = 0;
    std::string id;
    OperationKey key;
    int rank = 0;  ///< of the group

    friend bool operator<(const Place& left, const Place& right) {
        if (left.position != right.position) return left.position < right.position;
        return older(left.id, right.id);
    }
};

std::vector<std::string> ids_of(const std::vector<Place>& places) {
    std::vector<std::string> ids;
    for (const Place& place : places) ids.push_back(place.id);
    return ids;
}

}  // namespace

bool Planner::at_home(const Channel& channel) const {
    return channel.parent_id &&
           std::any_of(categories_.begin(), categories_.end(), [&](const CategoryState& category) {
               const auto id = out_.ids.find(category.key);
               return id != out_.ids.end() && id->second == *channel.parent_id;
           });
}

void Planner::compare_channel(const OperationKey& channel_key, const RealizationGroup* group,
                              const Channel& channel, const std::string& name,
                              const ChannelApplied& applied) {
    const bool restore = in_.options.restore;
    const std::string what = fmt::format("the {} \"{}\"", object_name(channel_key.object), channel.name);
    const std::string of_group = group != nullptr ? group_name(*group) : "";
    const Overwrite* everyone = channel.overwrite(in_.server.guild.id);
    if (everyone == nullptr || (everyone->deny & permission::kViewChannel) == 0) {
        if (restore) {
            const Overwrite hidden = everyone_overwrite(in_.server.guild.id, channel.type);
            out_.steps.push_back(
                {channel_key, of_group, Grant{hidden, "nobody but its group"}, {channel_key}, {}});
        } else {
            note(RealizationNote::Kind::drift, what + " can be seen by everyone on the server",
                 "deny @everyone View Channel there, if that is not meant; or " + std::string(kRestoreMend));
        }
    }
    ChangeChannel change;
    change.name = channel.name;
    change.applied = applied;
    const bool has_home =
        std::any_of(categories_.begin(), categories_.end(),
                    [&](const CategoryState& category) { return out_.ids.contains(category.key); });
    if (group != nullptr && has_home && !at_home(channel)) {
        if (restore) {
            change.parent = place(1, nullptr);
        } else {
            note(RealizationNote::Kind::drift, what + " was moved out of the cohort's category; left there",
                 kRestoreMend);
        }
    }
    const bool renamed_by_hand = !applied.stored.empty() && channel.name != applied.stored;
    if (renamed_by_hand && !restore) {
        note(RealizationNote::Kind::drift,
             fmt::format("{} was \"{}\" when convene made it; the new name stays", what, applied.stored),
             kRestoreMend);
    } else if (!applied.stored.empty() && (renamed_by_hand || applied.name != name)) {
        change.new_name = name;
        change.applied.name = name;
    }
    if (!change.new_name && !change.parent) return;
    std::vector<OperationKey> needs = {channel_key};
    if (change.parent) needs.push_back(*change.parent);
    out_.steps.push_back({channel_key, of_group, std::move(change), std::move(needs), {}});
}

void Planner::compare_order() {
    for (const CategoryState& category : categories_) {
        if (!out_.ids.contains(category.key)) continue;
        for (const DiscordObject object : {DiscordObject::text_channel, DiscordObject::voice_channel})
            compare_order_in(category.key, object);
    }
}

/// Channels stand by the position they were sent with (requests arrive in any order), or by
/// their groups; anything else somebody has arranged.
void Planner::compare_order_in(const OperationKey& category, DiscordObject object) {
    std::vector<Place> shown;
    std::vector<Place> sent;
    for (const RealizationGroup& group : in_.cohort.groups) {
        const OperationKey channel_key = key(object, &group);
        const auto id = out_.ids.find(channel_key);
        const JournalEntry* known = entry(channel_key);
        if (id == out_.ids.end() || known == nullptr) continue;
        const auto channel = in_.server.channels.find(id->second);
        const auto position = read_channel_applied(known->applied).position;
        if (channel == in_.server.channels.end() || !position) continue;
        if (channel->second.parent_id != out_.ids.at(category)) continue;
        shown.push_back({channel->second.position, id->second, channel_key, rank(group)});
        sent.push_back({*position, id->second, channel_key, rank(group)});
    }
    std::sort(shown.begin(), shown.end());
    std::sort(sent.begin(), sent.end());
    std::vector<Place> by_group = sent;
    std::sort(by_group.begin(), by_group.end(),
              [](const Place& left, const Place& right) { return left.rank < right.rank; });
    if (ids_of(shown) == ids_of(sent) || ids_of(shown) == ids_of(by_group)) return;
    if (!in_.options.restore) {
        const auto found = in_.server.channels.find(out_.ids.at(category));
        note(RealizationNote::Kind::drift,
             fmt::format("the {}s of the category \"{}\" were put into another order; left so",
                         object_name(object), found != in_.server.channels.end() ? found->second.name : ""),
             kRestoreMend);
        return;
    }
    OrderChannels order;
    for (const Place& each : by_group) order.positions.emplace_back(each.key, each.rank);
    out_.steps.push_back({category, "", std::move(order), {category}, {}});
}

}  // namespace convene::discord
