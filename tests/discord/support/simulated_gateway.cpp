#include "tests/discord/support/simulated_gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace convene::discord {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

const std::string kUrl = "wss://gateway.discord.gg";
const std::string kResumeUrl = "wss://resume.discord.gg";
constexpr SimulatedGateway::Milliseconds kInterval = 10s;

}  // namespace

SimulatedGateway::SimulatedGateway(unsigned seed) : random_(seed) {
    start_client(std::nullopt);
}

double SimulatedGateway::random() {
    return std::uniform_real_distribution<double>(0.0, 1.0)(random_);
}

SimulatedGateway::Milliseconds SimulatedGateway::latency() {
    return Milliseconds(1 + static_cast<int>(random() * 200));
}

void SimulatedGateway::fault(const std::string& what) {
    faults_.push_back(fmt::format("{} ms: {}", (now_ - Time(std::chrono::hours(1000))) / 1ms, what));
}

void SimulatedGateway::start_client(std::optional<SessionState> kept) {
    ++client_;
    session_ =
        std::make_unique<GatewaySession>(GatewaySession::Settings{"token", intent::kGuilds, false, "mine"},
                                         std::move(kept), [this] { return random(); });
    perform(session_->start(now_));
}

void SimulatedGateway::restart_client(bool cleanly) {
    if (cleanly) {
        perform(session_->stop(false, now_));
    } else if (connection_ != 0) {
        end_connection(std::exchange(connection_, 0), std::nullopt);
    }
    start_client(kept_);
}

void SimulatedGateway::run_for(Milliseconds length) {
    const Time until = now_ + length;
    for (;;) {
        const Time next = agenda_.empty() ? until : agenda_.begin()->first;
        const auto wake = session_->wake_at();
        if (wake && *wake <= next && *wake <= until) {
            now_ = std::max(now_, *wake);
            perform(session_->time_passed(now_));
            continue;
        }
        if (agenda_.empty() || next > until) break;
        now_ = next;
        const auto task = std::move(agenda_.begin()->second);
        agenda_.erase(agenda_.begin());
        task();
    }
    now_ = until;
}

void SimulatedGateway::perform(const SessionActions& actions) {
    for (const SessionAction& action : actions) {
        if (std::holds_alternative<AskGateway>(action)) {
            after(latency(), [this, client = client_] {
                if (client != client_) return;
                if (now_ < refused_until_) return perform(session_->not_informed("no route", false, now_));
                informed_at_ = now_;
                const bool left = now_ >= budget_back_;
                const auto reset = std::chrono::ceil<Milliseconds>(budget_back_ - now_);
                perform(session_->informed({kUrl, 1000, left ? 900 : 0, left ? 1h : reset, 1}, now_));
            });
        } else if (const auto* to = std::get_if<Connect>(&action)) {
            connect(to->url);
        } else if (const auto* frame = std::get_if<SendFrame>(&action)) {
            if (connection_ == 0) {
                fault("a frame without a connection");
            } else {
                sent(connection_, frame->text);
            }
        } else if (const auto* close = std::get_if<CloseConnection>(&action)) {
            if (close->code == 1000 || close->code == 1001) fault("it ended its own session");
            if (connection_ == 0) fault("closed without a connection");
            if (connection_ != 0) end_connection(std::exchange(connection_, 0), std::nullopt);
        } else if (const auto* event = std::get_if<DeliverEvent>(&action)) {
            if (event->name == "TEST") delivered_.insert(json::parse(event->data)["number"].get<int>());
        } else if (const auto* keep = std::get_if<KeepState>(&action)) {
            kept_ = keep->state;
        } else if (const auto* why = std::get_if<StopForGood>(&action)) {
            fault("gave up: " + why->reason);
        }
    }
}

