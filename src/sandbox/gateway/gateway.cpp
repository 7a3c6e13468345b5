#include "sandbox/gateway/gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sandbox/gateway/intents.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/random_characters.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

enum Op {
    event = 0,
    heartbeat = 1,
    op_identify = 2,
    presence = 3,
    voice_state = 4,
    op_resume = 6,
    reconnect = 7,
    members = 8,
    op_invalid_session = 9,
    hello = 10,
    heartbeat_ack = 11,
};

namespace close_code {
constexpr int kUnknownOpcode = 4001;
constexpr int kDecodeError = 4002;
constexpr int kNotAuthenticated = 4003;
constexpr int kAuthenticationFailed = 4004;
constexpr int kAlreadyAuthenticated = 4005;
constexpr int kInvalidSeq = 4007;
constexpr int kRateLimited = 4008;
constexpr int kSessionTimedOut = 4009;
constexpr int kInvalidShard = 4010;
constexpr int kInvalidVersion = 4012;
constexpr int kInvalidIntents = 4013;
constexpr int kDisallowedIntents = 4014;
}  // namespace close_code

constexpr std::size_t kLongestFrame = 4096;
constexpr std::size_t kFramesPerMinute = 120;
constexpr int kShownHeartbeatSlack = 2;  // a beat may come half an interval late
constexpr std::chrono::hours kDay{24};
constexpr milliseconds kMemberRequestWait = std::chrono::seconds(30);
constexpr std::size_t kMembersInChunk = 1000;

std::string value_or(const std::map<std::string, std::string>& query, const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
}

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

void Gateway::log(ConnectionId id, Instant now, const std::string& what, const std::string& detail) {
    json entry = {{"time", to_iso(now)}, {"connection", id}, {"what", what}};
    if (!detail.empty()) entry["detail"] = detail;
    history_.push_back(entry.dump());
}

void Gateway::send(ConnectionId id, int op, const json& data) {
    const Connection& connection = connections_.at(id);
    if (connection.over) return;
    connection.wire->send(json{{"op", op}, {"d", data}, {"s", nullptr}, {"t", nullptr}}.dump());
}

Gateway::ConnectionId Gateway::connect(const World& world, GatewayWire& wire, const std::string& path,
                                       const std::map<std::string, std::string>& query, Times times) {
    const ConnectionId id = ++last_connection_;
    Connection& connection = connections_[id];
    connection.wire = &wire;
    connection.path = path;
    connection.last_heartbeat = times.steady;
    connection.heartbeat_interval = milliseconds(world.settings.heartbeat_interval_ms);
    log(id, times.now, "connected", path);
    if (value_or(query, "v") != "10") {
        close(id, close_code::kInvalidVersion, "Invalid API version.", times);
    } else if (value_or(query, "encoding") != "json" && !value_or(query, "encoding").empty()) {
        close(id, close_code::kDecodeError, "The sandbox speaks JSON only.", times);
    } else {
        send(id, Op::hello,
             {{"heartbeat_interval", world.settings.heartbeat_interval_ms},
              {"_trace", json::array({"sandbox"})}});
    }
    return id;
}

bool Gateway::too_many_frames(Connection& connection, Steady steady) const {
    auto& received = connection.received;
    while (!received.empty() && steady - received.front() > std::chrono::minutes(1)) received.pop_front();
    received.push_back(steady);
    return received.size() > kFramesPerMinute;
}

