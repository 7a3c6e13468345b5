#include "sandbox/rest/router.h"

#include <string_view>

#include "sandbox/http/http_message.h"

namespace convene::sandbox {
namespace {

std::vector<std::string> segments(std::string_view path) {
    std::vector<std::string> out;
    for (std::size_t begin = 1; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        out.emplace_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

bool is_placeholder(std::string_view segment) {
    return segment.starts_with('{');
}

/// Fills in ids when the path has the pattern's shape.
bool matches(std::string_view pattern, const std::vector<std::string>& path, RouteMatch& match) {
    const auto wanted = segments(pattern);
    if (wanted.size() != path.size()) return false;
    RouteMatch filled;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!is_placeholder(wanted[i])) {
            if (wanted[i] != path[i]) return false;
            continue;
        }
        const std::string name(wanted[i].substr(1, wanted[i].size() - 2));
        if (name.ends_with("_token")) {
            filled.tokens[name] = path[i];
        } else if (const auto id = parse_snowflake(path[i])) {
            filled.ids[name] = *id;
        } else if (filled.bad_id.empty()) {
            filled.bad_id_name = name;
            filled.bad_id = path[i];
        }
    }
    match.ids = filled.ids;
    match.tokens = filled.tokens;
    match.bad_id_name = filled.bad_id_name;
    match.bad_id = filled.bad_id;
    return true;
}

std::string major_of(const RouteMatch& match) {
    for (const char* name : {"channel_id", "guild_id"}) {
        const auto found = match.ids.find(name);
        if (found != match.ids.end()) return std::to_string(found->second);
    }
    return match.tokens.empty() ? "" : match.tokens.begin()->second;
}

}  // namespace

RouteMatch find_route(const std::string& method, const std::string& path) {
    std::vector<std::string> wanted = segments(path);
    // After the split: an encoded slash belongs to its segment.
    for (std::string& segment : wanted) segment = percent_decoded(segment, false);
    RouteMatch found;
    for (const auto* list :
         {&account_routes(), &guild_routes(), &channel_routes(), &message_routes(), &event_routes(),
          &audit_log_routes(), &command_routes(), &interaction_routes()}) {
        for (const Route& route : *list) {
            RouteMatch match;
            if (!matches(route.pattern, wanted, match)) continue;
            found.path_known = true;
            if (method != route.method) continue;
            match.path_known = true;
            match.route = &route;
            match.draw = {route.name, major_of(match), !route.by_token};
            // "/members/search" fits "/members/{user_id}" too, with a bad id.
            if (match.bad_id.empty()) return match;
            if (found.route == nullptr) found = match;
        }
    }
    return found;
}

}  // namespace convene::sandbox
