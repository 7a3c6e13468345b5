// src/app/queries/groups.h: groups as whoever builds or describes their homes
// needs them. Names as in the specification.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/ports/realization_store.h"
#include "app/welcome.h"

namespace convene {

/// Empty when there is no such cohort.
[[nodiscard]] std::optional<CohortRealization> get_cohort_groups_for_realization(RealizationStore& store,
                                                                                 CohortId cohort);

/// \throws std::invalid_argument for an id that is not a Discord id (1 to 20 digits)
void save_discord_channel_ids(RealizationStore& store, GroupId group, const std::string& text_channel_id,
                              const std::string& voice_channel_id);
/// \throws std::invalid_argument likewise
void save_cohort_category_id(RealizationStore& store, CohortId cohort, const std::string& category_id);

/// Running groups that have both Discord channels.
[[nodiscard]] std::vector<GroupId> realized_groups(RealizationStore& store, CohortId cohort);

/// Whether anything was ever begun or saved there for this cohort.
[[nodiscard]] bool is_on_discord(RealizationStore& store, CohortId cohort);

/// Empty when the cohort has no such running group.
/// \param guild_id  of the Discord server: with it, the address of the first event that exists is added
[[nodiscard]] std::optional<GroupWelcomeData> get_group_welcome_data(
    RealizationStore& store, CohortId cohort, GroupId group, const std::optional<std::string>& guild_id = {});

}  // namespace convene
