#include <fmt/format.h>

#include <algorithm>

#include "app/natural_order.h"
#include "discord/realize/access.h"
#include "discord/realize/marker.h"
#include "discord/realize/planner.h"
#include "discord/realize/text.h"
#include "discord/wire/guild_permissions.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

constexpr std::size_t kMaxName = 100;
constexpr std::size_t kMaxTopicText = 900;  // of 1024, the marker needs its place

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

std::string text_name(const std::string& group_name, GroupId id) {
    const std::string name = text_channel_name(shortened(group_name, kMaxName));
    return name.empty() ? fmt::format("group-{}", id.value) : name;
}

std::string voice_name(const std::string& group_name) {
    return shortened(group_name, kMaxName - 6) + " Voice";
}

}  // namespace

std::vector<std::string> Planner::find_channel(const JournalEntry& entry) const {
    const ChannelApplied sent = read_channel_applied(entry.applied);
    const auto made_by_us = [&](const Channel& channel, Permissions bot_allows) {
        const Overwrite* own = channel.overwrite(in_.server.bot.user_id);
        const auto made = made_at(channel.id);
        return own != nullptr && own->allow == bot_allows && made && *made >= earliest_of(entry);
    };
    const auto for_same_people = [&](const Channel& channel) {
        return std::all_of(sent.members.begin(), sent.members.end(),
                           [&](const std::string& user) { return channel.overwrite(user) != nullptr; });
    };
    std::vector<std::string> found;
    for (const auto& [id, channel] : in_.server.channels) {
        if (claimed_.contains(id)) continue;
        switch (entry.key.object) {
            case DiscordObject::category:
                if (channel.type == ChannelType::category && channel.name == sent.name &&
                    made_by_us(channel, access::kBotCategory)) {
                    found.push_back(id);
                }
                break;
            case DiscordObject::text_channel:
                if (channel.type == ChannelType::text &&
                    channel.topic.find(in_brackets(entry.marker)) != std::string::npos) {
                    found.push_back(id);
                }
                break;
            case DiscordObject::voice_channel: {
                const bool in_our_category =
                    channel.parent_id &&
                    std::any_of(categories_.begin(), categories_.end(), [&](const CategoryState& c) {
                        const auto known = out_.ids.find(c.key);
                        return known != out_.ids.end() && known->second == *channel.parent_id;
                    });
                if (channel.type == ChannelType::voice && channel.name == sent.name && in_our_category &&
                    made_by_us(channel, access::kBotVoice) && for_same_people(channel)) {
                    found.push_back(id);
                }
                break;
            }
            default:
                break;
        }
    }
    return found;
}

/// Of one that was gone or hidden: it was hidden.
bool Planner::shown_again(const JournalEntry& entry) const {
    return entry.given_up && entry.discord_id && in_.server.channels.contains(*entry.discord_id);
}

Planner::Standing Planner::resolve_channel(const OperationKey& key, const RealizationGroup* group,
                                           const std::optional<std::string>& column,
                                           const std::string& name) {
    const JournalEntry* known = entry(key);
    const bool restore = in_.options.restore;
    const std::string what = fmt::format("the {} {}", object_name(key.object),
                                         quoted(group != nullptr ? group_name(*group) : name));
    if (known != nullptr && known->guild_id != in_.server.guild.id) {
        other_server_ = true;
        return restore ? Standing::absent : Standing::gone;
    }
    if (known != nullptr && shown_again(*known)) {
        const std::string& shown = in_.server.channels.at(*known->discord_id).name;
        out_.steps.push_back({key,
                              group != nullptr ? group_name(*group) : "",
                              Adopt{*known->discord_id, known->applied, shown},
                              {},
                              {}});
    } else if (known != nullptr && known->given_up) {
        if (restore) return Standing::absent;
        forgo(key, group, what);
        return Standing::gone;
    }
    const std::optional<std::string> id = known != nullptr && known->discord_id   ? known->discord_id
                                          : known != nullptr && known->in_doubt() ? std::nullopt
                                                                                  : column;
    if (!id) {
        if (known == nullptr || !known->in_doubt()) return Standing::absent;
        const Standing standing = settle_doubt(*known, group, find_channel(*known));
        if (standing == Standing::exists) {
            const Channel& adopted = in_.server.channels.at(out_.ids.at(key));
            ChannelApplied applied = read_channel_applied(known->applied);
            applied.stored = adopted.name;
            compare_channel(key, group, adopted, name, applied);
        } else if (standing == Standing::absent) {
            note_unprovable(
                *known, group,
                in_.options.top_up ? RealizationNote::Kind::shortfall : RealizationNote::Kind::blocker);
        }
        return standing;
    }
    const auto hidden = [&] {
        note(RealizationNote::Kind::drift, what + " is hidden from the bot and is left alone",
             "give the bot View Channel there");
        return Standing::hidden;
    };
    if (const auto channel = in_.server.channels.find(*id); channel != in_.server.channels.end()) {
        // A server may list what the bot cannot view; a category shows with its channels.
        if (group != nullptr && (channel_permissions(in_.server.guild, in_.server.bot, channel->second) &
                                 permission::kViewChannel) == 0)
            return hidden();
        out_.ids[key] = *id;
        compare_channel(key, group, channel->second, name,
                        known != nullptr ? read_channel_applied(known->applied) : ChannelApplied{});
        return Standing::exists;
    }
    const auto fate = in_.server.missing.find(*id);
    if (fate == in_.server.missing.end()) {
        out_.questions.channels.insert(*id);
        return Standing::asked;
    }
    if (fate->second == Fate::hidden) return hidden();
    if (restore) return Standing::absent;
    forgo(key, group, what);
    return Standing::gone;
}

