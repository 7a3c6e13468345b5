// src/discord/realize/welcome_message.h: what a group reads in its channel.
#pragma once
#include <string>
#include <vector>

#include "app/welcome.h"
#include "core/time/zone_table.h"
#include "discord/wire/objects.h"

namespace convene::discord {

/// What one of several messages tells: lists of members and of meetings, by index in the data.
struct MessagePart {
    std::size_t first_member = 0;
    std::size_t end_member = 0;
    std::size_t first_meeting = 0;
    std::size_t end_meeting = 0;

    friend bool operator==(const MessagePart&, const MessagePart&) = default;
};

/// A welcome is one message where Discord's limits allow it, and as many as it takes otherwise: each
/// member and each meeting is told of in exactly one. Never empty.
[[nodiscard]] std::vector<MessagePart> divide_welcome(const GroupWelcomeData& data, const ZoneTable& zones);

/// Of the first part with greeting and first event. Dates are shown to each reader in their own zone.
/// \param part  one that divide_welcome() gives for the same data, with or without the event's address
[[nodiscard]] NewMessage format_welcome(const GroupWelcomeData& data, const MessagePart& part,
                                        const ZoneTable& zones, const std::string& marker);

/// So many newcomers fit into one message, whatever they are called.
inline constexpr std::size_t kNewcomersAtOnce = 10;

/// For people who joined the group after its welcome was sent: at most kNewcomersAtOnce.
[[nodiscard]] NewMessage format_newcomers(const GroupWelcomeData& data,
                                          const std::vector<WelcomeMember>& newcomers,
                                          const std::string& marker);

/// After meetings have moved: which, from when to when, and everybody mentioned. As many messages as that
/// takes: each meeting and each member in exactly one. Meetings that are over at `now` are no news.
/// \param told  when the meetings were before; of another count: all coming ones are listed
/// \param from  the first meeting that has not been told of; 0 unless a series was cut short
[[nodiscard]] std::vector<MessagePart> divide_new_times(const GroupWelcomeData& data,
                                                        const std::vector<Instant>& told, Instant now,
                                                        std::size_t from = 0);

/// \param part  one that divide_new_times() gives for the same data, times and `now`
[[nodiscard]] NewMessage format_new_times(const GroupWelcomeData& data, const MessagePart& part,
                                          const std::vector<Instant>& told, Instant now,
                                          const std::string& marker);

}  // namespace convene::discord
