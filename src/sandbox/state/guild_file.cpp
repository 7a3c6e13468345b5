// Reading the guild file: names in it stand for ids, so that a person can write it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sandbox/server/channel_name.h"
#include "sandbox/state/starting_guild.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr long long kDefaultEventMinutes = 60;
constexpr long long kMostCopies = 10'000;

/// Walks the description, looking names up in the world built so far.
class GuildFile {
public:
    GuildFile(World& world, Instant now) : world_(world), now_(now) {}

    std::vector<std::string> apply(const json& description) {
        if (!description.is_object()) return {"must be an object"};
        for (const auto& [key, value] : description.items()) {
            if (key == "name") {
                world_.guild_name = text(value, "name");
            } else if (key == "bot_permissions") {
                bot_role().permissions = bits(value, "bot_permissions");
            } else if (key == "everyone_permissions") {
                world_.roles.at(world_.guild_id).permissions = bits(value, "everyone_permissions");
            } else if (key == "settings") {
                for (const std::string& fault : change_settings(world_.settings, value))
                    faults_.push_back(fault);
            } else if (key != "roles" && key != "members" && key != "channels" && key != "events") {
                fault(key, "no such key");
            }
        }
        // In this order, whatever the order in the file: later ones name earlier ones.
        each(description, "roles", [this](const json& v, const std::string& path) { add_role(v, path); });
        each(description, "members", [this](const json& v, const std::string& path) { add_member(v, path); });
        each(description, "channels",
             [this](const json& v, const std::string& path) { add_channel(v, path); });
        each(description, "events", [this](const json& v, const std::string& path) { add_event(v, path); });
        return faults_;
    }

private:
    void fault(const std::string& path, const std::string& what) {
        faults_.push_back(fmt::format("{}: {}", path, what));
    }