std::string Planner::category_name(int ordinal) const {
    std::string name = one_line(in_.cohort.cohort_name);
    if (name.empty()) name = fmt::format("Cohort {}", in_.cohort.cohort_id.value);
    if (ordinal == 0) return shortened(name, kMaxName);
    return shortened(name, kMaxName - 6) + fmt::format(" ({})", ordinal + 1);
}

void Planner::resolve_categories() {
    int count = 1;
    for (const auto& [journal_key, known] : journal_) {
        if (journal_key.object == DiscordObject::category) count = std::max(count, journal_key.ordinal + 1);
    }
    for (int ordinal = 0; ordinal < count; ++ordinal) {
        CategoryState state;
        state.key = key(DiscordObject::category, nullptr, nullptr, ordinal);
        const auto column = ordinal == 0 ? in_.cohort.discord_category_id : std::nullopt;
        state.standing = resolve_channel(state.key, nullptr, column, category_name(ordinal));
        if (state.standing == Standing::exists) {
            const std::string& id = out_.ids.at(state.key);
            for (const auto& [channel_id, channel] : in_.server.channels) {
                if (channel.parent_id == id) --state.free;
            }
            if (in_.full_categories.contains(id)) state.free = 0;
            const auto category = in_.server.channels.find(id);
            if (category != in_.server.channels.end() &&
                (channel_permissions(in_.server.guild, in_.server.bot, category->second) &
                 permission::kManageChannels) == 0) {
                unmanageable_.push_back(category->second.name);
            }
        }
        standing_[state.key] = state.standing;
        categories_.push_back(state);
    }
}

void Planner::create_category(int ordinal) {
    const OperationKey category = key(DiscordObject::category, nullptr, nullptr, ordinal);
    CreateChannel create;
    create.type = ChannelType::category;
    create.name = category_name(ordinal);
    create.overwrites = {everyone_overwrite(in_.server.guild.id, create.type),
                         bot_overwrite(in_.server.bot.user_id, create.type)};
    out_.steps.push_back({category, "", std::move(create), {}, {}});
}

std::optional<OperationKey> Planner::place(int channels, const OperationKey* beside) {
    const auto take = [&](CategoryState& state) {
        state.free -= channels;
        if (state.standing == Standing::absent) {
            const bool begun = std::any_of(out_.steps.begin(), out_.steps.end(),
                                           [&](const Step& step) { return step.key == state.key; });
            if (!begun) create_category(state.key.ordinal);
        }
        return state.key;
    };
    const auto open = [&](const CategoryState& state) {
        return usable(state.key) && state.free >= channels && !in_.refused.contains(state.key);
    };
    if (beside != nullptr) {
        for (CategoryState& state : categories_) {
            if (state.key == *beside && open(state)) return take(state);
        }
    }
    for (CategoryState& state : categories_) {
        if (open(state)) return take(state);
    }
    // Categories that a person deleted are not made again unasked, nor replaced by a new one.
    const bool any_left = std::any_of(categories_.begin(), categories_.end(),
                                      [&](const CategoryState& state) { return usable(state.key); });
    if (!any_left) return std::nullopt;
    CategoryState next;
    next.key = key(DiscordObject::category, nullptr, nullptr, static_cast<int>(categories_.size()));
    standing_[next.key] = Standing::absent;
    categories_.push_back(next);
    return take(categories_.back());
}

