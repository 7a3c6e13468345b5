// src/discord/gateway/session.h: a session on Discord's gateway (version 10, JSON) as a state machine.
//
// Fed with what happens (answers, frames, closings) and with the time it happens at; answers each with what
// is to be done, in order. No sockets, clock, threads or randomness of its own: GatewayClient has those.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "discord/gateway/frame.h"
#include "discord/gateway/gateway_info.h"
#include "discord/gateway/session_state.h"

namespace convene::discord {

namespace intent {
inline constexpr int kGuilds = 1 << 0;
inline constexpr int kGuildMembers = 1 << 1;  ///< privileged: to be granted in the developer portal
}  // namespace intent

/// Call GET /gateway/bot and report by informed() or not_informed().
struct AskGateway {};
/// Connect to this URL and report what comes from there by received() and closed(). There is never more than
/// one connection.
struct Connect {
    std::string url;  ///< with its query
};
struct SendFrame {
    std::string text;
};
/// Close with this code and report nothing more from this connection.
struct CloseConnection {
    int code = 1000;
};
struct DeliverEvent {
    std::string name;  ///< `INTERACTION_CREATE`
    std::string data;  ///< JSON text of `d`
};
/// Keep this over a restart; nothing when there is no session to continue. Comes after the delivery of the
/// events that it counts as received.
struct KeepState {
    std::optional<SessionState> state;
};
/// No reconnecting can help: somebody has to mend something first.
struct StopForGood {
    std::string reason;  ///< what is wrong and how to mend it, in one or two sentences
};
/// Something that operators want to read.
struct Remark {
    enum class Level { info, warning };
    Level level = Level::info;
    std::string text;
};
using SessionAction = std::variant<AskGateway, Connect, SendFrame, CloseConnection, DeliverEvent, KeepState,
                                   StopForGood, Remark>;
using SessionActions = std::vector<SessionAction>;

class GatewaySession {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;
    /// Uniform in [0, 1).
    using Random = std::function<double()>;

    struct Settings {
        std::string token;
        int intents = intent::kGuilds;
        bool compress = false;  ///< asks for zlib-stream; inflating is the connection's business
        /// Whose sessions these are: a kept state with another one is not resumed, since its token would go
        /// to a foreign server or its intents would be outdated.
        std::string fingerprint;
    };
    struct Counts {
        bool connected = false;  ///< READY or RESUMED was received on this connection
        std::optional<std::chrono::milliseconds> ack_latency;  ///< of the last acknowledged heartbeat
        std::uint64_t identifies = 0;
        std::uint64_t resumes = 0;      ///< RESUMED received
        std::uint64_t connections = 0;  ///< attempted
        std::uint64_t events = 0;
        std::uint64_t heartbeats = 0;
        std::uint64_t heartbeats_late = 0;              ///< sent more than kLate after they were due
        std::chrono::milliseconds latest_heartbeat{0};  ///< the longest delay of one
        std::uint64_t acks_missed = 0;                  ///< connections given up for it
    };
    static constexpr std::chrono::milliseconds kLate{500};

    GatewaySession(Settings settings, std::optional<SessionState> kept, Random random);

    [[nodiscard]] SessionActions start(Time now);
    [[nodiscard]] SessionActions informed(const GatewayInfo& info, Time now);
    /// \param hopeless  the token was refused
    [[nodiscard]] SessionActions not_informed(const std::string& why, bool hopeless, Time now);
    [[nodiscard]] SessionActions received(std::string_view frame, Time now);
    /// Ended by the other side or the network, or never opened. \param code  of the close frame, if there was
    /// one
    [[nodiscard]] SessionActions closed(std::optional<int> code, Time now);
    /// To be called at wake_at(), at the earliest; too early is harmless.
    [[nodiscard]] SessionActions time_passed(Time now);
    [[nodiscard]] std::optional<Time> wake_at() const;

    /// \param for_good  ends the session on Discord; otherwise it stays to be resumed within a few minutes
    [[nodiscard]] SessionActions stop(bool for_good, Time now);

    [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

private:
    enum class Phase {
        idle,
        waiting,      ///< until attempt_at_
        asking,       ///< GET /gateway/bot
        connecting,   ///< until greeted
        identifying,  ///< until READY
        resuming,     ///< until RESUMED
        established,
        over,
    };

    void attempt(Time now, SessionActions& out);
    void connect(const std::string& url, Time now, SessionActions& out);
    void greeted(const Frame& hello, Time now, SessionActions& out);
    void dispatched(Frame frame, Time now, SessionActions& out);
    void invalid_session(bool resumable, Time now, SessionActions& out);
    void beat(Time now, SessionActions& out);
    void heartbeat_due(Time now, SessionActions& out);
    /// Closes from this side and tries again.
    void leave(Time now, SessionActions& out);
    void try_again(Time now, Duration at_least, SessionActions& out);
    void keep(SessionActions& out);
    /// The session is over; the next one begins with an Identify.
    void forget(Time now, SessionActions& out);
    void identified_in_vain(Time now);
    void give_up(std::string reason, SessionActions& out);
    [[nodiscard]] Duration pause_after_loss(Time now);
    [[nodiscard]] Duration jittered(Duration longest);
    [[nodiscard]] Duration between_identifies() const;
    [[nodiscard]] bool open() const noexcept;
    [[nodiscard]] bool beating() const noexcept;
    [[nodiscard]] bool may_send(std::size_t most_in_window, Time now);

    Settings settings_;
    Random random_;
    std::optional<SessionState> state_;
    Counts counts_;
    Phase phase_ = Phase::idle;
    Time attempt_at_{};  ///< while waiting
    Time give_up_connecting_at_{};
    std::string connected_url_;      ///< of the latest connection
    bool resume_elsewhere_ = false;  ///< resume_gateway_url was tried in vain

    Duration interval_{};
    Time next_beat_{};
    bool ack_awaited_ = false;
    Time beat_sent_{};
    std::deque<Time> sent_;  ///< within the last minute

    int attempts_in_vain_ = 0;  ///< since a connection was last established
    Time established_at_{};
    std::optional<Time> identified_at_;
    int short_sessions_ = 0;  ///< Identifies in a row whose session did not last
    std::optional<Time> keep_at_;
};

}  // namespace convene::discord
