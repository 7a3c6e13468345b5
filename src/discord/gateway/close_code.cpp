#include "discord/gateway/close_code.h"

#include <fmt/format.h>

namespace convene::discord {

AfterClose after_close(std::optional<int> code) noexcept {
    switch (code.value_or(0)) {
        case 4004:
        case 4010:
        case 4011:
        case 4012:
        case 4013:
        case 4014:
            return AfterClose::give_up;
        case 4007:
        case 4009:
            return AfterClose::new_session;
        default:
            // 1000 and 1001 too: from this side they end a session, from Discord's they need not.
            return AfterClose::resume;
    }
}

std::string close_code_text(std::optional<int> code) {
    if (!code) return "the connection was lost";
    switch (*code) {
        case 4004:
            return "Discord does not accept the bot's token (4004). Copy the token of the application's Bot "
                   "page "
                   "into DISCORD_TOKEN; it changes when it is reset.";
        case 4010:
            return "Discord does not accept the shard that was asked for (4010). This convene does not know "
                   "how to "
                   "connect to Discord any more; update it.";
        case 4011:
            return "The bot is on too many servers for one connection (4011). convene serves one course "
                   "server: "
                   "use an application of its own for it.";
        case 4012:
            return "Discord has withdrawn version 10 of its gateway (4012). Update convene.";
        case 4013:
            return "Discord does not know the intents that were asked for (4013). Update convene.";
        case 4014:
            return "The application was not granted the Server Members intent (4014). Switch it on at the "
                   "application's Bot page in Discord's developer portal, or leave the use of members off.";
        case 4007:
            return "Discord refused to resume from that event (4007)";
        case 4008:
            return "Discord says that too much was sent (4008)";
        case 4009:
            return "the session timed out (4009)";
        default:
            return fmt::format("Discord closed the connection ({})", *code);
    }
}

}  // namespace convene::discord
