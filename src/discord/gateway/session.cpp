#include "discord/gateway/session.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "discord/gateway/close_code.h"
#include "discord/gateway/gateway_url.h"

namespace convene::discord {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Duration = GatewaySession::Duration;

constexpr seconds kPatienceForHello{20};
constexpr seconds kPatienceForReady{60};  // without a frame, after Identify or Resume
constexpr seconds kSettled{10};           // a connection that lasted so long was no accident
constexpr seconds kLongestPause{60};
// Discord's rule for one shard is five seconds, whatever max_concurrency is; two frames need not travel
// equally fast.
constexpr milliseconds kBetweenIdentifies{5500};
// More than a thousandth of a day: by itself the bot cannot use up its budget.
constexpr seconds kLongestBetweenIdentifies{90};
constexpr minutes kLastingSession{1};
constexpr int kTriesAtResumeUrl = 3;
constexpr seconds kKeepEvery{1};
// Discord closes the connection at 120 frames in a minute. Answers to its own requests for heartbeats leave
// room for those that are due.
constexpr minutes kSendWindow{1};
constexpr std::size_t kSendsInWindow = 119;
constexpr std::size_t kAnswersInWindow = 100;

template <class Rep, class Period>
milliseconds in_ms(std::chrono::duration<Rep, Period> duration) {
    return std::chrono::duration_cast<milliseconds>(duration);
}

void warn(SessionActions& out, std::string text) {
    out.push_back(Remark{Remark::Level::warning, std::move(text)});
}
void inform(SessionActions& out, std::string text) {
    out.push_back(Remark{Remark::Level::info, std::move(text)});
}

}  // namespace

GatewaySession::GatewaySession(Settings settings, std::optional<SessionState> kept, Random random)
    : settings_(std::move(settings)), random_(std::move(random)) {
    if (kept && kept->fingerprint == settings_.fingerprint && !gateway_url_fault(kept->resume_url))
        state_ = std::move(kept);
}

SessionActions GatewaySession::start(Time now) {
    SessionActions out;
    attempt(now, out);
    return out;
}

void GatewaySession::attempt(Time now, SessionActions& out) {
    if (state_ && !resume_elsewhere_) return connect(state_->resume_url, now, out);
    if (!state_ && identified_at_ && *identified_at_ + between_identifies() > now) {
        // The budget is asked for afterwards: what it was a minute ago is of no use.
        phase_ = Phase::waiting;
        attempt_at_ = *identified_at_ + between_identifies();
        return;
    }
    phase_ = Phase::asking;
    out.push_back(AskGateway{});
}

SessionActions GatewaySession::informed(const GatewayInfo& info, Time now) {
    SessionActions out;
    if (phase_ != Phase::asking) return out;
    if (const auto fault = gateway_url_fault(info.url)) {
        warn(out, *fault);
        try_again(now, {}, out);
    } else if (state_) {
        connect(info.url, now, out);  // to resume: costs no Identify
    } else if (info.remaining <= 0) {
        const auto wait =
            std::max(info.reset_after, kBetweenIdentifies) + in_ms(jittered(kBetweenIdentifies));
        warn(out,
             fmt::format("Discord allows {} new sessions a day and all are used. The bot connects in {:%T}; "
                         "something must have restarted it or cut its connection very often.",
                         info.total, std::chrono::ceil<seconds>(wait)));
        phase_ = Phase::waiting;
        attempt_at_ = now + wait;
    } else {
        connect(info.url, now, out);
    }
    return out;
}

SessionActions GatewaySession::not_informed(const std::string& why, bool hopeless, Time now) {
    SessionActions out;
    if (phase_ != Phase::asking) return out;
    if (hopeless) {
        give_up(close_code_text(4004), out);
        return out;
    }
    warn(out, "Discord did not say where its gateway is: " + why);
    try_again(now, {}, out);
    return out;
}

void GatewaySession::connect(const std::string& url, Time now, SessionActions& out) {
    phase_ = Phase::connecting;
    give_up_connecting_at_ = now + kPatienceForHello;
    connected_url_ = url;
    ++counts_.connections;
    interval_ = {};
    ack_awaited_ = false;
    sent_.clear();
    out.push_back(Connect{with_gateway_query(url, settings_.compress)});
}

