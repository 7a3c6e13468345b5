// The audit log: proof of what was done, though it may come late.
#include <chrono>

#include "sandbox/rest/call.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// Whether the query's filters let the entry through.
bool wanted(const AuditEntry& entry, const Call& call, long long action_type) {
    const auto is = [&](const char* name, Snowflake value) {
        const auto id = call.query_id(name);
        return !id || *id == value;
    };
    const auto before = call.query_id("before");
    const auto after = call.query_id("after");
    return is("user_id", entry.user_id) && is("target_id", entry.target_id) &&
           (action_type == 0 || static_cast<long long>(entry.action) == action_type) &&
           (!before || entry.id < *before) && (!after || entry.id > *after);
}

Result<Answer> list_guild_audit_log_entries(World& world, const Call& call) {
    if (const auto held = require_in_guild(world, call.act, permission::kViewAuditLog); !held) {
        return Refusal(held.error());
    }
    const auto limit = call.query_number("limit", 1, 100, 50);
    if (!limit) return Refusal(limit.error());
    const auto action_type = call.query_number("action_type", 1, 1000, 0);
    if (!action_type) return Refusal(action_type.error());

    const std::chrono::milliseconds lag(world.settings.audit_lag_ms);
    std::vector<const AuditEntry*> found;
    for (const auto& [id, entry] : world.audit_log) {
        const bool arrived = call.act.now - made_at(id) >= lag;
        if (arrived && wanted(entry, call, *action_type)) found.push_back(&entry);
    }
    // Newest first, unless asked for what follows an entry.
    const bool oldest_first = call.query_id("after").has_value();
    if (!oldest_first) found = {found.rbegin(), found.rend()};
    if (found.size() > static_cast<std::size_t>(*limit)) found.resize(static_cast<std::size_t>(*limit));

    json entries = json::array();
    std::map<Snowflake, json> users;
    for (const AuditEntry* entry : found) {
        entries.push_back(audit_entry_object(*entry));
        users.try_emplace(entry->user_id, user_object(world, entry->user_id));
    }
    json body = {{"audit_log_entries", entries}, {"users", json::array()}};
    for (const auto& [id, user] : users) body["users"].push_back(user);
    for (const char* other : {"integrations", "webhooks", "guild_scheduled_events", "threads",
                              "application_commands", "auto_moderation_rules"}) {
        body[other] = json::array();
    }
    return Answer{200, body};
}
}  // namespace

const std::vector<Route>& audit_log_routes() {
    static const std::vector<Route> routes{
        {"GET", "/guilds/{guild_id}/audit-logs", "list_guild_audit_log_entries",
         list_guild_audit_log_entries},
    };
    return routes;
}

}  // namespace convene::sandbox
