#include "sandbox/sandbox.h"

#include "sandbox/endpoint/deliver.h"
#include "sandbox/server/event_life.h"

namespace convene::sandbox {

Instant Sandbox::tick() {
    const Instant now = clock.now();
    age_events(world, now);
    return now;
}

void Sandbox::keep_changes() {
    if (file) file->append(world, world.changes);
    if (world.changes.empty()) return;
    leaks.look(world, world.changes, clock.now(), static_cast<long long>(log.all().size()));
    std::vector<Change> told = std::move(world.changes);
    world.changes.clear();
    if (!world.identity.interactions_url.empty()) hand_to_endpoint(*this, told);
    gateway.publish(world, told, clock.now());
}

}  // namespace convene::sandbox
