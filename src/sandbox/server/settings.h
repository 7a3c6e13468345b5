// src/sandbox/server/settings.h: how strict, late or generous the sandbox is.
//
// Discord's documentation is silent or divided on some points; each is a
// setting here, with the stricter reading as default. They can be given in the
// guild file and changed while it runs (control port, POST /settings).
#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace convene::sandbox {

/// `limit` requests per window of `window_ms`, counted per major parameter.
struct BucketRule {
    int limit = 0;
    long long window_ms = 0;
};

/// How GET /channels/{id} answers for a channel that the bot cannot view.
enum class HiddenChannel {
    missing_access,   ///< 403, 50001
    unknown_channel,  ///< 404, 10003, as if it did not exist
    obfuscated,       ///< 200, with name and overwrites withheld
};

struct Settings {
    // What lists and answers show.
    bool hide_unviewable_channels = true;  ///< Discord's rule since November 2026
    HiddenChannel hidden_channel = HiddenChannel::missing_access;
    bool unknown_fields = true;         ///< objects come with a field that nobody has described
    bool duplicated_embeds = false;     ///< embeds are stored twice, as happens now and then
    bool guild_members_intent = false;  ///< whether GET members is allowed
    bool list_finished_events = false;  ///< completed and cancelled ones stay listed
    long long list_lag_ms = 0;          ///< new objects are missing from lists this long
    long long audit_lag_ms = 0;         ///< the same for audit-log entries

    // Overwrites that are stored and shown but do nothing.
    long long lost_overwrite_ms = 0;         ///< PUT this soon after the channel's creation has no effect
    bool absent_member_overwrites = false;   ///< one for someone not on the server works once they join
    bool overwrites_survive_leaving = true;  ///< false: those of a member go when they leave

    // Messages.
    long long nonce_window_ms = 300'000;  ///< how long enforce_nonce remembers
    bool nonce_per_channel = false;       ///< whether the same nonce elsewhere is another message
    bool pin_notice = true;               ///< pinning posts "X pinned a message"

    bool refuse_voice_topic = true;  ///< 400 instead of ignoring it
    bool refuse_end_before_start = true;
    bool strip_channel_punctuation = true;

    // Event life cycle.
    long long unmet_event_cancel_ms = 4 * 3'600'000LL;  ///< after a start that nobody made
    long long empty_event_complete_ms = 10 * 60'000LL;  ///< after an active one that nobody attends

    // Interactions.
    long long interaction_ack_ms = 3'000;      ///< until the first answer
    long long interaction_token_ms = 900'000;  ///< for edits and follow-ups
    bool second_ack_unknown = false;           ///< a second answer meets 10062 in place of 40060
    bool show_command_defaults = false;        ///< commands come back with "required": false and the like
    int command_creates_per_day = 200;
    bool forged_interactions = true;  ///< each one sent to an endpoint is followed by a forgery

    // The gateway.
    long long heartbeat_interval_ms = 41'250;
    long long session_resume_ms = 180'000;   ///< how long a lost connection's session can be resumed
    int identifies_per_day = 1'000;          ///< one more resets the token, as Discord does
    long long identify_interval_ms = 5'000;  ///< between two Identifies; sooner meets op 9
    bool message_content_intent = false;     ///< whether Identify may ask for it

    // Limits of Discord, lowered by tests that cannot make 500 channels.
    int channels_per_guild = 500;
    int channels_per_category = 50;
    bool categories_count = true;  ///< whether they are channels to that limit
    int categories_per_guild = 50;
    int events_per_guild = 100;
    int places_of_a_series = 4;  ///< of these, what one repeating event takes
    int overwrites_per_request = 100;
    int overwrites_per_channel = 1000;
    int pins_per_channel = 250;

    // Rate limits; the keys of `buckets` are the names in rest/router.cpp.
    bool rate_limits = true;
    int global_per_second = 50;
    int invalid_requests_per_10_minutes = 10'000;
    BucketRule default_bucket{50, 1'000};
    BucketRule channel_rename{2, 600'000};  ///< hidden below the bucket of PATCH channel
    BucketRule server_writes{1'000,
                             600'000};  ///< hidden; what is made in the server, channels and events alike
    int bucket_generation = 0;          ///< another number gives every bucket another hash
    std::map<std::string, BucketRule> buckets{
        {"create_guild_channel", {10, 2'000}},
        {"update_channel", {5, 5'000}},
        {"delete_channel", {5, 5'000}},
        {"set_channel_permission_overwrite", {10, 5'000}},
        {"create_message", {5, 5'000}},
        {"update_message", {5, 5'000}},
        {"create_pin", {5, 4'000}},
        {"create_guild_scheduled_event", {10, 2'000}},
        {"update_guild_scheduled_event", {5, 5'000}},
        {"search_guild_members", {10, 10'000}},
    };
};

[[nodiscard]] nlohmann::json to_json(const Settings& settings);

/// Changes what `changes` names. Returns what is wrong with it, one line each;
/// with faults nothing is changed.
[[nodiscard]] std::vector<std::string> change_settings(Settings& settings, const nlohmann::json& changes);

}  // namespace convene::sandbox
