// Bodies of requests and frames of the gateway: whatever comes, it is carried out or refused in Discord's
// words.
#include <nlohmann/json.hpp>

#include "fuzz/fuzz_target.h"
#include "sandbox/gateway/gateway.h"
#include "sandbox/server/channels.h"
#include "sandbox/server/commands.h"
#include "sandbox/server/events.h"
#include "sandbox/server/messages.h"
#include "sandbox/server/overwrites.h"
#include "sandbox/state/starting_guild.h"

using namespace convene::sandbox;

namespace {

class NoWire final : public GatewayWire {
public:
    void send(const std::string&) override {}
    void close(int, const std::string&) override {}
    void drop() override {}
};

template <class Value>
void judge(const Result<Value>& result) {
    if (result) return;
    convene::fuzz::require(result.error().status >= 400, "a refusal has the status of one");
    convene::fuzz::require(!result.error().message.empty(), "a refusal says why");
}

void try_frame(World& world, const std::string& frame, Instant now) {
    Gateway gateway;
    NoWire wire;
    const Gateway::Times times{now, std::chrono::steady_clock::now()};
    const auto id = gateway.connect(world, wire, "/gateway", {{"v", "10"}}, times);
    gateway.receive(world, id, frame, times);
    if (gateway.is_over(id)) return;
    // Once more with a session.
    const nlohmann::json identify = {
        {"op", 2},
        {"d", {{"token", world.identity.token}, {"intents", 1}, {"properties", nlohmann::json::object()}}}};
    gateway.receive(world, id, identify.dump(), times);
    gateway.receive(world, id, frame, times);
}

}  // namespace

void convene::fuzz::try_text(std::string_view text) {
    const auto body = nlohmann::json::parse(text, nullptr, false);
    if (body.is_discarded()) return;
    const Instant now = from_millis(1'800'000'000'000);
    World world = default_world(now);
    const Act act{world.identity.bot_user_id, now, ""};
    const Snowflake general = world.channels.begin()->first;
    judge(create_channel(world, act, body));
    judge(update_channel(world, act, general, body));
    judge(move_channels(world, act, body));
    judge(put_overwrite(world, act, general, 555, body));
    judge(create_event(world, act, body));
    judge(create_message(world, act, general, body));
    judge(replace_commands(world, act, body));
    try_frame(world, std::string(text), now);
}
