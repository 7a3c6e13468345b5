// src/discord/realize/applied.h: what the journal remembers of each object: what
// was last sent, and what Discord made of it.
//
// With it three states can be compared: what was sent, what the database says
// now, and what Discord shows. A difference between the first two is carried out; a
// difference between the first and the last was made by hand and is left alone.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/time/instant.h"

namespace convene::discord {

struct ChannelApplied {
    std::string name;                  ///< as sent
    std::string stored;                ///< as Discord returned it; empty while nobody knows
    std::vector<std::string> members;  ///< users with access in the creating call
    std::optional<int> position{};     ///< as sent
    bool archived = false;             ///< read-only since its cohort has ended

    friend bool operator==(const ChannelApplied&, const ChannelApplied&) = default;
};

struct EventApplied {
    std::string name;
    Instant start{};
    Instant end{};

    friend bool operator==(const EventApplied&, const EventApplied&) = default;
};

/// Of one of several messages about new times: what the others still have to say.
struct LeftToTell {
    std::vector<std::string> users;  ///< nobody has mentioned them yet: Discord ids
    std::size_t first_meeting = 0;   ///< told so far are those before it
    std::vector<Instant> before;     ///< when the meetings were until now

    friend bool operator==(const LeftToTell&, const LeftToTell&) = default;
};

struct MessageApplied {
    std::vector<std::string> users;  ///< whom it welcomed: Discord ids; none where it told new times
    std::vector<Instant> starts;     ///< the meetings it told of
    int parts = 1;                   ///< of the first message of a welcome: how many messages it has
    std::optional<LeftToTell> left{};

    friend bool operator==(const MessageApplied&, const MessageApplied&) = default;
};

[[nodiscard]] std::string to_json(const ChannelApplied& applied);
[[nodiscard]] std::string to_json(const EventApplied& applied);
[[nodiscard]] std::string to_json(const MessageApplied& applied);

// Text that is not of this form (an older program's) reads as empty.
[[nodiscard]] ChannelApplied read_channel_applied(const std::string& json);
[[nodiscard]] EventApplied read_event_applied(const std::string& json);
[[nodiscard]] MessageApplied read_message_applied(const std::string& json);

}  // namespace convene::discord
