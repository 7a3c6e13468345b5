#include "sandbox/server/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// Calls `visit(name, member)` for each plain setting: the one list of names
/// that reading, writing and checking share.
template <class AnySettings, class Visit>
void for_each_setting(AnySettings& s, Visit&& visit) {
    visit("hide_unviewable_channels", s.hide_unviewable_channels);
    visit("hidden_channel", s.hidden_channel);
    visit("unknown_fields", s.unknown_fields);
    visit("duplicated_embeds", s.duplicated_embeds);
    visit("guild_members_intent", s.guild_members_intent);
    visit("list_finished_events", s.list_finished_events);
    visit("list_lag_ms", s.list_lag_ms);
    visit("audit_lag_ms", s.audit_lag_ms);
    visit("lost_overwrite_ms", s.lost_overwrite_ms);
    visit("absent_member_overwrites", s.absent_member_overwrites);
    visit("overwrites_survive_leaving", s.overwrites_survive_leaving);
    visit("nonce_window_ms", s.nonce_window_ms);
    visit("nonce_per_channel", s.nonce_per_channel);
    visit("pin_notice", s.pin_notice);
    visit("refuse_voice_topic", s.refuse_voice_topic);
    visit("refuse_end_before_start", s.refuse_end_before_start);
    visit("strip_channel_punctuation", s.strip_channel_punctuation);
    visit("unmet_event_cancel_ms", s.unmet_event_cancel_ms);
    visit("empty_event_complete_ms", s.empty_event_complete_ms);
    visit("interaction_ack_ms", s.interaction_ack_ms);
    visit("interaction_token_ms", s.interaction_token_ms);
    visit("second_ack_unknown", s.second_ack_unknown);
    visit("show_command_defaults", s.show_command_defaults);
    visit("command_creates_per_day", s.command_creates_per_day);
    visit("forged_interactions", s.forged_interactions);
    visit("heartbeat_interval_ms", s.heartbeat_interval_ms);
    visit("session_resume_ms", s.session_resume_ms);
    visit("identifies_per_day", s.identifies_per_day);
    visit("identify_interval_ms", s.identify_interval_ms);
    visit("message_content_intent", s.message_content_intent);
    visit("channels_per_guild", s.channels_per_guild);
    visit("channels_per_category", s.channels_per_category);
    visit("categories_count", s.categories_count);
    visit("categories_per_guild", s.categories_per_guild);
    visit("events_per_guild", s.events_per_guild);
    visit("places_of_a_series", s.places_of_a_series);
    visit("overwrites_per_request", s.overwrites_per_request);
    visit("overwrites_per_channel", s.overwrites_per_channel);
    visit("pins_per_channel", s.pins_per_channel);
    visit("rate_limits", s.rate_limits);
    visit("global_per_second", s.global_per_second);
    visit("invalid_requests_per_10_minutes", s.invalid_requests_per_10_minutes);
    visit("default_bucket", s.default_bucket);
    visit("channel_rename", s.channel_rename);
    visit("server_writes", s.server_writes);
    visit("bucket_generation", s.bucket_generation);
}

constexpr std::array kHiddenChannels{"missing_access", "unknown_channel", "obfuscated"};

json write(bool value) {
    return value;
}
json write(HiddenChannel value) {
    return kHiddenChannels.at(static_cast<std::size_t>(value));
}
json write(int value) {
    return value;
}
json write(long long value) {
    return value;
}
json write(const BucketRule& rule) {
    return {{"limit", rule.limit}, {"window_ms", rule.window_ms}};
}

std::string read(const json& value, bool& into) {
    if (!value.is_boolean()) return "must be true or false";
    into = value.get<bool>();
    return "";
}
std::string read(const json& value, HiddenChannel& into) {
    const auto found = std::find(kHiddenChannels.begin(), kHiddenChannels.end(), value);
    if (found == kHiddenChannels.end())
        return fmt::format("must be one of {}", fmt::join(kHiddenChannels, ", "));
    into = static_cast<HiddenChannel>(found - kHiddenChannels.begin());
    return "";
}
template <class Integer>
std::string read(const json& value, Integer& into) {
    if (!value.is_number_integer() || value.get<long long>() < 0 || value.get<long long>() > 1'000'000'000) {
        return "must be a whole number from 0 to 1000000000";
    }
    into = static_cast<Integer>(value.get<long long>());
    return "";
}
std::string read(const json& value, BucketRule& into) {
    const bool shaped = value.is_object() && value.size() == 2 && value.contains("limit") &&
                        value.contains("window_ms") && value["limit"].is_number_integer() &&
                        value["window_ms"].is_number_integer();
    if (!shaped || value["limit"].get<long long>() < 1 || value["window_ms"].get<long long>() < 1) {
        return R"(must be {"limit": at least 1, "window_ms": at least 1})";
    }
    into = {value["limit"].get<int>(), value["window_ms"].get<long long>()};
    return "";
}
}  // namespace

json to_json(const Settings& settings) {
    json out = json::object();
    for_each_setting(settings, [&](const char* name, const auto& member) { out[name] = write(member); });
    out["buckets"] = json::object();
    for (const auto& [name, rule] : settings.buckets) out["buckets"][name] = write(rule);
    return out;
}

std::vector<std::string> change_settings(Settings& settings, const json& changes) {
    if (!changes.is_object()) return {"settings: must be an object"};
    std::vector<std::string> faults;
    Settings changed = settings;
    for (const auto& [key, value] : changes.items()) {
        if (key == "buckets" && value.is_object()) {
            for (const auto& [bucket, rule] : value.items()) {
                const std::string fault = read(rule, changed.buckets[bucket]);
                if (!fault.empty()) faults.push_back(fmt::format("settings.buckets.{}: {}", bucket, fault));
            }
            continue;
        }
        bool known = false;
        for_each_setting(changed, [&, &wanted = key, &given = value](const char* name, auto& member) {
            if (wanted != name) return;
            known = true;
            const std::string fault = read(given, member);
            if (!fault.empty()) faults.push_back(fmt::format("settings.{}: {}", name, fault));
        });
        if (!known) faults.push_back(fmt::format("settings.{}: no such setting", key));
    }
    if (faults.empty()) settings = changed;
    return faults;
}

}  // namespace convene::sandbox
