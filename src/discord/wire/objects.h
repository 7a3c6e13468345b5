// src/discord/wire/objects.h: Discord's objects, as far as convene looks at them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/time/instant.h"
#include "discord/wire/permission_bits.h"

namespace convene::discord {

struct Overwrite {
    enum class Type { role = 0, member = 1 };
    std::string id;
    Type type = Type::member;
    Permissions allow = 0;
    Permissions deny = 0;

    friend bool operator==(const Overwrite&, const Overwrite&) = default;
};

enum class ChannelType { text = 0, voice = 2, category = 4, other = -1 };

struct Channel {
    std::string id;
    ChannelType type = ChannelType::other;
    std::string name;
    std::optional<std::string> parent_id;
    std::string topic;
    std::vector<Overwrite> overwrites;
    int position = 0;         ///< among the channels of its kind; equal ones are shown by id
    bool obfuscated = false;  ///< the bot may not view it: nothing but id, type and place is true

    [[nodiscard]] const Overwrite* overwrite(const std::string& of) const;
    friend bool operator==(const Channel&, const Channel&) = default;
};

struct GuildRole {
    std::string id;
    std::string name;
    Permissions permissions = 0;

    friend bool operator==(const GuildRole&, const GuildRole&) = default;
};

struct Guild {
    std::string id;
    std::string name;
    std::string owner_id;
    std::vector<GuildRole> roles;  ///< the role with the guild's own id is @everyone

    friend bool operator==(const Guild&, const Guild&) = default;
};

struct Member {
    std::string user_id;
    std::vector<std::string> role_ids;

    friend bool operator==(const Member&, const Member&) = default;
};

struct ScheduledEvent {
    enum class Status { scheduled = 1, active = 2, completed = 3, canceled = 4 };
    std::string id;
    std::optional<std::string> channel_id;
    std::string creator_id;
    std::string name;
    std::string description;
    Instant start{};
    std::optional<Instant> end;
    Status status = Status::scheduled;

    /// Counts toward the guild's limit.
    [[nodiscard]] bool uncompleted() const noexcept {
        return status == Status::scheduled || status == Status::active;
    }
    friend bool operator==(const ScheduledEvent&, const ScheduledEvent&) = default;
};

struct Message {
    std::string id;
    std::string author_id;
    std::string content;
    std::string interaction_id{};  ///< of the interaction that it answers; mostly empty

    friend bool operator==(const Message&, const Message&) = default;
};

/// One line of the audit log.
struct AuditEntry {
    /// Discord's numbers.
    enum class Action { channel_create = 10, event_create = 100 };
    std::string id;
    std::string target_id;
    std::string reason;

    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

// What is sent.

struct NewChannel {
    std::string name;
    ChannelType type = ChannelType::text;
    std::optional<std::string> parent_id;
    std::string topic;                  ///< text channels only
    std::vector<Overwrite> overwrites;  ///< at most kMaxOverwritesPerRequest
    std::optional<int> position;        ///< among the channels of its kind in its category; absent: last
};
inline constexpr std::size_t kMaxOverwritesPerRequest = 100;

struct NewEvent {
    std::string channel_id;
    std::string name;
    std::string description;
    Instant start{};
    Instant end{};
};

/// Only what is set is sent.
struct ChannelChange {
    std::optional<std::string> name;
    std::optional<std::string> parent_id;
    std::optional<std::vector<Overwrite>>
        overwrites;  ///< all that it shall have; at most kMaxOverwritesPerRequest

    friend bool operator==(const ChannelChange&, const ChannelChange&) = default;
};

struct ChannelPosition {
    std::string channel_id;
    int position = 0;
};

/// Only what is set is sent.
struct EventChange {
    std::optional<std::string> name;
    std::optional<Instant> start;
    std::optional<Instant> end;
    std::optional<std::string> channel_id;

    friend bool operator==(const EventChange&, const EventChange&) = default;
};

struct EmbedField {
    std::string name;
    std::string value;

    friend bool operator==(const EmbedField&, const EmbedField&) = default;
};

struct Embed {
    std::string title;
    std::string description;
    std::vector<EmbedField> fields{};
    std::string footer{};
    std::optional<int> colour{};  ///< 0xRRGGBB

    friend bool operator==(const Embed&, const Embed&) = default;
};

struct Button {
    std::string custom_id;  ///< comes back when it is pressed; at most 100 characters
    std::string label;
    bool disabled = false;

    friend bool operator==(const Button&, const Button&) = default;
};

struct NewMessage {
    std::string content;
    std::vector<Embed> embeds;
    std::vector<std::string> mentions;  ///< users whom it may notify; nobody else
    std::string nonce;                  ///< at most 25 characters
    std::vector<Button> buttons{};      ///< one row: at most five

    friend bool operator==(const NewMessage&, const NewMessage&) = default;
};

}  // namespace convene::discord