    template <class Add>
    void each(const json& description, const char* key, Add&& add) {
        if (!description.contains(key)) return;
        const json& list = description[key];
        if (!list.is_array()) return fault(key, "must be an array");
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string path = fmt::format("{}[{}]", key, i);
            if (list[i].is_object()) {
                add(list[i], path);
            } else {
                fault(path, "must be an object");
            }
        }
    }

    std::string text(const json& value, const std::string& path) {
        if (value.is_string() && !value.get_ref<const std::string&>().empty())
            return value.get<std::string>();
        fault(path, "must be a text");
        return "";
    }

    Permissions bits(const json& value, const std::string& path) {
        if (value.is_number_unsigned()) return value.get<Permissions>();
        if (value.is_string()) {
            if (value == "0") return 0;
            if (const auto number = parse_snowflake(value.get_ref<const std::string&>())) return *number;
        }
        fault(path, "must be a number, or one in quotes");
        return 0;
    }

    /// The entry's own id, or a new one.
    Snowflake id_of(const json& entry, const std::string& path) {
        if (!entry.contains("id")) return world_.ids.next(now_);
        const auto id = entry["id"].is_string() ? parse_snowflake(entry["id"].get_ref<const std::string&>())
                                                : std::nullopt;
        if (!id) fault(path + ".id", "must be an id in quotes");
        return id.value_or(0);
    }

    Role& bot_role() {
        for (auto& [id, role] : world_.roles) {
            if (role.bot_id) return role;
        }
        return world_.roles.at(world_.guild_id);
    }

    void add_role(const json& entry, const std::string& path) {
        Role role;
        role.id = id_of(entry, path);
        role.position = static_cast<int>(world_.roles.size());
        role.name = text(entry.value("name", json()), path + ".name");
        if (entry.contains("permissions"))
            role.permissions = bits(entry["permissions"], path + ".permissions");
        world_.roles.insert_or_assign(role.id, role);
    }

    /// A role by name or id.
    Snowflake role_named(const json& value, const std::string& path) {
        const std::string wanted = text(value, path);
        for (const auto& [id, role] : world_.roles) {
            if (role.name == wanted || std::to_string(id) == wanted) return id;
        }
        fault(path, fmt::format("no role \"{}\"", wanted));
        return 0;
    }

    void add_member(const json& entry, const std::string& path) {
        Member member;
        member.id = id_of(entry, path);
        member.username = text(entry.value("username", json()), path + ".username");
        member.bot = entry.value("bot", false);
        member.joined_at = now_;
        if (entry.contains("nick")) member.nick = text(entry["nick"], path + ".nick");
        if (entry.contains("global_name"))
            member.global_name = text(entry["global_name"], path + ".global_name");
        for (const json& role : entry.value("roles", json::array())) {
            member.roles.push_back(role_named(role, path + ".roles"));
        }
        world_.members.insert_or_assign(member.id, member);
    }

    /// {"role": "@everyone" | name} or {"member": username | id}, "allow", "deny"
    Overwrite overwrite(const json& entry, const std::string& path) {
        Overwrite out;
        if (entry.contains("role")) {
            out.id = role_named(entry["role"], path + ".role");
        } else {
            out.kind = OverwriteKind::member;
            const std::string wanted = text(entry.value("member", json()), path + ".member");
            for (const auto& [id, member] : world_.members) {
                if (member.username == wanted) out.id = id;
            }
            if (out.id == 0) out.id = parse_snowflake(wanted).value_or(0);
            if (out.id == 0) fault(path + ".member", fmt::format("no member \"{}\"", wanted));
        }
        if (entry.contains("allow")) out.allow = bits(entry["allow"], path + ".allow");
        if (entry.contains("deny")) out.deny = bits(entry["deny"], path + ".deny");
        return out;
    }

    const Channel* channel_named(const std::string& name, ChannelType type) {
        for (const auto& [id, channel] : world_.channels) {
            if (channel.type == type && channel.name == name) return &channel;
        }
        return nullptr;
    }

    void add_channel(const json& entry, const std::string& path) {
        Channel channel;
        const std::string type = entry.value("type", "text");
        if (type != "text" && type != "voice" && type != "category")
            fault(path + ".type", "must be text, voice or category");
        channel.type = type == "voice"      ? ChannelType::voice
                       : type == "category" ? ChannelType::category
                                            : ChannelType::text;
        channel.name = text(entry.value("name", json()), path + ".name");
        if (channel.type == ChannelType::text) {
            channel.name = text_channel_name(channel.name, world_.settings.strip_channel_punctuation);
        }
        if (entry.contains("topic")) channel.topic = text(entry["topic"], path + ".topic");
        if (entry.contains("parent")) {
            const Channel* parent =
                channel_named(text(entry["parent"], path + ".parent"), ChannelType::category);
            if (parent == nullptr) {
                fault(path + ".parent", "no such category before this channel");
            } else {
                channel.parent_id = parent->id;
                channel.overwrites = parent->overwrites;
            }
        }
        if (entry.contains("overwrites")) {
            channel.overwrites.clear();
            for (const json& one : entry["overwrites"])
                channel.overwrites.push_back(overwrite(one, path + ".overwrites"));
        }
        channel.position = static_cast<int>(world_.channels.size());
        add_copies(entry, path, std::move(channel));
    }

    long long count_in(const json& entry, const std::string& path) {
        const json count = entry.value("count", json(1));
        const bool fits = count.is_number_integer() && count >= 0 && count <= kMostCopies;
        if (!fits) fault(path + ".count", fmt::format("must be a whole number up to {}", kMostCopies));
        return fits ? count.get<long long>() : 0;
    }

    /// "count": so many alike, numbered from the second on.
    void add_copies(const json& entry, const std::string& path, Channel channel) {
        const long long count = count_in(entry, path);
        const std::string name = channel.name;
        for (long long i = 1; i <= count; ++i) {
            channel.id = i == 1 ? id_of(entry, path) : world_.ids.next(now_);
            if (i > 1) channel.name = fmt::format("{}-{}", name, i);
            world_.channels.insert_or_assign(channel.id, channel);
            ++channel.position;
        }
    }

    void add_event(const json& entry, const std::string& path) {
        ScheduledEvent event;
        event.name = text(entry.value("name", json()), path + ".name");
        event.creator_id = world_.identity.admin_user_id;
        const auto start = parse_iso(text(entry.value("start", json()), path + ".start"));
        if (!start) return fault(path + ".start", "must be a time like 2026-11-22T18:00:00Z");
        event.start = *start;
        event.end = *start + std::chrono::minutes(entry.value("minutes", kDefaultEventMinutes));
        if (entry.contains("channel")) {
            const Channel* channel =
                channel_named(text(entry["channel"], path + ".channel"), ChannelType::voice);
            if (channel == nullptr) return fault(path + ".channel", "no such voice channel");
            event.channel_id = channel->id;
        } else {
            event.entity_type = EntityType::external;
            event.location = text(entry.value("location", json()), path + ".location");
        }
        const long long count = count_in(entry, path);
        for (long long i = 0; i < count; ++i) {
            event.id = world_.ids.next(now_);
            world_.events.insert_or_assign(event.id, event);
        }
    }

    World& world_;
    Instant now_;
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> apply_guild_file(World& world, const json& description, Instant now) {
    try {
        return GuildFile(world, now).apply(description);
    } catch (const json::exception& wrong_kind) {
        return {fmt::format("a value of the wrong kind: {}", wrong_kind.what())};
    }
}

}  // namespace convene::sandbox
