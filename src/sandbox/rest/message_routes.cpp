// Messages and pins.
#include "sandbox/server/messages.h"

#include <algorithm>

#include "sandbox/rest/call.h"
#include "sandbox/server/form.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

const Message& message_at(const World& world, const Call& call, Snowflake message_id) {
    return world.messages.at(call.id("channel_id")).at(message_id);
}

Result<Answer> list_channel_messages(World& world, const Call& call) {
    const auto limit = call.query_number("limit", 1, 100, 50);
    if (!limit) return Refusal(limit.error());
    MessagePage page{call.query_id("before"), call.query_id("after"), call.query_id("around"),
                     static_cast<std::size_t>(*limit)};
    if (page.before.has_value() + page.after.has_value() + page.around.has_value() > 1) {
        FormFaults faults;
        faults.add({"before"}, "BASE_TYPE_EXCLUSIVE", "before, after and around are mutually exclusive.");
        return faults.refusal();
    }
    const auto listed = list_messages(world, call.act, call.id("channel_id"), page);
    if (!listed) return Refusal(listed.error());
    json messages = json::array();
    for (const Message* message : *listed) messages.push_back(message_object(world, *message));
    return Answer{200, messages};
}

Result<Answer> get_channel_message(World& world, const Call& call) {
    const auto message = get_message(world, call.act, call.id("channel_id"), call.id("message_id"));
    if (!message) return Refusal(message.error());
    return Answer{200, message_object(world, **message)};
}

Result<Answer> post_message(World& world, const Call& call) {
    const auto sent = create_message(world, call.act, call.id("channel_id"), call.body);
    if (!sent) return Refusal(sent.error());
    // An enforced nonce may have found its first message in another channel.
    const auto use = world.nonces.find(sent->id);
    const Snowflake channel_id = use == world.nonces.end() ? call.id("channel_id") : use->second.channel_id;
    json message = message_object(world, world.messages.at(channel_id).at(sent->id));
    if (!sent->nonce.empty()) message["nonce"] = json::parse(sent->nonce);
    return Answer{200, message};
}

Result<Answer> patch_message(World& world, const Call& call) {
    const auto id = update_message(world, call.act, call.id("channel_id"), call.id("message_id"), call.body);
    if (!id) return Refusal(id.error());
    return Answer{200, message_object(world, message_at(world, call, *id))};
}

Result<Answer> remove_message(World& world, const Call& call) {
    const auto done = delete_message(world, call.act, call.id("channel_id"), call.id("message_id"));
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}

Result<Answer> pin(World& world, const Call& call) {
    const auto done = set_pinned(world, call.act, call.id("channel_id"), call.id("message_id"), true);
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}

Result<Answer> unpin(World& world, const Call& call) {
    const auto done = set_pinned(world, call.act, call.id("channel_id"), call.id("message_id"), false);
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}

Result<Answer> list_pins(World& world, const Call& call) {
    const auto limit = call.query_number("limit", 1, 50, 50);
    if (!limit) return Refusal(limit.error());
    MessagePage everything;
    everything.limit = std::numeric_limits<std::size_t>::max();
    const auto listed = list_messages(world, call.act, call.id("channel_id"), everything);
    if (!listed) return Refusal(listed.error());
    std::vector<const Message*> pinned;
    std::copy_if(listed->begin(), listed->end(), std::back_inserter(pinned),
                 [](const Message* message) { return message->pinned; });
    std::sort(pinned.begin(), pinned.end(),
              [](const Message* a, const Message* b) { return a->pinned_at > b->pinned_at; });
    const auto shown = std::min(pinned.size(), static_cast<std::size_t>(*limit));
    json items = json::array();
    for (std::size_t i = 0; i < shown; ++i) {
        items.push_back(
            {{"pinned_at", to_iso(*pinned[i]->pinned_at)}, {"message", message_object(world, *pinned[i])}});
    }
    return Answer{200, {{"items", items}, {"has_more", shown < pinned.size()}}};
}
}  // namespace

const std::vector<Route>& message_routes() {
    static const std::vector<Route> routes{
        {"GET", "/channels/{channel_id}/messages", "list_messages", list_channel_messages},
        {"POST", "/channels/{channel_id}/messages", "create_message", post_message},
        {"GET", "/channels/{channel_id}/messages/pins", "list_pins", list_pins},
        {"PUT", "/channels/{channel_id}/messages/pins/{message_id}", "create_pin", pin},
        {"DELETE", "/channels/{channel_id}/messages/pins/{message_id}", "delete_pin", unpin},
        {"GET", "/channels/{channel_id}/messages/{message_id}", "get_message", get_channel_message},
        {"PATCH", "/channels/{channel_id}/messages/{message_id}", "update_message", patch_message},
        {"DELETE", "/channels/{channel_id}/messages/{message_id}", "delete_message", remove_message},
    };
    return routes;
}

}  // namespace convene::sandbox
