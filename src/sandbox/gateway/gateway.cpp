// Connections: greeting, frames, heartbeats, endings.
#include "sandbox/gateway/gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sandbox/gateway/protocol.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t kLongestFrame = 4096;
constexpr std::size_t kFramesPerMinute = 120;
constexpr int kShownHeartbeatSlack = 2;  // a beat may come half an interval late

std::string value_or(const std::map<std::string, std::string>& query, const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
}

}  // namespace

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
        send(id, op::kHello,
             {{"heartbeat_interval", world.settings.heartbeat_interval_ms},
              {"_trace", json::array({"sandbox"})}});
    }
    return id;
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
    if (op == op::kHeartbeat) {
        const auto gap = std::chrono::floor<milliseconds>(times.steady - connection.last_heartbeat);
        connection.longest_gap = std::max(connection.longest_gap, gap);
        connection.last_heartbeat = times.steady;
        ++connection.heartbeats;
        if (!faults_.ack_is_lost()) return send(id, op::kHeartbeatAck, nullptr);
        return log(id, times.now, "heartbeat not acknowledged");
    }
    if (op == op::kIdentify) return identify(world, id, data, times);
    if (op == op::kResume) return resume(world, id, data, times);
    if (op != op::kPresence && op != op::kVoiceState && op != op::kMembers) {
        return close(id, close_code::kUnknownOpcode, "Unknown opcode.", times);
    }
    if (connection.session.empty()) {
        return close(id, close_code::kNotAuthenticated, "Not authenticated.", times);
    }
    if (op == op::kMembers) request_members(world, sessions_.at(connection.session), data, times);
}

bool Gateway::too_many_frames(Connection& connection, Steady steady) const {
    auto& received = connection.received;
    while (!received.empty() && steady - received.front() > std::chrono::minutes(1)) received.pop_front();
    received.push_back(steady);
    return received.size() > kFramesPerMinute;
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
    send(id, op::kInvalidSession, resumable);
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

void Gateway::send(ConnectionId id, int op, const json& data) {
    const Connection& connection = connections_.at(id);
    if (connection.over) return;
    connection.wire->send(json{{"op", op}, {"d", data}, {"s", nullptr}, {"t", nullptr}}.dump());
}

void Gateway::log(ConnectionId id, Instant now, const std::string& what, const std::string& detail) {
    json entry = {{"time", to_iso(now)}, {"connection", id}, {"what", what}};
    if (!detail.empty()) entry["detail"] = detail;
    history_.push_back(entry.dump());
}

}  // namespace convene::sandbox
