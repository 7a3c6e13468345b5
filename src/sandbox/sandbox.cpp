#include "sandbox/sandbox.h"

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
    gateway.publish(world, world.changes, clock.now());
    world.changes.clear();
}

}  // namespace convene::sandbox
