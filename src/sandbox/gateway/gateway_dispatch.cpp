// From the news of the world to the frames of each session.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sandbox/gateway/gateway.h"
#include "sandbox/gateway/intents.h"
#include "sandbox/server/unknown_fields.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// Gives the event's objects their field of tomorrow.
void foresee(GatewayEvent& event) {
    for (std::string* data : {&event.data, &event.without_content}) {
        if (data->empty()) continue;
        json value = json::parse(*data);
        add_unknown_fields(value);
        *data = value.dump();
    }
}

}  // namespace

void Gateway::publish(const World& world, const std::vector<Change>& changes, Instant now) {
    if (sessions_.empty()) return;
    forget_dead_sessions(world, now);
    for (GatewayEvent& event : source_.news(world, changes)) {
        if (world.settings.unknown_fields) foresee(event);
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

}  // namespace convene::sandbox
