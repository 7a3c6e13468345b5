// src/discord/realize/welcome_message.h: what a group reads in its channel.
#pragma once
#include <string>
#include <vector>

#include "app/welcome.h"
#include "core/time/zone_table.h"
#include "discord/wire/objects.h"

namespace convene::discord {

/// One message, within Discord's limits for any number of members and
/// meetings: what does not fit into its text goes into embeds, and what does not
/// fit there is counted. Dates are shown to each reader in their own zone.
[[nodiscard]] NewMessage format_welcome(const GroupWelcomeData& data, const ZoneTable& zones,
                                        const std::string& marker);

/// For people who joined the group after its welcome was sent.
[[nodiscard]] NewMessage format_newcomers(const GroupWelcomeData& data,
                                          const std::vector<WelcomeMember>& newcomers,
                                          const std::string& marker);

/// After the group's meetings have moved: the coming ones, at `now`.
[[nodiscard]] NewMessage format_new_times(const GroupWelcomeData& data, Instant now,
                                          const std::string& marker);

/// When the meetings are on a member's own clock: `Wednesday 10:00`, and where
/// a clock change moves it, `Wednesday 10:00, from 12 March 11:00`. Empty for an unknown zone.
[[nodiscard]] std::string local_times(const std::vector<Instant>& meetings, const std::string& timezone,
                                      const ZoneTable& zones);

}  // namespace convene::discord