void SimulatedGateway::connect(const std::string& url) {
    if (connection_ != 0) fault("a second connection");
    if (!url.ends_with("/?v=10&encoding=json")) fault("connected to " + url);
    connection_ = ++last_connection_;
    Connection& connection = connections_[connection_];
    connection.resumed_at_its_url = url.starts_with(kResumeUrl);
    connection.to_server = connection.to_client = now_;
    after(latency(), [this, id = connection_] {
        if (connections_.at(id).dead_for_client) return;
        if (now_ < refused_until_) {
            connections_.at(id).dead_for_client = true;
            connection_ = 0;
            return perform(session_->closed(std::nullopt, now_));
        }
        to_client(id, json{{"op", 10}, {"d", {{"heartbeat_interval", kInterval.count()}}}}.dump());
    });
}

void SimulatedGateway::to_client(int id, const std::string& text) {
    Connection& connection = connections_.at(id);
    connection.to_client = std::max(connection.to_client, now_ + latency());
    at(connection.to_client, [this, id, text] {
        Connection& over = connections_.at(id);
        if (over.dead_for_client) return;
        const json frame = json::parse(text);
        if (frame["op"] == 10) over.hello_at = now_;
        if (frame.value("t", std::string()) == "READY") over.awaits_ready = false;
        perform(session_->received(text, now_));
    });
}

void SimulatedGateway::sent(int id, const std::string& text) {
    Connection& connection = connections_.at(id);
    connection.sent.push_back(now_);
    const auto recent = std::count_if(connection.sent.begin(), connection.sent.end(),
                                      [this](Time time) { return now_ - time < 1min; });
    if (recent > 120) fault("more than 120 frames in a minute");
    const json frame = json::parse(text);
    if (frame["op"] == 2) connection.awaits_ready = true;
    if (frame["op"] == 1) {
        const Time before = connection.beat_at.value_or(connection.hello_at.value_or(now_));
        if (now_ - before > kInterval) fault("a late heartbeat");
        connection.beat_at = now_;
    }
    connection.to_server = std::max(connection.to_server, now_ + latency());
    at(connection.to_server, [this, id, text] {
        if (!connections_.at(id).silent) served(id, text);
    });
}

void SimulatedGateway::served(int id, const std::string& text) {
    Connection& connection = connections_.at(id);
    const json frame = json::parse(text);
    const auto invalid = [&] { to_client(id, json{{"op", 9}, {"d", false}}.dump()); };
    switch (frame["op"].get<int>()) {
        case 1:
            if (acks_to_lose_ > 0) {
                --acks_to_lose_;
            } else {
                to_client(id, json{{"op", 11}}.dump());
            }
            return;
        case 2: {
            ++identifies_;
            if (now_ < budget_back_ && budget_used_at_ < informed_at_) fault("an Identify beyond the budget");
            if (last_identify_ && now_ - *last_identify_ < 5s) {
                if (identified_by_ == client_) fault("Identifies less than five seconds apart");
                ++identifies_lost_;
                connection.awaits_ready = false;
                return invalid();
            }
            last_identify_ = now_;
            identified_by_ = client_;
            connection.session = fmt::format("session {}", ++last_session_);
            sessions_[connection.session].connection = id;
            deliver(connection.session, 0, "READY",
                    json{{"session_id", connection.session}, {"resume_gateway_url", kResumeUrl}}.dump());
            return;
        }
        case 6: {
            const auto found = sessions_.find(frame["d"]["session_id"].get<std::string>());
            if (found == sessions_.end()) return invalid();
            const auto seq = frame["d"]["seq"].get<std::size_t>();
            if (seq > found->second.frames.size()) return fault("resumed from the future");
            if (const int old = std::exchange(found->second.connection, id); old != 0)
                connections_.at(old).session.clear();
            connection.session = found->first;
            for (std::size_t i = seq; i < found->second.frames.size(); ++i)
                to_client(id, found->second.frames[i].second);
            deliver(connection.session, 0, "RESUMED", "{}");
            return;
        }
        default:
            fault("sent op " + frame["op"].dump());
    }
}

