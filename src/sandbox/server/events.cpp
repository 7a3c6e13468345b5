#include "sandbox/server/events.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/server/form.h"
#include "sandbox/server/permissions.h"
#include "sandbox/server/recurrence.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kNameLength = 100;
constexpr std::size_t kDescriptionLength = 1000;
constexpr std::size_t kLocationLength = 100;
constexpr long long kGuildOnly = 2;  // the one privacy level there is

/// Of the places for uncompleted events, how many an event takes.
int places_of(const World& world, const ScheduledEvent& event) {
    if (!event.uncompleted()) return 0;
    return event.recurrence_rule.empty() ? 1 : world.settings.places_of_a_series;
}

int places_taken(const World& world) {
    int taken = 0;
    for (const auto& [id, event] : world.events) taken += places_of(world, event);
    return taken;
}

void check_times(const World& world, Form& form, const ScheduledEvent& event, Instant now,
                 bool start_is_new) {
    if (start_is_new && event.start <= now) {
        form.fault("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
                   "Cannot schedule event in the past.");
    }
    if (world.settings.refuse_end_before_start && event.end && *event.end <= event.start) {
        form.fault("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START",
                   "Cannot schedule an event to end before it starts.");
    }
}

void read_location(Form& form, ScheduledEvent& event) {
    if (!form.has("entity_metadata") || form.is_null("entity_metadata")) return;
    if (event.entity_type != EntityType::external) {
        form.fault("entity_metadata", "GUILD_SCHEDULED_EVENT_ENTITY_METADATA_INVALID",
                   "entity_metadata must be null for an event in a channel.");
        return;
    }
    Form metadata(form.raw("entity_metadata"), form.faults(), form.path_to("entity_metadata"));
    metadata.require("location");
    if (const auto location = metadata.text("location", 1, kLocationLength)) event.location = location;
}

/// What create and update read alike.
void read_common(Form& form, ScheduledEvent& event) {
    if (const auto name = form.text("name", 1, kNameLength)) event.name = *name;
    if (form.has("description")) {
        const auto description = form.text("description", 0, kDescriptionLength);
        event.description = description && !description->empty() ? description : std::nullopt;
    }
    if (const auto start = form.instant("scheduled_start_time")) event.start = *start;
    if (form.is_null("scheduled_end_time")) event.end.reset();
    if (const auto end = form.instant("scheduled_end_time")) event.end = end;
    if (const auto level = form.integer("privacy_level"); level && *level != kGuildOnly) {
        form.fault("privacy_level", "BASE_TYPE_CHOICES", "Value must be one of {2}.");
    }
    if (const auto type = form.integer("entity_type", 1, 3))
        event.entity_type = static_cast<EntityType>(*type);
    if (form.is_null("channel_id")) event.channel_id.reset();
    if (const auto channel_id = form.snowflake("channel_id")) event.channel_id = channel_id;
    read_location(form, event);
    if (form.is_null("recurrence_rule")) event.recurrence_rule.clear();
    if (const auto rule = read_recurrence(form)) event.recurrence_rule = *rule;
}

/// The place that the entity type asks for, and none that it forbids.
void check_place(Form& form, const ScheduledEvent& event) {
    if (event.entity_type != EntityType::external) {
        if (!event.channel_id) form.fault("channel_id", "BASE_TYPE_REQUIRED", "This field is required");
        return;
    }
    if (event.channel_id) {
        form.fault("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_INVALID",
                   "An external event has no channel.");
    }
    if (!event.location) form.fault("entity_metadata", "BASE_TYPE_REQUIRED", "This field is required");
    if (!event.end) form.fault("scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required");
}

/// Whether the user may keep events where this one is, holding one of `wanted`.
Result<void> may_act_at(World& world, const Act& act, const ScheduledEvent& event, Permissions wanted) {
    if (!event.channel_id) {
        if ((guild_permissions(world, act.user_id) & wanted) == 0) return refuse::missing_permissions();
        return {};
    }
    const auto channel = reach_channel(world, act, *event.channel_id, permission::kConnect);
    if (!channel) return Refusal(channel.error());
    const bool fits = event.entity_type == EntityType::voice && (*channel)->type == ChannelType::voice;
    if (!fits) return refuse::wrong_channel_type();
    if ((channel_permissions(world, act.user_id, **channel) & wanted) == 0)
        return refuse::missing_permissions();
    return {};
}

