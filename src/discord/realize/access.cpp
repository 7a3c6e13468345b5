#include "discord/realize/access.h"

namespace convene::discord {

Overwrite everyone_overwrite(const std::string& guild_id, ChannelType type) {
    const Permissions denied =
        type == ChannelType::voice ? access::kEveryoneDeniedVoice : access::kEveryoneDenied;
    return {guild_id, Overwrite::Type::role, 0, denied};
}

Overwrite bot_overwrite(const std::string& bot_id, ChannelType type) {
    const Permissions allowed = type == ChannelType::category ? access::kBotCategory
                                : type == ChannelType::voice  ? access::kBotVoice
                                                              : access::kBotText;
    return {bot_id, Overwrite::Type::member, allowed, 0};
}

Overwrite member_overwrite(const std::string& user_id, ChannelType type) {
    return {user_id, Overwrite::Type::member,
            type == ChannelType::voice ? access::kMemberVoice : access::kMemberText, 0};
}

}  // namespace convene::discord