SessionActions GatewaySession::received(std::string_view text, Time now) {
    SessionActions out;
    if (!open()) return out;
    auto frame = read_frame(text);
    if (!frame) {
        warn(out, "Discord's gateway sent something that cannot be read");
        leave(now, out);
        return out;
    }
    if (phase_ != Phase::established && phase_ != Phase::connecting)
        give_up_connecting_at_ = now + kPatienceForReady;
    switch (static_cast<GatewayOp>(frame->op)) {
        case GatewayOp::hello:
            if (phase_ == Phase::connecting) greeted(*frame, now, out);
            break;
        case GatewayOp::dispatch:
            if (phase_ != Phase::connecting) dispatched(*std::move(frame), now, out);
            break;
        case GatewayOp::heartbeat:
            if (phase_ != Phase::connecting && may_send(kAnswersInWindow, now)) beat(now, out);
            break;
        case GatewayOp::heartbeat_ack:
            if (ack_awaited_) counts_.ack_latency = in_ms(now - beat_sent_);
            ack_awaited_ = false;
            break;
        case GatewayOp::reconnect:
            inform(out, "Discord asks the bot to reconnect");
            leave(now, out);
            break;
        case GatewayOp::invalid_session:
            if (phase_ != Phase::connecting) invalid_session(frame->resumable, now, out);
            break;
        default:
            break;  // ops to come are no concern of a client that does not know them
    }
    return out;
}

void GatewaySession::greeted(const Frame& hello, Time now, SessionActions& out) {
    if (hello.heartbeat_interval_ms.value_or(0) <= 0) {
        warn(out, "Discord's gateway named no heartbeat interval");
        return leave(now, out);
    }
    constexpr milliseconds kShortest{100};
    interval_ = std::clamp<Duration>(milliseconds(*hello.heartbeat_interval_ms), kShortest, minutes(10));
    next_beat_ = now + std::chrono::duration_cast<Duration>(interval_ * random_());
    give_up_connecting_at_ = now + kPatienceForReady;
    if (state_) {
        phase_ = Phase::resuming;
        out.push_back(SendFrame{resume_frame(settings_.token, state_->session_id, state_->seq)});
    } else {
        phase_ = Phase::identifying;
        identified_at_ = now;
        ++counts_.identifies;
        out.push_back(SendFrame{identify_frame(settings_.token, settings_.intents)});
    }
    sent_.push_back(now);
}

void GatewaySession::dispatched(Frame frame, Time now, SessionActions& out) {
    ++counts_.events;
    const bool ready = frame.event == "READY";
    if (ready) {
        if (frame.session_id.empty()) {
            warn(out, "Discord's gateway began a session without an id");
            return leave(now, out);
        }
        const bool has_url = !frame.resume_url.empty() && !gateway_url_fault(frame.resume_url);
        state_ = SessionState{frame.session_id, 0, has_url ? frame.resume_url : connected_url_,
                              settings_.fingerprint};
    }
    if (ready || frame.event == "RESUMED") {
        if (!ready) ++counts_.resumes;
        phase_ = Phase::established;
        counts_.connected = true;
        established_at_ = now;
        attempts_in_vain_ = 0;
        resume_elsewhere_ = false;
        inform(out, ready ? "connected to Discord" : "connected to Discord again, with what was missed");
    }
    if (state_ && frame.seq) {
        state_->seq = std::max(state_->seq, *frame.seq);
        if (!keep_at_) keep_at_ = ready ? now : now + kKeepEvery;
    }
    out.push_back(DeliverEvent{std::move(frame.event), std::move(frame.data)});
    if (ready) keep(out);
}

void GatewaySession::invalid_session(bool resumable, Time now, SessionActions& out) {
    inform(out, resumable ? "Discord says that the session must be resumed"
                          : "Discord says that the session is over; beginning a new one");
    Duration at_least{};
    if (!resumable) {
        forget(now, out);
        at_least = seconds(1) + std::chrono::duration_cast<Duration>(seconds(4) * random_());
    }
    out.push_back(CloseConnection{kCloseToResume});
    try_again(now, at_least, out);
}

SessionActions GatewaySession::closed(std::optional<int> code, Time now) {
    SessionActions out;
    if (!open()) return out;
    const AfterClose then = after_close(code);
    if (then == AfterClose::give_up) {
        give_up(close_code_text(code), out);
        return out;
    }
    warn(out, close_code_text(code));
    if (then == AfterClose::new_session) forget(now, out);
    try_again(now, {}, out);
    return out;
}

SessionActions GatewaySession::time_passed(Time now) {
    SessionActions out;
    if (phase_ == Phase::waiting && now >= attempt_at_) {
        attempt(now, out);
    } else if (open() && phase_ != Phase::established && now >= give_up_connecting_at_) {
        warn(out, "Discord's gateway does not answer");
        leave(now, out);
    } else if (beating() && now >= next_beat_) {
        heartbeat_due(now, out);
    }
    if (keep_at_ && now >= *keep_at_) keep(out);
    return out;
}

