// tests/discord_sandbox/modes.h: what only a live server could settle, both ways.
//
// The sandbox's defaults are the stricter readings; each mode here is another
// one, as settings of the sandbox. What convene does must come out the same.
#pragma once
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace convene::discord {

struct Mode {
    std::string name;  ///< letters and underscores
    nlohmann::json settings;
};

/// For GoogleTest.
inline void PrintTo(const Mode& mode, std::ostream* out) {
    *out << mode.settings;
}

[[nodiscard]] inline std::vector<Mode> modes() {
    return {
        {"defaults", nlohmann::json::object()},
        // How far enforce_nonce reaches.
        {"nonce_kept_for_a_second", {{"nonce_window_ms", 1'000}}},
        {"nonce_kept_for_an_hour", {{"nonce_window_ms", 3'600'000}}},
        {"nonce_per_channel", {{"nonce_per_channel", true}}},
        // Whether the list of events keeps those that are over.
        {"finished_events_listed", {{"list_finished_events", true}}},
        // Whether a series counts once.
        {"series_count_once", {{"places_of_a_series", 1}}},
        // What becomes of overwrites for those who are not there, or go.
        {"overwrites_wait_for_joiners", {{"absent_member_overwrites", true}}},
        {"overwrites_go_with_leavers", {{"overwrites_survive_leaving", false}}},
        // The buckets of creating channels and events, which nobody has published.
        {"one_channel_at_a_time",
         {{"buckets",
           {{"create_guild_channel", {{"limit", 1}, {"window_ms", 300}}},
            {"create_guild_scheduled_event", {{"limit", 1}, {"window_ms", 200}}}}}}},
        {"a_limit_of_the_server_that_no_header_shows",
         {{"server_writes", {{"limit", 4}, {"window_ms", 700}}}}},
        // Whether categories count toward the 500.
        {"categories_do_not_count", {{"categories_count", false}, {"channels_per_guild", 5}}},
        // A topic on a voice channel, an end before the start.
        {"voice_topics_ignored", {{"refuse_voice_topic", false}}},
        {"end_before_start_accepted", {{"refuse_end_before_start", false}}},
        // GET of a channel that the bot cannot view.
        {"hidden_channels_unknown", {{"hidden_channel", "unknown_channel"}}},
        {"hidden_channels_obfuscated", {{"hidden_channel", "obfuscated"}}},
        // And what reports disagree on.
        {"every_channel_listed", {{"hide_unviewable_channels", false}}},
        {"known_fields_only", {{"unknown_fields", false}}},
        {"embeds_twice", {{"duplicated_embeds", true}}},
        {"pins_without_notice", {{"pin_notice", false}}},
        {"punctuation_kept", {{"strip_channel_punctuation", false}}},
        {"members_listed", {{"guild_members_intent", true}}},
        {"lists_lag", {{"list_lag_ms", 300}}},
        {"early_overwrites_lost", {{"lost_overwrite_ms", 200}}},
        {"second_answers_unknown", {{"second_ack_unknown", true}}},
        {"command_defaults_shown", {{"show_command_defaults", true}}},
    };
}

}  // namespace convene::discord
