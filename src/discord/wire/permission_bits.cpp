#include "discord/wire/permission_bits.h"

#include <charconv>
#include <utility>

namespace convene::discord {

std::string permission_names(Permissions bits) {
    static constexpr std::pair<Permissions, std::string_view> kNames[] = {
        {permission::kAdministrator, "Administrator"},
        {permission::kViewAuditLog, "View Audit Log"},
        {permission::kViewChannel, "View Channels"},
        {permission::kManageChannels, "Manage Channels"},
        {permission::kManageRoles, "Manage Roles (Manage Permissions)"},
        {permission::kSendMessages, "Send Messages"},
        {permission::kAddReactions, "Add Reactions"},
        {permission::kCreatePublicThreads, "Create Public Threads"},
        {permission::kCreatePrivateThreads, "Create Private Threads"},
        {permission::kSendMessagesInThreads, "Send Messages in Threads"},
        {permission::kEmbedLinks, "Embed Links"},
        {permission::kReadMessageHistory, "Read Message History"},
        {permission::kConnect, "Connect"},
        {permission::kSpeak, "Speak"},
        {permission::kCreateEvents, "Create Events"},
        {permission::kManageEvents, "Manage Events"},
    };
    std::string text;
    for (const auto& [bit, name] : kNames) {
        if ((bits & bit) == 0) continue;
        if (!text.empty()) text += ", ";
        text += name;
        bits &= ~bit;
    }
    if (bits != 0) text += (text.empty() ? "" : ", ") + std::string("bits ") + std::to_string(bits);
    return text;
}

std::optional<Permissions> parse_permissions(std::string_view text) {
    Permissions value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace convene::discord
