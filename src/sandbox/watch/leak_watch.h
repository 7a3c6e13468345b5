// src/sandbox/watch/leak_watch.h: who could see a private channel, at any instant.
//
// A channel is private once it hides itself from a newcomer without roles. It
// leaks when a newcomer could view it before that moment or can again after it,
// and when a member views it whom neither an overwrite of their own nor one of
// their roles lets in. Administrators and the owner see everything by right. The
// category of a visible channel shows too; that is Discord's rule and no leak.
#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sandbox/server/world.h"

namespace convene::sandbox {

class LeakWatch {
public:
    /// Takes the world as it stands. What was public before is nobody's leak.
    void begin(const World& world, Instant now);

    /// Looks at what these changes made visible.
    /// \param request  number in the log of the request that made them
    void look(const World& world, const std::vector<Change>& changes, Instant now, long long request);

    /// {"leaks": […], "viewers": {"<channel id>": …}}, see docs/sandbox.md.
    [[nodiscard]] nlohmann::json describe() const;

private:
    /// Someone's sight of a channel. User 0 is anybody, newcomers included.
    struct Sight {
        Snowflake user_id = 0;
        Instant from{};
        std::optional<Instant> until;
        long long request = 0;
        bool named = false;          ///< let in by an overwrite of theirs or of a role of theirs
        bool while_private = false;  ///< began or lasted after the channel had become private
    };
    struct Watched {
        std::string name;
        std::vector<Overwrite> overwrites;
        bool known_before = false;  ///< it stood there when the watch began
        bool was_private = false;   ///< now or at any time before
        std::vector<Sight> sights;
    };

    void look_at(const World& world, const Channel& channel, Instant now, long long request);
    void gone(Snowflake channel_id, Instant now);

    std::map<Snowflake, Watched> channels_;  ///< deleted ones stay
};

}  // namespace convene::sandbox