void Planner::plan_channels() {
    for (const RealizationGroup& group : in_.cohort.groups) {
        const OperationKey text = key(DiscordObject::text_channel, &group);
        const OperationKey voice = key(DiscordObject::voice_channel, &group);
        const std::string name = group_name(group);
        standing_[text] =
            resolve_channel(text, &group, group.discord_text_channel_id, text_name(name, group.group_id));
        standing_[voice] = resolve_channel(voice, &group, group.discord_voice_channel_id, voice_name(name));

        const bool new_text = standing_[text] == Standing::absent;
        const bool new_voice = standing_[voice] == Standing::absent;
        if (new_text || new_voice) {
            // Text and voice stay side by side.
            const OperationKey* beside = nullptr;
            for (const OperationKey& sibling : {text, voice}) {
                const auto id = out_.ids.find(sibling);
                const auto channel =
                    id == out_.ids.end() ? in_.server.channels.end() : in_.server.channels.find(id->second);
                if (channel == in_.server.channels.end()) continue;
                for (const CategoryState& category : categories_) {
                    const auto category_id = out_.ids.find(category.key);
                    if (category_id != out_.ids.end() && channel->second.parent_id == category_id->second) {
                        beside = &category.key;
                    }
                }
            }
            std::optional<OperationKey> beside_key;
            if (beside != nullptr) beside_key = *beside;
            const auto parent =
                place((new_text ? 1 : 0) + (new_voice ? 1 : 0), beside_key ? &*beside_key : nullptr);
            if (!parent) {
                nowhere_ = true;
                if (new_text) standing_[text] = Standing::gone;
                if (new_voice) standing_[voice] = Standing::gone;
            } else {
                if (new_text) create_channel(group, text, ChannelType::text, *parent);
                if (new_voice) create_channel(group, voice, ChannelType::voice, *parent);
            }
        }
        if (standing_[text] == Standing::exists) plan_access(group, text, ChannelType::text);
        if (standing_[voice] == Standing::exists) plan_access(group, voice, ChannelType::voice);
    }
}

/// How many of the cohort's groups come before it, as people count.
int Planner::rank(const RealizationGroup& group) const {
    const auto before = [&](const RealizationGroup& other) {
        return other.group_name == group.group_name ? other.group_id < group.group_id
                                                    : natural_less(other.group_name, group.group_name);
    };
    return static_cast<int>(std::count_if(in_.cohort.groups.begin(), in_.cohort.groups.end(), before));
}

void Planner::create_channel(const RealizationGroup& group, const OperationKey& channel_key, ChannelType type,
                             const OperationKey& parent) {
    const std::string name = group_name(group);
    CreateChannel create;
    create.type = type;
    create.parent = parent;
    create.position = rank(group);
    if (type == ChannelType::text) {
        create.name = text_name(name, group.group_id);
        create.topic =
            shortened(fmt::format("{} of {}", name, one_line(in_.cohort.cohort_name)), kMaxTopicText);
    } else {
        create.name = voice_name(name);
    }
    create.overwrites = {everyone_overwrite(in_.server.guild.id, type),
                         bot_overwrite(in_.server.bot.user_id, type)};
    std::vector<Step> further;
    for (const RealizationMember& member : group.members) {
        if (asked_later(group, member)) {
            create.if_here.push_back({member_overwrite(*member.discord_id, type), member.name});
            create.people.push_back(member.name);
            continue;
        }
        if (on_server(member) != true) continue;
        const Overwrite overwrite = member_overwrite(*member.discord_id, type);
        if (create.overwrites.size() < kMaxOverwritesPerRequest) {
            create.overwrites.push_back(overwrite);
            create.people.push_back(member.name);
        } else {
            further.push_back({channel_key, name, Grant{overwrite, member.name}, {channel_key}, {}});
        }
    }
    if (in_.refused.contains(channel_key)) return;
    out_.steps.push_back({channel_key, name, std::move(create), {parent}, {}});
    for (Step& step : further) out_.steps.push_back(std::move(step));
}

}  // namespace convene::discord
