// Accidents on order, and what the control port is told.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sandbox/gateway/gateway.h"
#include "sandbox/gateway/protocol.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
}  // namespace

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
            send(id, op::kReconnect, nullptr);
        } else if (name == "heartbeat") {
            send(id, op::kHeartbeat, nullptr);
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