std::optional<GatewaySession::Time> GatewaySession::wake_at() const {
    std::optional<Time> earliest = keep_at_;
    const auto also = [&](Time time) { earliest = earliest ? std::min(*earliest, time) : time; };
    if (phase_ == Phase::waiting) also(attempt_at_);
    if (open() && phase_ != Phase::established) also(give_up_connecting_at_);
    if (beating()) also(next_beat_);
    return earliest;
}

SessionActions GatewaySession::stop(bool for_good, Time) {
    SessionActions out;
    if (phase_ == Phase::over) return out;
    if (open()) out.push_back(CloseConnection{for_good ? kCloseForGood : kCloseToResume});
    if (for_good) state_.reset();
    keep(out);
    phase_ = Phase::over;
    counts_.connected = false;
    return out;
}

void GatewaySession::beat(Time now, SessionActions& out) {
    out.push_back(SendFrame{heartbeat_frame(state_ ? std::optional(state_->seq) : std::nullopt)});
    sent_.push_back(now);
    ++counts_.heartbeats;
    ack_awaited_ = true;
    beat_sent_ = now;
    next_beat_ = now + interval_;
}

void GatewaySession::heartbeat_due(Time now, SessionActions& out) {
    if (ack_awaited_) {
        ++counts_.acks_missed;
        warn(out, "Discord did not acknowledge the last heartbeat");
        return leave(now, out);
    }
    if (!may_send(kSendsInWindow, now)) {
        next_beat_ = sent_.front() + kSendWindow;
        return;
    }
    const auto delay = in_ms(now - next_beat_);
    if (delay > kLate) ++counts_.heartbeats_late;
    counts_.latest_heartbeat = std::max(counts_.latest_heartbeat, delay);
    beat(now, out);
}

void GatewaySession::leave(Time now, SessionActions& out) {
    out.push_back(CloseConnection{kCloseToResume});
    try_again(now, {}, out);
}

void GatewaySession::try_again(Time now, Duration at_least, SessionActions& out) {
    if (phase_ == Phase::identifying) identified_in_vain(now);
    const Duration pause = std::max(pause_after_loss(now), at_least);
    phase_ = Phase::waiting;
    attempt_at_ = now + pause;
    counts_.connected = false;
    if (attempts_in_vain_ >= kTriesAtResumeUrl) resume_elsewhere_ = true;
    if (pause > seconds(5)) inform(out, fmt::format("next attempt in {} s", in_ms(pause).count() / 1000));
}

Duration GatewaySession::pause_after_loss(Time now) {
    if (phase_ == Phase::established)
        return now - established_at_ >= kSettled ? Duration{} : jittered(seconds(1));
    const Duration longest = seconds(1) * (1 << std::min(attempts_in_vain_, 6));
    ++attempts_in_vain_;
    return jittered(std::min<Duration>(longest, kLongestPause));
}

void GatewaySession::identified_in_vain(Time now) {
    const bool lasted = !identified_at_ || now - *identified_at_ >= kLastingSession;
    short_sessions_ = lasted ? 0 : short_sessions_ + 1;
}

Duration GatewaySession::between_identifies() const {
    // One session that did not last is an accident, several are a state of affairs.
    const Duration wait = kBetweenIdentifies * (1 << std::clamp(short_sessions_ - 1, 0, 7));
    return std::min<Duration>(wait, kLongestBetweenIdentifies);
}

Duration GatewaySession::jittered(Duration longest) {
    return std::chrono::duration_cast<Duration>(longest * (0.5 + random_() / 2));
}

void GatewaySession::keep(SessionActions& out) {
    keep_at_.reset();
    out.push_back(KeepState{state_});
}

void GatewaySession::forget(Time now, SessionActions& out) {
    if (!state_) return;
    identified_in_vain(now);
    state_.reset();
    resume_elsewhere_ = false;
    keep(out);
}

void GatewaySession::give_up(std::string reason, SessionActions& out) {
    state_.reset();
    keep(out);
    phase_ = Phase::over;
    counts_.connected = false;
    out.push_back(StopForGood{std::move(reason)});
}

bool GatewaySession::open() const noexcept {
    return phase_ == Phase::connecting || phase_ == Phase::identifying || phase_ == Phase::resuming ||
           phase_ == Phase::established;
}

bool GatewaySession::beating() const noexcept {
    return open() && interval_ > Duration{};
}

bool GatewaySession::may_send(std::size_t most_in_window, Time now) {
    while (!sent_.empty() && now - sent_.front() >= kSendWindow) sent_.pop_front();
    return sent_.size() < most_in_window;
}

}  // namespace convene::discord
