// Sessions: Identify, Resume, and what a session may ask for.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sandbox/gateway/gateway.h"
#include "sandbox/gateway/intents.h"
#include "sandbox/gateway/protocol.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/random_characters.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::chrono::hours kDay{24};
constexpr milliseconds kMemberRequestWait = std::chrono::seconds(30);
constexpr std::size_t kMembersInChunk = 1000;

bool is_shard(const json& data) {
    if (!data.contains("shard")) return true;
    const json& shard = data["shard"];
    const bool numbers = shard.is_array() && shard.size() == 2 && shard[0].is_number_unsigned() &&
                         shard[1].is_number_unsigned();
    return numbers && shard[0] < shard[1];
}

/// Intents that this application was not granted.
int disallowed(const Settings& settings) {
    int bits = intent::kGuildPresences;
    if (!settings.guild_members_intent) bits |= intent::kGuildMembers;
    if (!settings.message_content_intent) bits |= intent::kMessageContent;
    return bits;
}

}  // namespace

void Gateway::identify(World& world, ConnectionId id, const json& data, Times times) {
    Connection& connection = connections_.at(id);
    if (!connection.session.empty()) {
        return close(id, close_code::kAlreadyAuthenticated, "Already authenticated.", times);
    }
    const bool shaped = data.is_object() && data.contains("token") && data["token"].is_string() &&
                        data.contains("properties") && data["properties"].is_object();
    if (!shaped) return close(id, close_code::kDecodeError, "Error while decoding payload.", times);
    const auto token = data["token"].get<std::string>();
    if (token != world.identity.token && token != "Bot " + world.identity.token) {
        return close(id, close_code::kAuthenticationFailed, "Authentication failed.", times);
    }
    const bool whole = data.contains("intents") && data["intents"].is_number_unsigned();
    const auto intents = whole ? data["intents"].get<long long>() : -1;
    if (intents < 0 || (intents & ~static_cast<long long>(intent::kAll)) != 0) {
        return close(id, close_code::kInvalidIntents, "Invalid intent(s).", times);
    }
    if ((static_cast<int>(intents) & disallowed(world.settings)) != 0) {
        return close(id, close_code::kDisallowedIntents, "Disallowed intent(s).", times);
    }
    if (!is_shard(data)) return close(id, close_code::kInvalidShard, "Invalid shard.", times);

    if (identifies_left(world, times.now) == 0) {
        log(id, times.now, "over the day's budget of Identifies: token reset");
        world.identity.token = random_characters(72);
        world.note(Kind::guild, world.guild_id);
        while (!sessions_.empty()) {
            end_session(sessions_.begin()->first, close_code::kAuthenticationFailed, "Authentication failed.",
                        times);
        }
        return close(id, close_code::kAuthenticationFailed, "Authentication failed.", times);
    }
    const milliseconds wait(world.settings.identify_interval_ms);
    const bool too_soon = last_identify_ && times.now - *last_identify_ < wait;
    while (!identifies_.empty() && times.now - identifies_.front() >= kDay) identifies_.pop_front();
    identifies_.push_back(times.now);
    if (too_soon) {
        log(id, times.now, "identified too soon");
        return invalid_session(id, false, times);
    }
    last_identify_ = times.now;

    forget_dead_sessions(world, times.now);
    if (sessions_.empty()) source_.begin(world);
    Session session;
    session.id = random_characters(32);
    session.intents = static_cast<int>(intents);
    session.connection = id;
    session.began = times.now;
    connection.session = session.id;
    log(id, times.now, "identified", fmt::format("intents {}", intents));
    Session& kept = sessions_.emplace(session.id, std::move(session)).first->second;

    const json shard = data.contains("shard") ? data["shard"] : json::array({0, 1});
    json user = user_object(world, world.identity.bot_user_id);
    user["verified"] = true;
    user["mfa_enabled"] = false;
    user["email"] = nullptr;
    const json ready = {{"v", 10},
                        {"user", user},
                        {"guilds", {{{"id", id_text(world.guild_id)}, {"unavailable", true}}}},
                        {"session_id", kept.id},
                        {"session_type", "normal"},
                        {"resume_gateway_url", resume_url_},
                        {"shard", shard},
                        {"application", {{"id", id_text(world.identity.application_id)}, {"flags", 0}}},
                        {"user_settings", json::object()},
                        {"relationships", json::array()},
                        {"private_channels", json::array()},
                        {"presences", json::array()},
                        {"guild_join_requests", json::array()},
                        {"geo_ordered_rtc_regions", json::array()},
                        {"_trace", json::array({"sandbox"})}};
    deliver(kept, {"READY", ready.dump(), intent::kNone, ""});
    const auto shards = shard[1].get<Snowflake>();
    const bool mine = (world.guild_id >> 22) % shards == shard[0].get<Snowflake>();
    if (mine) deliver(kept, {"GUILD_CREATE", guild_create_data(world), intent::kGuilds, ""});
}

