// src/sandbox/gateway/gateway.h: Discord's gateway, version 10, as a state machine.
//
// Fed with connections, frames and times; sockets are somebody else's. Two
// clocks run here: what Discord counts in days (Identifies) or minutes of a
// session's life goes by the sandbox's clock, which tests move; heartbeats and
// the frequency of frames go by the steady one, which runs on in a test that
// skips a week.
#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/gateway/gateway_event.h"
#include "sandbox/gateway/gateway_faults.h"
#include "sandbox/server/world.h"

namespace convene::sandbox {

/// The way to one client.
class GatewayWire {
public:
    virtual ~GatewayWire() = default;
    virtual void send(const std::string& frame) = 0;
    virtual void close(int code, const std::string& reason) = 0;
    virtual void drop() = 0;  ///< without a close frame
};

class Gateway {
public:
    using Steady = std::chrono::steady_clock::time_point;
    using ConnectionId = long long;

    struct Times {
        Instant now{};
        Steady steady{};
    };

    /// Where clients connect; sessions are resumed at "/resume" below it.
    void set_url(const std::string& url) { resume_url_ = url + "/resume"; }

    /// A client has connected with ?v=10&encoding=json; greets it. The wire
    /// must stay until lost().
    ConnectionId connect(const World& world, GatewayWire& wire, const std::string& path,
                         const std::map<std::string, std::string>& query, Times times);
    void receive(World& world, ConnectionId id, const std::string& frame, Times times);
    /// When to call overdue(), unless a heartbeat comes first.
    [[nodiscard]] Steady heartbeat_deadline(ConnectionId id) const;
    void overdue(ConnectionId id, Times times);
    /// Whether it was closed from this side.
    [[nodiscard]] bool is_over(ConnectionId id) const { return connections_.at(id).over; }
    /// The connection is over. \param close_code  the client's; 0 for none.
    /// 1000 and 1001 end the session, anything else leaves it to be resumed.
    void lost(ConnectionId id, int close_code, Times times);

    /// Tells every session of these changes.
    void publish(const World& world, const std::vector<Change>& changes, Instant now);

    /// What an accident that was ordered makes of the next event of this name; counts it.
    [[nodiscard]] DeliveryFault strike(const std::string& event) { return faults_.strike(event); }

    /// What GET /gateway/bot says is left today.
    [[nodiscard]] int identifies_left(const World& world, Instant now) const;
    /// Milliseconds until one of today's Identifies is given back; 0 when all are there.
    [[nodiscard]] long long identifies_reset_ms(Instant now) const;

    /// An accident that the control port orders, see docs/sandbox.md. Returns
    /// what is wrong with the order, "" for nothing.
    [[nodiscard]] std::string order(const nlohmann::json& accident, Times times);
    /// Sessions, connections and what happened to them.
    [[nodiscard]] nlohmann::json describe() const;

private:
    struct Sent {
        long long seq = 0;
        std::string frame;
    };
    struct Session {
        std::string id;
        int intents = 0;
        long long seq = 0;
        std::deque<Sent> sent;  ///< for replay
        std::optional<ConnectionId> connection;
        Instant lost_at{};
        Instant began{};
        std::vector<GatewayEvent> held_back;  ///< a reorder accident gathers them
    };
    struct Connection {
        GatewayWire* wire = nullptr;
        std::string path;
        std::string session;      ///< "" until identified
        Steady last_heartbeat{};  ///< or the connection's beginning
        int heartbeats = 0;
        std::chrono::milliseconds longest_gap{0};  ///< between two of them
        std::deque<Steady> received;               ///< in the last minute
        std::chrono::milliseconds heartbeat_interval{};
        bool over = false;  ///< closed from this side
    };

    void identify(World& world, ConnectionId id, const nlohmann::json& data, Times times);
    void resume(const World& world, ConnectionId id, const nlohmann::json& data, Times times);
    void request_members(const World& world, Session& session, const nlohmann::json& data, Times times);
    [[nodiscard]] bool too_many_frames(Connection& connection, Steady steady) const;
    void close(ConnectionId id, int code, const std::string& reason, Times times);
    void invalid_session(ConnectionId id, bool resumable, Times times);
    void end_session(const std::string& session_id, int close_code, const std::string& reason, Times times);
    void forget_dead_sessions(const World& world, Instant now);
    void dispatch(Session& session, const GatewayEvent& event, DeliveryFault fault);
    void deliver(Session& session, const GatewayEvent& event);
    void send(ConnectionId id, int op, const nlohmann::json& data);
    void log(ConnectionId id, Instant now, const std::string& what, const std::string& detail = "");
    [[nodiscard]] std::string order_delivery(const nlohmann::json& accident, const std::string& action);

    EventSource source_;
    std::map<std::string, Session> sessions_;
    std::map<ConnectionId, Connection> connections_;
    ConnectionId last_connection_ = 0;
    std::string resume_url_;
    std::deque<Instant> identifies_;  ///< in the last day
    std::optional<Instant> last_identify_;
    std::optional<Instant> last_member_request_;
    GatewayFaults faults_;
    std::vector<std::string> history_;  ///< JSON objects
};

}  // namespace convene::sandbox
