// src/sandbox/server/event_life.h: what happens to events as time passes.
#pragma once
#include "sandbox/server/world.h"

namespace convene::sandbox {

/// Brings every event to its state at `now`. An external event starts and ends
/// by itself. A voice event does not: hours after a start that nobody made it
/// is cancelled (a repeating one moves on), and once started it completes
/// minutes later, since nobody ever sits in the sandbox's voice channels.
void age_events(World& world, Instant now);

}  // namespace convene::sandbox
