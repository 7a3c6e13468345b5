#include "sandbox/server/overwrites.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// The target's kind and bits, from an array element or the body of a PUT.
Overwrite read_overwrite(const World& world, Form& form, Snowflake target_id) {
    Overwrite overwrite;
    overwrite.id = target_id;
    overwrite.kind = world.roles.contains(target_id) ? OverwriteKind::role : OverwriteKind::member;
    if (const auto kind = form.integer("type", 0, 1)) overwrite.kind = static_cast<OverwriteKind>(*kind);
    overwrite.allow = form.permissions("allow").value_or(0);
    overwrite.deny = form.permissions("deny").value_or(0);
    return overwrite;
}

bool same(const Overwrite& a, const Overwrite& b) {
    return a.id == b.id && a.kind == b.kind && a.allow == b.allow && a.deny == b.deny;
}

/// Bits that writing `overwrites` sets or clears, next to what is there now.
Permissions touched_bits(const Channel& channel, const std::vector<Overwrite>& overwrites) {
    Permissions touched = 0;
    for (const Overwrite& overwrite : overwrites) {
        const Overwrite* existing = find_overwrite(channel, overwrite.id);
        if (existing != nullptr && same(*existing, overwrite)) continue;
        touched |= overwrite.allow | overwrite.deny;
    }
    return touched;
}

bool granted_manage_roles_here(const World& world, const Act& act, const Channel& channel) {
    const auto grants = [&](Snowflake id) {
        const Overwrite* overwrite = find_overwrite(channel, id);
        return overwrite != nullptr && overwrite->effective &&
               has_all(overwrite->allow, permission::kManageRoles);
    };
    const auto& roles = world.members.at(act.user_id).roles;
    return grants(act.user_id) || std::any_of(roles.begin(), roles.end(), grants);
}

const Channel* parent_of(const World& world, const Channel& channel) {
    return channel.parent_id ? &world.channels.at(*channel.parent_id) : nullptr;
}

}  // namespace

std::optional<std::vector<Overwrite>> read_overwrites(const World& world, Form& form,
                                                      const std::string& field) {
    const json* entries = form.array(field, static_cast<std::size_t>(world.settings.overwrites_per_request));
    if (entries == nullptr) return std::nullopt;
    std::vector<Overwrite> overwrites;
    std::vector<std::string> path = form.path_to(field);
    for (std::size_t i = 0; i < entries->size(); ++i) {
        path.push_back(std::to_string(i));
        Form entry((*entries)[i], form.faults(), path);
        path.pop_back();
        entry.require("id");
        const auto id = entry.snowflake("id");
        if (!id) continue;
        const Overwrite overwrite = read_overwrite(world, entry, *id);
        if (overwrite.kind == OverwriteKind::role && !world.roles.contains(*id)) {
            entry.fault("id", "INVALID_ROLE", fmt::format("Role {} is not in this guild.", *id));
        }
        std::erase_if(overwrites, [&](const Overwrite& earlier) { return earlier.id == *id; });
        overwrites.push_back(overwrite);
    }
    return overwrites;
}

Result<void> may_create_with(const World& world, const Act& act, const std::vector<Overwrite>& overwrites) {
    const Permissions held = guild_permissions(world, act.user_id);
    if (has_all(held, permission::kAdministrator) || overwrites.empty()) return {};
    if (!has_all(held, permission::kManageRoles)) return refuse::missing_permissions();
    for (const Overwrite& overwrite : overwrites) {
        const Permissions bits = overwrite.allow | overwrite.deny;
        if ((bits & permission::kManageRoles) != 0 || !has_all(held, bits))
            return refuse::missing_permissions();
    }
    return {};
}

Result<void> may_change_to(const World& world, const Act& act, const Channel& channel,
                           const std::vector<Overwrite>& overwrites) {
    if (!has_all(channel_permissions(world, act.user_id, channel), permission::kManageRoles)) {
        return refuse::missing_permissions();
    }
    Permissions held = guild_permissions(world, act.user_id);
    if (has_all(held, permission::kAdministrator)) return {};
    const Permissions touched = touched_bits(channel, overwrites);
    if ((touched & permission::kManageRoles) != 0) return refuse::missing_permissions();
    if (granted_manage_roles_here(world, act, channel)) return {};
    if (const Channel* parent = parent_of(world, channel)) {
        held |= channel_permissions(world, act.user_id, *parent);
    }
    if (!has_all(held, touched)) return refuse::missing_permissions();
    return {};
}

void mark_effect(const World& world, const Act& act, const Channel& channel, Overwrite& overwrite) {
    const bool of_absent_member =
        overwrite.kind == OverwriteKind::member && !world.members.contains(overwrite.id);
    const auto age = act.now - made_at(channel.id);
    const bool too_soon = age < std::chrono::milliseconds(world.settings.lost_overwrite_ms);
    overwrite.effective = !too_soon && (!of_absent_member || world.settings.absent_member_overwrites);
}

Result<void> put_overwrite(World& world, const Act& act, Snowflake channel_id, Snowflake target_id,
                           const json& body) {
    const auto reached = reach_channel(world, act, channel_id, permission::kManageRoles);
    if (!reached) return Refusal(reached.error());
    Channel& channel = **reached;
    // A parent that hides itself from the user shuts them out of this call,
    // though the child lets them in.
    const Channel* parent = parent_of(world, channel);
    if (parent != nullptr && channel_permissions(world, act.user_id, *parent) == 0)
        return refuse::missing_access();

    FormFaults faults;
    Form form(body, faults);
    Overwrite overwrite = read_overwrite(world, form, target_id);
    if (!faults.empty()) return faults.refusal();
    if (overwrite.kind == OverwriteKind::role && !world.roles.contains(target_id))
        return refuse::unknown_role();
    if (const auto allowed = may_change_to(world, act, channel, {overwrite}); !allowed) return allowed;

    mark_effect(world, act, channel, overwrite);
    const bool exists = find_overwrite(channel, target_id) != nullptr;
    if (!exists && static_cast<int>(channel.overwrites.size()) >= world.settings.overwrites_per_channel) {
        return refuse::max_overwrites(world.settings.overwrites_per_channel);
    }
    std::erase_if(channel.overwrites, [&](const Overwrite& old) { return old.id == target_id; });
    channel.overwrites.push_back(overwrite);
    world.note(Kind::channel, channel_id);
    record(world, act, exists ? AuditAction::overwrite_update : AuditAction::overwrite_create, channel_id);
    return {};
}

Result<void> delete_overwrite(World& world, const Act& act, Snowflake channel_id, Snowflake target_id) {
    const auto reached = reach_channel(world, act, channel_id, permission::kManageRoles);
    if (!reached) return Refusal(reached.error());
    Channel& channel = **reached;
    if (find_overwrite(channel, target_id) == nullptr) return refuse::unknown_overwrite();
    std::erase_if(channel.overwrites, [&](const Overwrite& old) { return old.id == target_id; });
    world.note(Kind::channel, channel_id);
    record(world, act, AuditAction::overwrite_delete, channel_id);
    return {};
}

void forget_overwrites_of(World& world, Snowflake id) {
    for (auto& [channel_id, channel] : world.channels) {
        const auto gone = std::erase_if(channel.overwrites,
                                        [id](const Overwrite& overwrite) { return overwrite.id == id; });
        if (gone > 0) world.note(Kind::channel, channel_id);
    }
}

}  // namespace convene::sandbox
