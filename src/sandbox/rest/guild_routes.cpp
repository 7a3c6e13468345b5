// The guild, its roles and its members.
#include <algorithm>

#include "sandbox/rest/call.h"
#include "sandbox/server/form.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr long long kPage = 1000;

std::string lower_ascii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return text;
}

Result<Answer> get_guild(World& world, const Call& call) {
    const auto found = call.query.find("with_counts");
    const bool with_counts = found != call.query.end() && (found->second == "true" || found->second == "1");
    return Answer{200, guild_object(world, with_counts)};
}

Result<Answer> list_guild_roles(World& world, const Call&) {
    json roles = json::array();
    for (const auto& [id, role] : world.roles) roles.push_back(role_object(role));
    return Answer{200, roles};
}

Result<Answer> get_guild_member(World& world, const Call& call) {
    const auto member = world.members.find(call.id("user_id"));
    if (member == world.members.end()) return refuse::unknown_member();
    return Answer{200, member_object(world, member->second)};
}

Result<Answer> list_guild_members(World& world, const Call& call) {
    if (!world.settings.guild_members_intent) return refuse::missing_access();
    const auto limit = call.query_number("limit", 1, kPage, 1);
    if (!limit) return Refusal(limit.error());
    json members = json::array();
    for (auto member = world.members.upper_bound(call.query_id("after").value_or(0));
         member != world.members.end() && static_cast<long long>(members.size()) < *limit; ++member) {
        members.push_back(member_object(world, member->second));
    }
    return Answer{200, members};
}

Result<Answer> search_guild_members(World& world, const Call& call) {
    const auto query = call.query.find("query");
    if (query == call.query.end() || query->second.empty()) {
        FormFaults faults;
        faults.add({"query"}, "BASE_TYPE_REQUIRED", "This field is required");
        return faults.refusal();
    }
    const auto limit = call.query_number("limit", 1, kPage, 1);
    if (!limit) return Refusal(limit.error());
    const std::string wanted = lower_ascii(query->second);
    json members = json::array();
    for (const auto& [id, member] : world.members) {
        if (static_cast<long long>(members.size()) == *limit) break;
        const bool matches = lower_ascii(member.username).starts_with(wanted) ||
                             lower_ascii(member.nick.value_or("")).starts_with(wanted);
        if (matches) members.push_back(member_object(world, member));
    }
    return Answer{200, members};
}
}  // namespace

const std::vector<Route>& guild_routes() {
    static const std::vector<Route> routes{
        {"GET", "/guilds/{guild_id}", "get_guild", get_guild},
        {"GET", "/guilds/{guild_id}/roles", "list_guild_roles", list_guild_roles},
        {"GET", "/guilds/{guild_id}/members", "list_guild_members", list_guild_members},
        {"GET", "/guilds/{guild_id}/members/search", "search_guild_members", search_guild_members},
        {"GET", "/guilds/{guild_id}/members/{user_id}", "get_guild_member", get_guild_member},
    };
    return routes;
}

}  // namespace convene::sandbox
