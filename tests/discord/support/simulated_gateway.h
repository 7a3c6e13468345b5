// tests/discord/support/simulated_gateway.h: a gateway, a network and a clock for GatewaySession, all
// simulated.
//
// Frames take a random while in each direction and stay in order on one connection. Accidents strike at any
// instant. What the session does is checked as it happens; faults() lists what was wrong.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "discord/gateway/session.h"

namespace convene::discord {

class SimulatedGateway {
public:
    using Time = GatewaySession::Time;
    using Milliseconds = std::chrono::milliseconds;

    explicit SimulatedGateway(unsigned seed);

    void run_for(Milliseconds length);

    /// An event for every session there is; returns its number.
    int emit();
    void emit_twice();
    void drop();               ///< both ends notice, the server's later
    void vanish();             ///< the server goes silent; the client is not told
    void close(int code);      ///< 4007 and 4009 end the session
    void reconnect();          ///< op 7
    void ask_for_heartbeat();  ///< op 1
    void invalid_session(bool resumable);
    void lose_acks(int count) { acks_to_lose_ += count; }
    void refuse_connections(Milliseconds length) { refused_until_ = now_ + length; }
    void forget_sessions();  ///< lost ones can no longer be resumed
    void use_up_budget(Milliseconds reset);
    void restart_client(bool cleanly);

    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
    [[nodiscard]] bool established() const { return session_->counts().connected; }
    [[nodiscard]] int identifies() const { return identifies_; }
    [[nodiscard]] int sessions_ended() const { return sessions_ended_; }
    /// Emitted into a session that the server never ended, and not delivered.
    [[nodiscard]] std::vector<int> lost_events() const;
    [[nodiscard]] std::size_t delivered() const { return delivered_.size(); }
    [[nodiscard]] bool was_delivered(int number) const { return delivered_.contains(number); }
    /// Sessions whose READY never reached the client, through no fault of its own.
    [[nodiscard]] int identifies_lost() const { return identifies_lost_; }
    [[nodiscard]] double random();

private:
    struct ServerSession {
        std::vector<std::pair<int, std::string>> frames;  ///< by seq - 1: number of the event, frame
        int connection = 0;                               ///< 0: lost
    };
    struct Connection {
        bool resumed_at_its_url = false;
        bool dead_for_client = false;
        bool silent = false;  ///< the server's end is gone without a word
        std::string session;
        Time to_server{};  ///< arrival of the latest frame, each way
        Time to_client{};
        std::optional<Time> hello_at;
        std::optional<Time> beat_at;
        std::vector<Time> sent;
        bool awaits_ready = false;
    };

    void start_client(std::optional<SessionState> kept);
    void perform(const SessionActions& actions);
    void connect(const std::string& url);
    void sent(int connection, const std::string& text);
    void served(int connection, const std::string& text);
    void deliver(const std::string& session, int number, const std::string& name, const std::string& data);
    void to_client(int connection, const std::string& text);
    void end_connection(int connection, std::optional<int> code);
    void end_session(const std::string& id);
    void after(Milliseconds wait, std::function<void()> what) { at(now_ + wait, std::move(what)); }
    void at(Time when, std::function<void()> what) { agenda_.emplace(when, std::move(what)); }
    Milliseconds latency();
    [[nodiscard]] int attached() const;
    void fault(const std::string& what);

    std::mt19937 random_;
    Time now_{std::chrono::hours(1000)};
    std::multimap<Time, std::function<void()>> agenda_;
    std::unique_ptr<GatewaySession> session_;
    int client_ = 0;  ///< counts restarts: what was meant for an earlier one is dropped
    std::optional<SessionState> kept_;
    std::map<int, Connection> connections_;
    int connection_ = 0;  ///< the client's current one, 0 for none
    int last_connection_ = 0;
    std::map<std::string, ServerSession> sessions_;
    int last_session_ = 0;
    int acks_to_lose_ = 0;
    Time refused_until_{};
    Time budget_back_{};
    Time budget_used_at_{};
    Time informed_at_{};
    std::optional<Time> last_identify_;
    int identified_by_ = 0;
    int identifies_ = 0;
    int sessions_ended_ = 0;
    int identifies_lost_ = 0;
    int last_event_ = 0;
    std::map<int, std::set<std::string>> emitted_;  ///< in which sessions each event is
    std::set<int> delivered_;
    std::vector<std::string> faults_;
};

}  // namespace convene::discord
