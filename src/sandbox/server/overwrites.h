// src/sandbox/server/overwrites.h: permission overwrites of a channel.
#pragma once
#include <optional>
#include <vector>

#include "sandbox/server/act.h"
#include "sandbox/server/form.h"

namespace convene::sandbox {

/// Reads `field` as an array of overwrites; nothing when absent. Of several for
/// one id the last counts. Faults go to the form.
[[nodiscard]] std::optional<std::vector<Overwrite>> read_overwrites(const World& world, Form& form,
                                                                    const std::string& field);

/// At creation: only bits the user holds in the guild may be allowed or denied,
/// and MANAGE_ROLES by administrators alone.
[[nodiscard]] Result<void> may_create_with(const World& world, const Act& act,
                                           const std::vector<Overwrite>& overwrites);

/// On an existing channel: bits held in the guild or the parent will do, and
/// any bit for who was granted MANAGE_ROLES by an overwrite there. Overwrites
/// that stay as they were are not asked about.
[[nodiscard]] Result<void> may_change_to(const World& world, const Act& act, const Channel& channel,
                                         const std::vector<Overwrite>& overwrites);

/// Sets `effective` as the settings have it for a write at this moment.
void mark_effect(const World& world, const Act& act, const Channel& channel, Overwrite& overwrite);

/// PUT /channels/{id}/permissions/{overwrite_id}
[[nodiscard]] Result<void> put_overwrite(World& world, const Act& act, Snowflake channel_id,
                                         Snowflake target_id, const nlohmann::json& body);

/// DELETE /channels/{id}/permissions/{overwrite_id}
[[nodiscard]] Result<void> delete_overwrite(World& world, const Act& act, Snowflake channel_id,
                                            Snowflake target_id);

/// Removes every overwrite for this id, from all channels.
void forget_overwrites_of(World& world, Snowflake id);

}  // namespace convene::sandbox
