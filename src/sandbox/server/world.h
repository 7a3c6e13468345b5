// src/sandbox/server/world.h: everything a Discord server holds, as plain values.
//
// One guild, one bot. Operations on it live beside this file, one per kind of
// thing; whoever changes the world says so with note(), so that the state file,
// the gateway and the leak watcher learn of each change exactly once.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/server/permission_bits.h"
#include "sandbox/server/settings.h"
#include "sandbox/server/snowflake.h"

namespace convene::sandbox {

enum class OverwriteKind { role = 0, member = 1 };

struct Overwrite {
    Snowflake id = 0;  ///< of the role or member
    OverwriteKind kind = OverwriteKind::role;
    Permissions allow = 0;
    Permissions deny = 0;
    /// False: stored and shown, but without effect (settings.h, § overwrites).
    bool effective = true;
};

enum class ChannelType { text = 0, voice = 2, category = 4 };

struct Channel {
    Snowflake id = 0;
    ChannelType type = ChannelType::text;
    std::string name;
    std::optional<std::string> topic;
    std::optional<Snowflake> parent_id;
    int position = 0;
    std::vector<Overwrite> overwrites;  ///< at most one per id
    bool nsfw = false;
    int rate_limit_per_user = 0;  ///< seconds
    int bitrate = 64'000;
    int user_limit = 0;
    std::optional<Snowflake> last_message_id;
    std::optional<Instant> last_pin_at;
};

struct Role {
    Snowflake id = 0;  ///< that of @everyone is the guild's
    std::string name;
    Permissions permissions = 0;
    int position = 0;
    std::optional<Snowflake> bot_id;  ///< set for the role that an invited bot brings
};

struct Member {
    Snowflake id = 0;
    std::string username;
    std::optional<std::string> global_name;
    std::optional<std::string> nick;
    bool bot = false;
    bool pending = false;          ///< membership screening not passed yet
    std::vector<Snowflake> roles;  ///< without @everyone
    Instant joined_at{};
};

enum class EventStatus { scheduled = 1, active = 2, completed = 3, canceled = 4 };
enum class EntityType { stage = 1, voice = 2, external = 3 };

struct ScheduledEvent {
    Snowflake id = 0;
    std::string name;
    std::optional<std::string> description;
    std::optional<Snowflake> channel_id;  ///< none for external events
    std::optional<std::string> location;  ///< external events only
    Snowflake creator_id = 0;
    Instant start{};
    std::optional<Instant> end;
    EntityType entity_type = EntityType::voice;
    EventStatus status = EventStatus::scheduled;
    std::optional<Instant> activated_at;
    std::string recurrence_rule;  ///< JSON as Discord returns it; empty for none

