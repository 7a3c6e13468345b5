// src/sandbox/gateway/gateway_event.h: from changes of the world to dispatches.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandbox/server/world.h"

namespace convene::sandbox {

struct GatewayEvent {
    std::string name;  ///< "CHANNEL_CREATE"
    std::string data;  ///< JSON object
    int intent = 0;    ///< sessions need it; 0 for none
    /// For sessions without MESSAGE_CONTENT; empty when nothing is withheld.
    std::string without_content;
};

/// Tells what the bot learns of each change. The world notes only that
/// something changed; whether it came, changed or went follows from what was
/// shown before.
class EventSource {
public:
    /// Takes the world as known: what it holds is no news.
    void begin(const World& world);

    /// News of these changes, in order. Nothing for what the bot cannot see,
    /// nor for what looks the same to it as before.
    [[nodiscard]] std::vector<GatewayEvent> news(const World& world, const std::vector<Change>& changes);

private:
    using Shown = std::map<Snowflake, std::string>;  ///< JSON by id
    void channel_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news);
    void all_channel_news(const World& world, std::vector<GatewayEvent>& news);
    void event_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news);
    void member_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news);
    void role_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news);
    void message_news(const World& world, const Change& change, std::vector<GatewayEvent>& news);

    Shown channels_;
    Shown events_;
    Shown members_;
    Shown roles_;
    std::set<Snowflake> messages_;
};

/// The data of GUILD_CREATE. As without the presences intent: of the members
/// only the bot.
[[nodiscard]] std::string guild_create_data(const World& world);

}  // namespace convene::sandbox