void Gateway::receive(World& world, ConnectionId id, const std::string& frame, Times times) {
    Connection& connection = connections_.at(id);
    if (connection.over) return;
    if (too_many_frames(connection, times.steady)) {
        return close(id, close_code::kRateLimited, "You are sending payloads too quickly.", times);
    }
    const json payload =
        frame.size() > kLongestFrame ? json(json::value_t::discarded) : json::parse(frame, nullptr, false);
    if (payload.is_discarded() || !payload.is_object() || !payload.contains("op") ||
        !payload["op"].is_number_integer()) {
        return close(id, close_code::kDecodeError, "Error while decoding payload.", times);
    }
    const json data = payload.contains("d") ? payload["d"] : json(nullptr);
    const auto op = payload["op"].get<int>();
    if (op == Op::heartbeat) {
        const auto gap = std::chrono::floor<milliseconds>(times.steady - connection.last_heartbeat);
        connection.longest_gap = std::max(connection.longest_gap, gap);
        connection.last_heartbeat = times.steady;
        ++connection.heartbeats;
        if (!faults_.ack_is_lost()) return send(id, Op::heartbeat_ack, nullptr);
        return log(id, times.now, "heartbeat not acknowledged");
    }
    if (op == Op::op_identify) return identify(world, id, data, times);
    if (op == Op::op_resume) return resume(world, id, data, times);
    if (op != Op::presence && op != Op::voice_state && op != Op::members) {
        return close(id, close_code::kUnknownOpcode, "Unknown opcode.", times);
    }
    if (connection.session.empty()) {
        return close(id, close_code::kNotAuthenticated, "Not authenticated.", times);
    }
    if (op == Op::members) request_members(world, sessions_.at(connection.session), data, times);
}

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
        close(old, 4000, "Taken over.", times);
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

Gateway::Steady Gateway::heartbeat_deadline(ConnectionId id) const {
    const Connection& connection = connections_.at(id);
    // Once closed from this side the client has a moment left to say goodbye.
    if (connection.over) return std::chrono::steady_clock::now() + std::chrono::seconds(2);
    return connection.last_heartbeat + connection.heartbeat_interval +
           connection.heartbeat_interval / kShownHeartbeatSlack;
}

void Gateway::overdue(ConnectionId id, Times times) {
    const Connection& connection = connections_.at(id);
    if (connection.over || times.steady < heartbeat_deadline(id)) return;
    log(id, times.now, "no heartbeat");
    if (!connection.session.empty()) {
        end_session(connection.session, close_code::kSessionTimedOut, "Your session timed out.", times);
    } else {
        close(id, close_code::kSessionTimedOut, "Your session timed out.", times);
    }
}

void Gateway::close(ConnectionId id, int code, const std::string& reason, Times times) {
    Connection& connection = connections_.at(id);
    if (connection.over) return;
    log(id, times.now, "closed from here", fmt::format("{} {}", code, reason));
    connection.over = true;
    connection.wire->close(code, reason);
    if (connection.session.empty()) return;
    Session& session = sessions_.at(connection.session);
    session.connection.reset();
    session.lost_at = times.now;
}

void Gateway::invalid_session(ConnectionId id, bool resumable, Times times) {
    log(id, times.now, fmt::format("invalid session, resumable {}", resumable));
    send(id, Op::op_invalid_session, resumable);
}

void Gateway::end_session(const std::string& session_id, int code, const std::string& reason, Times times) {
    const auto found = sessions_.find(session_id);
    if (found == sessions_.end()) return;
    const auto connection = found->second.connection;
    sessions_.erase(found);
    if (!connection) return;
    connections_.at(*connection).session.clear();
    close(*connection, code, reason, times);
}

void Gateway::lost(ConnectionId id, int client_code, Times times) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    const Connection& connection = found->second;
    log(id, times.now, "disconnected",
        fmt::format("{}; {} heartbeats, longest gap {} ms",
                    client_code == 0 ? "without a close frame" : std::to_string(client_code),
                    connection.heartbeats, connection.longest_gap.count()));
    if (!connection.session.empty()) {
        const bool ends = client_code == 1000 || client_code == 1001;
        Session& session = sessions_.at(connection.session);
        session.connection.reset();
        session.lost_at = times.now;
        if (ends) sessions_.erase(connection.session);
    }
    connections_.erase(found);
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

void Gateway::publish(const World& world, const std::vector<Change>& changes, Instant now) {
    if (sessions_.empty()) return;
    forget_dead_sessions(world, now);
    for (const GatewayEvent& event : source_.news(world, changes)) {
        const DeliveryFault fault = faults_.strike(event.name);
        for (auto& [id, session] : sessions_) dispatch(session, event, fault);
    }
}

void Gateway::dispatch(Session& session, const GatewayEvent& event, DeliveryFault fault) {
    if (event.intent != intent::kNone && (session.intents & event.intent) == 0) return;
    switch (fault) {
        case DeliveryFault::lose:
            return;
        case DeliveryFault::duplicate:
            deliver(session, event);
            return deliver(session, event);
        case DeliveryFault::reorder:
            session.held_back.push_back(event);
            if (faults_.more_to_hold(event.name)) return;
            while (!session.held_back.empty()) {
                const GatewayEvent late = std::move(session.held_back.back());
                session.held_back.pop_back();
                deliver(session, late);
            }
            return;
        case DeliveryFault::none:
            deliver(session, event);
    }
}