Permissions needed_to_manage(const Act& act, const ScheduledEvent& event) {
    const bool own = event.creator_id == act.user_id;
    return own ? permission::kCreateEvents | permission::kManageEvents : permission::kManageEvents;
}

/// 1 to 2, 2 to 3 and 1 to 4 are the ways an event can go.
void read_status(Form& form, ScheduledEvent& event, Instant now) {
    const auto wanted = form.integer("status", 1, 4);
    if (!wanted) return;
    const auto status = static_cast<EventStatus>(*wanted);
    if (status == event.status) return;
    const bool legal = (event.status == EventStatus::scheduled &&
                        (status == EventStatus::active || status == EventStatus::canceled)) ||
                       (event.status == EventStatus::active && status == EventStatus::completed);
    if (!legal) {
        form.fault("status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION",
                   fmt::format("Cannot go from {} to {}.", static_cast<int>(event.status), *wanted));
        return;
    }
    event.status = status;
    if (status == EventStatus::active) event.activated_at = now;
}

}  // namespace

Result<ScheduledEvent*> reach_event(World& world, const Act& act, Snowflake event_id) {
    const auto found = world.events.find(event_id);
    if (found == world.events.end()) return refuse::unknown_scheduled_event();
    if (!can_view(world, act.user_id, found->second)) return refuse::missing_access();
    return &found->second;
}

Result<Snowflake> create_event(World& world, const Act& act, const json& body) {
    FormFaults faults;
    Form form(body, faults);
    for (const char* field : {"name", "privacy_level", "scheduled_start_time", "entity_type"})
        form.require(field);
    ScheduledEvent event;
    event.creator_id = act.user_id;
    read_common(form, event);
    if (faults.empty()) check_place(form, event);
    if (faults.empty()) check_times(world, form, event, act.now, true);
    if (!faults.empty()) return faults.refusal();

    if (const auto allowed = may_act_at(world, act, event, permission::kCreateEvents); !allowed) {
        return Refusal(allowed.error());
    }
    if (places_taken(world) + places_of(world, event) > world.settings.events_per_guild) {
        return refuse::max_uncompleted_events(world.settings.events_per_guild);
    }
    event.id = world.ids.next(act.now);
    const Snowflake id = event.id;
    world.events.emplace(id, std::move(event));
    world.note(Kind::event, id);
    record(world, act, AuditAction::event_create, id);
    return id;
}

Result<Snowflake> update_event(World& world, const Act& act, Snowflake event_id, const json& body) {
    const auto reached = reach_event(world, act, event_id);
    if (!reached) return Refusal(reached.error());
    const Permissions wanted = needed_to_manage(act, **reached);
    if (const auto allowed = may_act_at(world, act, **reached, wanted); !allowed)
        return Refusal(allowed.error());
    if (!(*reached)->uncompleted()) return refuse::finished_event();

    ScheduledEvent changed = **reached;
    FormFaults faults;
    Form form(body, faults);
    for (const char* field : {"name", "scheduled_start_time", "entity_type", "privacy_level", "status"}) {
        if (form.has(field)) form.require(field);
    }
    read_common(form, changed);
    const bool start_given = form.has("scheduled_start_time");
    if (start_given && (*reached)->status != EventStatus::scheduled) {
        form.fault("scheduled_start_time", "GUILD_SCHEDULED_EVENT_INVALID_START_BY_STATUS",
                   "Cannot change the start of an event that has begun.");
    }
    if (faults.empty()) check_place(form, changed);
    if (faults.empty()) check_times(world, form, changed, act.now, start_given);
    read_status(form, changed, act.now);
    if (!faults.empty()) return faults.refusal();
    if (changed.channel_id != (*reached)->channel_id) {
        if (const auto allowed = may_act_at(world, act, changed, wanted); !allowed)
            return Refusal(allowed.error());
    }
    **reached = std::move(changed);
    world.note(Kind::event, event_id);
    record(world, act, AuditAction::event_update, event_id);
    return event_id;
}

Result<void> delete_event(World& world, const Act& act, Snowflake event_id) {
    const auto reached = reach_event(world, act, event_id);
    if (!reached) return Refusal(reached.error());
    if (const auto allowed = may_act_at(world, act, **reached, needed_to_manage(act, **reached)); !allowed) {
        return allowed;
    }
    world.events.erase(event_id);
    world.note(Kind::event, event_id);
    record(world, act, AuditAction::event_delete, event_id);
    return {};
}

}  // namespace convene::sandbox