    [[nodiscard]] bool uncompleted() const {
        return status == EventStatus::scheduled || status == EventStatus::active;
    }
};

enum class MessageType { normal = 0, channel_pinned_message = 6, reply = 19, chat_input_command = 20 };

/// The interaction that a message answers.
struct MessageOrigin {
    Snowflake interaction_id = 0;
    int interaction_type = 0;
    Snowflake user_id = 0;
    std::string command;                           ///< name; empty for components
    std::optional<Snowflake> original_message_id;  ///< follow-ups: the first answer
    std::optional<Snowflake> pressed_message_id;   ///< components: where the button was
};

struct Message {
    Snowflake id = 0;
    Snowflake channel_id = 0;
    Snowflake author_id = 0;
    MessageType type = MessageType::normal;
    std::string content;
    std::string embeds = "[]";      ///< JSON array, as returned
    std::string components = "[]";  ///< JSON array, as returned
    int flags = 0;
    bool tts = false;
    bool pinned = false;
    std::optional<Instant> pinned_at;
    std::optional<Instant> edited_at;
    std::vector<Snowflake> mentions;  ///< users that were notified
    std::vector<Snowflake> mention_roles;
    bool mention_everyone = false;
    std::optional<Snowflake> pinned_message_id;  ///< for channel_pinned_message
    std::optional<MessageOrigin> origin;         ///< answers to interactions only
};

/// A nonce that was sent with enforce_nonce; kept though Discord never shows it again.
struct NonceUse {
    std::string nonce;
    Snowflake author_id = 0;
    Snowflake channel_id = 0;
    Snowflake message_id = 0;
};

/// A slash command, as its application registered it.
struct Command {
    Snowflake id = 0;
    std::string name;
    std::string shown;  ///< JSON object, as Discord returns it
};

enum class InteractionType { command = 2, component = 3, autocomplete = 4 };

/// Something that became of an interaction, in the order of happening.
struct InteractionStep {
    Instant time{};
    std::string what;  ///< "deferred", "message", "edit", "followup", "delete", "choices", "deferred_update"
    std::string message;  ///< JSON of the message or the choices as they then were; empty for none
};

/// A user's command, press of a button or half-typed option, and its answer.
/// Lives in memory only: its token would not outlast a restart by much.
struct Interaction {
    Snowflake id = 0;
    InteractionType type = InteractionType::command;
    std::string token;
    Snowflake user_id = 0;
    Snowflake channel_id = 0;
    std::string command;  ///< name; empty for components
    std::string data;     ///< JSON object, as the application gets it
    std::optional<Snowflake> pressed_message_id;
    Instant made{};
    std::optional<Instant> acked;
    int response_type = 0;  ///< of the first answer
    bool ephemeral = false;
    bool loading = false;  ///< deferred and not yet answered
    std::optional<Snowflake> original_id;
    std::vector<Snowflake> followups;
    std::string choices;  ///< JSON array, autocomplete only
    std::vector<InteractionStep> steps;
};

enum class AuditAction {
    channel_create = 10,
    channel_update = 11,
    channel_delete = 12,
    overwrite_create = 13,
    overwrite_update = 14,
    overwrite_delete = 15,
    message_delete = 72,
    message_pin = 74,
    message_unpin = 75,
    event_create = 100,
    event_update = 101,
    event_delete = 102,
};

struct AuditEntry {
    Snowflake id = 0;
    AuditAction action = AuditAction::channel_create;
    Snowflake user_id = 0;
    Snowflake target_id = 0;
    std::string reason;  ///< empty for none
};

struct Identity {
    std::string token;             ///< without "Bot "
    std::string signing_key;       ///< secret half, in hexadecimal digits
    std::string interactions_url;  ///< empty: interactions come over the gateway
    Snowflake application_id = 0;
    Snowflake bot_user_id = 0;
    Snowflake admin_user_id = 0;
};

enum class Kind {
    guild,
    settings,
    role,
    member,
    channel,
    event,
    message,
    nonce,
    audit,
    command,
    interaction
};

/// Something came to be, changed or went; which of them shows in the world.
struct Change {
    Kind kind = Kind::guild;
    Snowflake id = 0;
    Snowflake channel_id = 0;  ///< for messages
};

struct World {
    Identity identity;
    Snowflake guild_id = 0;
    std::string guild_name;
    Snowflake owner_id = 0;
    Settings settings;
    std::map<Snowflake, Role> roles;
    std::map<Snowflake, Member> members;
    std::map<Snowflake, Channel> channels;
    std::map<Snowflake, ScheduledEvent> events;                  ///< ended ones stay
    std::map<Snowflake, std::map<Snowflake, Message>> messages;  ///< by channel, then by id
    std::map<Snowflake, NonceUse> nonces;                        ///< by message id
    std::map<Snowflake, AuditEntry> audit_log;
    std::map<Snowflake, Command> commands;
    std::vector<Instant> command_creates;  ///< of new names, in the last day
    std::map<Snowflake, Interaction> interactions;
    std::map<Snowflake, Message> ephemeral_messages;  ///< seen by one user, in no channel's list
    SnowflakeMaker ids;
    std::vector<Change> changes;  ///< since whoever keeps track last took them

    void note(Kind kind, Snowflake id, Snowflake channel_id = 0) {
        changes.push_back({kind, id, channel_id});
    }
};

}  // namespace convene::sandbox