void Gateway::deliver(Session& session, const GatewayEvent& event) {
    const bool withheld = !event.without_content.empty() && (session.intents & intent::kMessageContent) == 0;
    const std::string& data = withheld ? event.without_content : event.data;
    const long long seq = ++session.seq;
    std::string frame = fmt::format(R"({{"op":0,"s":{},"t":"{}","d":{}}})", seq, event.name, data);
    if (session.connection) connections_.at(*session.connection).wire->send(frame);
    session.sent.push_back({seq, std::move(frame)});
}

std::string Gateway::order_delivery(const json& accident, const std::string& action) {
    const json count = accident.value("count", json(1));
    if (!count.is_number_integer() || count.get<int>() < 1) return "count: must be 1 or more";
    if (action == "lose_acks") {
        faults_.lose_acks(count.get<int>());
        return "";
    }
    const json event = accident.value("event", json(""));
    if (!event.is_string()) return "event: must be the name of a dispatch";
    const auto fault = action == "lose"        ? DeliveryFault::lose
                       : action == "duplicate" ? DeliveryFault::duplicate
                                               : DeliveryFault::reorder;
    faults_.add(fault, event.get<std::string>(), count.get<int>());
    return "";
}

std::string Gateway::order(const json& accident, Times times) {
    const json action = accident.value("action", json());
    if (!action.is_string()) return "action: missing";
    const auto name = action.get<std::string>();
    if (name == "lose" || name == "duplicate" || name == "reorder" || name == "lose_acks") {
        return order_delivery(accident, name);
    }
    if (name == "clear") {
        faults_.clear();
        return "";
    }
    constexpr std::array kNames{"drop",      "close",           "reconnect",
                                "heartbeat", "invalid_session", "forget_sessions"};
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) return "action: unknown";
    std::vector<ConnectionId> live;
    for (const auto& [id, connection] : connections_) {
        if (!connection.over) live.push_back(id);
    }
    if (name == "forget_sessions") {
        // As after a night's sleep: nothing to come back to.
        std::erase_if(sessions_, [](const auto& entry) { return !entry.second.connection; });
        return "";
    }
    for (const ConnectionId id : live) {
        if (name == "drop") {
            log(id, times.now, "dropped");
            connections_.at(id).wire->drop();
        } else if (name == "close") {
            const int code = accident.value("code", 4000);
            const std::string session = connections_.at(id).session;
            const bool ends = code == close_code::kInvalidSeq || code == close_code::kSessionTimedOut;
            if (ends && !session.empty()) {
                end_session(session, code, "Ordered.", times);
            } else {
                close(id, code, "Ordered.", times);
            }
        } else if (name == "reconnect") {
            send(id, Op::reconnect, nullptr);
        } else if (name == "heartbeat") {
            send(id, Op::heartbeat, nullptr);
        } else {
            const bool resumable = accident.value("resumable", false);
            Connection& connection = connections_.at(id);
            if (!resumable && !connection.session.empty()) {
                sessions_.erase(connection.session);
                connection.session.clear();
            }
            invalid_session(id, resumable, times);
        }
    }
    return "";
}

json Gateway::describe() const {
    json sessions = json::array();
    for (const auto& [id, session] : sessions_) {
        sessions.push_back({{"session_id", id},
                            {"intents", session.intents},
                            {"seq", session.seq},
                            {"began", to_iso(session.began)},
                            {"connection", session.connection ? json(*session.connection) : json(nullptr)}});
    }
    json connections = json::array();
    for (const auto& [id, connection] : connections_) {
        connections.push_back({{"connection", id},
                               {"session_id", connection.session},
                               {"heartbeats", connection.heartbeats},
                               {"longest_gap_ms", connection.longest_gap.count()}});
    }
    json history = json::array();
    for (const std::string& entry : history_) history.push_back(json::parse(entry));
    return {{"sessions", sessions},
            {"connections", connections},
            {"accidents", faults_.describe()},
            {"history", history}};
}

}  // namespace convene::sandbox
