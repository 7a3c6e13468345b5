// Scheduled events.
#include "sandbox/server/events.h"

#include <chrono>

#include "sandbox/rest/call.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

json shown_event(const World& world, const Call& call, const ScheduledEvent& event) {
    json out = event_object(world, event);
    const auto with_count = call.query.find("with_user_count");
    if (with_count != call.query.end() && with_count->second == "true") out["user_count"] = 0;
    return out;
}

Result<Answer> list_guild_scheduled_events(World& world, const Call& call) {
    const std::chrono::milliseconds lag(world.settings.list_lag_ms);
    json events = json::array();
    for (const ScheduledEvent* event : visible_events(world, call.act.user_id)) {
        const bool arrived = call.act.now - made_at(event->id) >= lag;
        const bool kept = event->uncompleted() || world.settings.list_finished_events;
        if (arrived && kept) events.push_back(shown_event(world, call, *event));
    }
    return Answer{200, events};
}

Result<Answer> create_guild_scheduled_event(World& world, const Call& call) {
    const auto id = create_event(world, call.act, call.body);
    if (!id) return Refusal(id.error());
    return Answer{200, event_object(world, world.events.at(*id))};
}

Result<Answer> get_guild_scheduled_event(World& world, const Call& call) {
    const auto event = reach_event(world, call.act, call.id("event_id"));
    if (!event) return Refusal(event.error());
    return Answer{200, shown_event(world, call, **event)};
}

Result<Answer> patch_guild_scheduled_event(World& world, const Call& call) {
    const auto id = update_event(world, call.act, call.id("event_id"), call.body);
    if (!id) return Refusal(id.error());
    return Answer{200, event_object(world, world.events.at(*id))};
}

Result<Answer> remove_guild_scheduled_event(World& world, const Call& call) {
    const auto done = delete_event(world, call.act, call.id("event_id"));
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}
}  // namespace

const std::vector<Route>& event_routes() {
    static const std::vector<Route> routes{
        {"GET", "/guilds/{guild_id}/scheduled-events", "list_guild_scheduled_events",
         list_guild_scheduled_events},
        {"POST", "/guilds/{guild_id}/scheduled-events", "create_guild_scheduled_event",
         create_guild_scheduled_event},
        {"GET", "/guilds/{guild_id}/scheduled-events/{event_id}", "get_guild_scheduled_event",
         get_guild_scheduled_event},
        {"PATCH", "/guilds/{guild_id}/scheduled-events/{event_id}", "update_guild_scheduled_event",
         patch_guild_scheduled_event},
        {"DELETE", "/guilds/{guild_id}/scheduled-events/{event_id}", "delete_guild_scheduled_event",
         remove_guild_scheduled_event},
    };
    return routes;
}

}  // namespace convene::sandbox
