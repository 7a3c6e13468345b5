#include "sandbox/server/event_life.h"

#include <chrono>

#include "sandbox/server/recurrence.h"

namespace convene::sandbox {
namespace {

/// The next state the event is due for at `now`, if any.
bool age_external(ScheduledEvent& event, Instant now) {
    if (event.status == EventStatus::scheduled && now >= event.start) {
        event.status = EventStatus::active;
        event.activated_at = event.start;
        return true;
    }
    if (event.status == EventStatus::active && event.end && now >= *event.end) {
        event.status = EventStatus::completed;
        return true;
    }
    return false;
}

bool age_voice(ScheduledEvent& event, const Settings& settings, Instant now) {
    const std::chrono::milliseconds patience(settings.unmet_event_cancel_ms);
    const std::chrono::milliseconds emptiness(settings.empty_event_complete_ms);
    if (event.status == EventStatus::scheduled && now >= event.start + patience) {
        if (event.recurrence_rule.empty()) {
            event.status = EventStatus::canceled;
            return true;
        }
        const Instant next = next_occurrence(event.recurrence_rule, event.start);
        if (event.end) event.end = *event.end + (next - event.start);
        event.start = next;
        return true;
    }
    if (event.status == EventStatus::active && event.activated_at && now >= *event.activated_at + emptiness) {
        event.status = EventStatus::completed;
        return true;
    }
    return false;
}

bool age_once(ScheduledEvent& event, const Settings& settings, Instant now) {
    return event.entity_type == EntityType::external ? age_external(event, now)
                                                     : age_voice(event, settings, now);
}

}  // namespace

void age_events(World& world, Instant now) {
    for (auto& [id, event] : world.events) {
        bool changed = false;
        while (event.uncompleted() && age_once(event, world.settings, now)) changed = true;
        if (changed) world.note(Kind::event, id);
    }
}

}  // namespace convene::sandbox