void Gateway::resume(const World& world, ConnectionId id, const json& data, Times times) {
    Connection& connection = connections_.at(id);
    if (!connection.session.empty()) {
        return close(id, close_code::kAlreadyAuthenticated, "Already authenticated.", times);
    }
    const bool shaped = data.is_object() && data.value("token", json()).is_string() &&
                        data.value("session_id", json()).is_string() &&
                        data.value("seq", json()).is_number_integer();
    if (!shaped) return close(id, close_code::kDecodeError, "Error while decoding payload.", times);
    const auto token = data["token"].get<std::string>();
    if (token != world.identity.token && token != "Bot " + world.identity.token) {
        return close(id, close_code::kAuthenticationFailed, "Authentication failed.", times);
    }
    forget_dead_sessions(world, times.now);
    const auto found = sessions_.find(data["session_id"].get<std::string>());
    if (found == sessions_.end()) {
        log(id, times.now, "resume of a session that is gone");
        return invalid_session(id, false, times);
    }
    Session& session = found->second;
    const auto seq = data["seq"].get<long long>();
    if (seq < 0 || seq > session.seq) {
        end_session(session.id, close_code::kInvalidSeq, "Invalid seq.", times);
        return close(id, close_code::kInvalidSeq, "Invalid seq.", times);
    }
    if (session.connection) {
        // One connection at a time: the newer one has it.
        const ConnectionId old = *session.connection;
        connections_.at(old).session.clear();
        close(old, close_code::kUnknownError, "Taken over.", times);
    }
    session.connection = id;
    connection.session = session.id;
    const bool at_its_url = connection.path.starts_with("/gateway/resume");
    log(id, times.now, "resumed",
        fmt::format("from {} of {}{}", seq, session.seq, at_its_url ? "" : ", not at resume_gateway_url"));
    for (const Sent& sent : session.sent) {
        if (sent.seq > seq) connection.wire->send(sent.frame);
    }
    deliver(session, {"RESUMED", json{{"_trace", json::array({"sandbox"})}}.dump(), intent::kNone, ""});
}

void Gateway::request_members(const World& world, Session& session, const json& data, Times times) {
    const bool ids = data.is_object() && data.contains("user_ids");
    const bool everybody =
        !ids && data.is_object() && data.value("query", "") == "" && data.value("limit", 0) == 0;
    if (everybody && (session.intents & intent::kGuildMembers) == 0) {
        return close(*session.connection, close_code::kDisallowedIntents, "Disallowed intent(s).", times);
    }
    if (everybody && last_member_request_ && times.now - *last_member_request_ < kMemberRequestWait) {
        const auto left = kMemberRequestWait - (times.now - *last_member_request_);
        const json limited = {{"opcode", 8},
                              {"retry_after", static_cast<double>(left.count()) / 1000.0},
                              {"meta", {{"guild_id", id_text(world.guild_id)}}}};
        return deliver(session, {"RATE_LIMITED", limited.dump(), intent::kNone, ""});
    }
    if (everybody) last_member_request_ = times.now;
    json wanted = ids ? data["user_ids"] : json::array();
    if (wanted.is_string()) wanted = json::array({wanted});
    json found = json::array();
    for (const auto& [id, member] : world.members) {
        const bool named = std::find(wanted.begin(), wanted.end(), json(id_text(id))) != wanted.end();
        const bool begins = !ids && member.username.starts_with(data.value("query", ""));
        if ((named || begins) && found.size() < kMembersInChunk)
            found.push_back(member_object(world, member));
    }
    json chunk = {
        {"guild_id", id_text(world.guild_id)}, {"members", found}, {"chunk_index", 0}, {"chunk_count", 1}};
    if (data.contains("nonce")) chunk["nonce"] = data["nonce"];
    deliver(session, {"GUILD_MEMBERS_CHUNK", chunk.dump(), intent::kNone, ""});
}

void Gateway::forget_dead_sessions(const World& world, Instant now) {
    const milliseconds kept(world.settings.session_resume_ms);
    std::erase_if(sessions_, [&](const auto& entry) {
        return !entry.second.connection && now - entry.second.lost_at >= kept;
    });
}

int Gateway::identifies_left(const World& world, Instant now) const {
    const auto used = std::count_if(identifies_.begin(), identifies_.end(),
                                    [&](Instant then) { return now - then < kDay; });
    return std::max(0, world.settings.identifies_per_day - static_cast<int>(used));
}

long long Gateway::identifies_reset_ms(Instant now) const {
    for (const Instant then : identifies_) {
        if (now - then < kDay) return (then + kDay - now).count();
    }
    return 0;
}

}  // namespace convene::sandbox
