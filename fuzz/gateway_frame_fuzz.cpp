// Each line is a frame; the time between two is the length of the line.
#include <chrono>

#include "discord/gateway/session.h"
#include "fuzz/fuzz_target.h"

namespace {

using namespace convene::discord;
using convene::fuzz::require;

/// A session that is answered whenever it asks and greeted wherever it connects.
class Played {
public:
    void advance(std::chrono::seconds time) { now_ += time; }
    void note(const SessionActions& actions) {
        for (const SessionAction& action : actions) {
            check(action);
            if (std::holds_alternative<AskGateway>(action))
                note(session_.informed({"wss://gateway.discord.gg", 1000, 1000, {}, 1}, now_));
            if (std::holds_alternative<Connect>(action))
                receive(R"({"op":10,"d":{"heartbeat_interval":40000}})");
        }
        require(over_ || session_.wake_at().has_value(), "it never falls asleep for good");
    }
    void start() { note(session_.start(now_)); }
    void receive(std::string_view frame) { note(session_.received(frame, now_)); }
    void pass() { note(session_.time_passed(now_)); }

private:
    void check(const SessionAction& action) {
        if (const auto* frame = std::get_if<SendFrame>(&action))
            require(frame->text.size() <= 4096, "no frame is longer than Discord takes");
        if (const auto* close = std::get_if<CloseConnection>(&action))
            require(close->code != 1000 && close->code != 1001, "no frame makes it end its session");
        if (const auto* connect = std::get_if<Connect>(&action)) {
            const std::string& url = connect->url;
            require(url.starts_with("wss://") || url.starts_with("ws://localhost") ||
                        url.starts_with("ws://127.") || url.starts_with("ws://[::1]"),
                    "the token goes to nobody without TLS");
        }
        if (const auto* keep = std::get_if<KeepState>(&action); keep != nullptr && keep->state)
            require(parse_session_state(print_session_state(*keep->state)).has_value(),
                    "what is kept can be read");
        over_ = over_ || std::holds_alternative<StopForGood>(action);
    }

    GatewaySession session_{{"token", intent::kGuilds, false, "mine"}, std::nullopt, [] { return 0.5; }};
    GatewaySession::Time now_{std::chrono::hours(1)};
    bool over_ = false;
};

}  // namespace

void convene::fuzz::try_text(std::string_view text) {
    Played played;
    played.start();
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        played.advance(std::chrono::seconds(end % 64));
        played.pass();
        played.receive(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}