void SimulatedGateway::deliver(const std::string& id, int number, const std::string& name,
                               const std::string& data) {
    ServerSession& session = sessions_.at(id);
    const json frame = {{"op", 0}, {"s", session.frames.size() + 1}, {"t", name}, {"d", json::parse(data)}};
    session.frames.emplace_back(number, frame.dump());
    if (session.connection != 0) to_client(session.connection, frame.dump());
}

int SimulatedGateway::emit() {
    const int number = ++last_event_;
    for (const auto& [id, session] : sessions_) {
        emitted_[number].insert(id);
        deliver(id, number, "TEST", json{{"number", number}}.dump());
    }
    return number;
}

void SimulatedGateway::emit_twice() {
    const int number = emit();
    for (const auto& [id, session] : sessions_) deliver(id, number, "TEST", json{{"number", number}}.dump());
}

int SimulatedGateway::attached() const {
    for (const auto& [id, session] : sessions_) {
        if (session.connection != 0 && session.connection == connection_) return connection_;
    }
    return 0;
}

void SimulatedGateway::end_connection(int id, std::optional<int>) {
    Connection& connection = connections_.at(id);
    connection.dead_for_client = true;
    connection.silent = true;
    if (std::exchange(connection.awaits_ready, false)) {
        ++identifies_lost_;
        sessions_.erase(connection.session);  // nobody knows of it
    }
    const auto found = sessions_.find(connection.session);
    if (found != sessions_.end() && found->second.connection == id) found->second.connection = 0;
}

void SimulatedGateway::end_session(const std::string& id) {
    sessions_ended_ += static_cast<int>(sessions_.erase(id));
}

void SimulatedGateway::drop() {
    if (connection_ == 0) return;
    end_connection(std::exchange(connection_, 0), std::nullopt);
    perform(session_->closed(std::nullopt, now_));
}

void SimulatedGateway::vanish() {
    const int id = attached();
    if (id == 0) return;
    end_connection(id, std::nullopt);
    connections_.at(id).dead_for_client = true;  // nothing arrives any more, and nobody says so
}

void SimulatedGateway::close(int code) {
    const int id = attached();
    if (id == 0) return;
    const std::string session = connections_.at(id).session;
    end_connection(std::exchange(connection_, 0), code);
    if (code == 4007 || code == 4009) end_session(session);
    perform(session_->closed(code, now_));
}

void SimulatedGateway::reconnect() {
    if (const int id = attached()) to_client(id, json{{"op", 7}, {"d", nullptr}}.dump());
}

void SimulatedGateway::ask_for_heartbeat() {
    if (const int id = attached()) to_client(id, json{{"op", 1}, {"d", nullptr}}.dump());
}

void SimulatedGateway::invalid_session(bool resumable) {
    const int id = attached();
    if (id == 0) return;
    to_client(id, json{{"op", 9}, {"d", resumable}}.dump());
    if (!resumable) end_session(std::exchange(connections_.at(id).session, {}));
}

void SimulatedGateway::forget_sessions() {
    for (auto it = sessions_.begin(); it != sessions_.end();) {
        const bool lost = it->second.connection == 0;
        sessions_ended_ += lost ? 1 : 0;
        it = lost ? sessions_.erase(it) : std::next(it);
    }
}

void SimulatedGateway::use_up_budget(Milliseconds reset) {
    budget_used_at_ = now_;
    budget_back_ = now_ + reset;
}

std::vector<int> SimulatedGateway::lost_events() const {
    std::vector<int> lost;
    for (const auto& [number, ids] : emitted_) {
        const bool kept =
            std::any_of(ids.begin(), ids.end(), [&](const auto& id) { return sessions_.contains(id); });
        if (kept && !delivered_.contains(number)) lost.push_back(number);
    }
    return lost;
}

}  // namespace convene::discord
