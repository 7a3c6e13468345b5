#include "tests/discord/support/server_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <regex>
#include <vector>

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string with_names(std::string text, const std::map<std::string, std::string>& names) {
    static const std::regex mark(" ?\\[?ref:[0-9a-z]+\\]?");
    text = std::regex_replace(text, mark, "");
    for (const auto& [id, name] : names) {
        for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id, at + name.size()))
            text.replace(at, id.size(), name);
    }
    return text;
}

std::string people(const Json& channel) {
    std::vector<std::string> lines;
    for (const Json& overwrite : channel.at("permission_overwrites")) {
        lines.push_back(fmt::format("{}:{}:{}", text_at(overwrite, "id"), text_at(overwrite, "allow"),
                                    text_at(overwrite, "deny")));
    }
    std::sort(lines.begin(), lines.end());
    return fmt::format("{}", fmt::join(lines, " "));
}

}  // namespace

std::string server_text(const World& world) {
    const FakeDiscord& discord = *world.discord;
    std::map<std::string, std::string> names;
    for (const auto& [id, channel] : discord.channels) names[id] = "<" + text_at(channel, "name") + ">";
    for (const auto& [id, event] : discord.events) names[id] = "<" + text_at(event, "name") + ">";
    const auto name_of = [&](const std::string& id) {
        const auto found = names.find(id);
        return found == names.end() ? "nowhere" : found->second;
    };
    std::vector<std::string> lines;
    for (const auto& [id, channel] : discord.channels) {
        lines.push_back(fmt::format("channel {} {} in {} at {} topic {} for {}", channel.at("type").dump(),
                                    name_of(id), name_of(text_at(channel, "parent_id")),
                                    channel.value("position", 0),
                                    with_names(text_at(channel, "topic"), names), people(channel)));
    }
    for (const auto& [id, event] : discord.events) {
        lines.push_back(fmt::format("event {} in {} from {} to {} status {}", name_of(id),
                                    name_of(text_at(event, "channel_id")),
                                    text_at(event, "scheduled_start_time"),
                                    text_at(event, "scheduled_end_time"), event.at("status").dump()));
    }
    for (const auto& [channel, messages] : discord.messages) {
        // Two notes of one run may stand in either order.
        for (const Json& message : messages) {
            lines.push_back(fmt::format("message of {}: {} {}", name_of(channel),
                                        with_names(text_at(message, "content"), names),
                                        message.at("allowed_mentions").dump()));
        }
    }
    std::sort(lines.begin(), lines.end());
    return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace convene::discord::test
