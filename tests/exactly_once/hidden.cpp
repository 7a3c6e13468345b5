#include "tests/exactly_once/hidden.h"

#include <set>

#include "tests/e2e/database_dump.h"

namespace convene::test {
namespace {

using nlohmann::json;

constexpr const char* kViewChannel = "1024";

/// Each thing the bot has made, by id, with the channel that shows it.
std::map<std::string, std::string> things_of_bot(const json& state) {
    std::map<std::string, std::string> things;
    for (const json& channel : state.at("channels")) {
        if (!channel.at("permission_overwrites").empty()) things[channel.at("id")] = channel.at("id");
    }
    for (const json& event : state.at("scheduled_events")) things[event.at("id")] = event.at("channel_id");
    for (const auto& [channel, messages] : state.at("messages").items()) {
        for (const json& message : messages) things[message.at("id")] = channel;
    }
    return things;
}

}  // namespace

Hidden::Hidden(const SandboxProgram& sandbox, const std::string& database_url) : sandbox_(sandbox) {
    const json state = sandbox.get("/state");
    for (const json& member : state.at("members")) {
        if (member.at("user").value("bot", false)) bot_ = member.at("user").at("id");
    }
    auto things = things_of_bot(state);
    if (things.empty()) return;
    const std::string newest = things.rbegin()->second;
    for (const std::string& row : rows_of(
             database_url, "select discord_id from convene_discord_operations where discord_id is not null"))
        things.erase(row.substr(0, row.find('|')));
    std::set<std::string> channels = {newest};
    if (!things.empty()) channels.clear();
    for (const auto& [id, channel] : things) channels.insert(channel);

    for (const json& channel : state.at("channels")) {
        if (!channels.contains(channel.at("id"))) continue;
        for (const json& overwrite : channel.at("permission_overwrites")) {
            if (overwrite.at("id") == bot_) bot_allows_[channel.at("id")] = overwrite.at("allow");
        }
    }
    for (const auto& [channel, allowed] : bot_allows_) set(channel, "0", kViewChannel);
}

void Hidden::show_again() const {
    for (const auto& [channel, allowed] : bot_allows_) set(channel, allowed, "0");
}

void Hidden::set(const std::string& channel, const std::string& allow, const std::string& deny) const {
    sandbox_.post("/act", {{"user_id", sandbox_.admin()},
                           {"method", "PUT"},
                           {"path", "/channels/" + channel + "/permissions/" + bot_},
                           {"body", {{"type", 1}, {"allow", allow}, {"deny", deny}}}});
}

}  // namespace convene::test
