#include "web/router.h"

#include <charconv>

#include "web/reply.h"

namespace convene::web {
namespace {

bool is_parameter(const std::string& segment) {
    return segment.starts_with('{');
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
          std::map<std::string, std::string>& parameters) {
    if (pattern.size() != path.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_parameter(pattern[i])) {
            parameters[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
        } else if (pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::int64_t Call::key(const std::string& name) const {
    const std::string& text = parameters.at(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value <= 0)
        throw Refusal(404, "not_found", "no such " + name);
    return value;
}

std::optional<std::string> Call::query(const std::string& name) const {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::nullopt : std::optional(found->second);
}

void Router::add(std::string method, std::string path, Access access,
                 std::function<Response(const Call&)> answer) {
    Request parsed;
    (void)parse_target(path, parsed);
    segments_.push_back(parsed.path);
    routes_.push_back({std::move(method), std::move(path), access, std::move(answer)});
}

Router::Match Router::match(const Request& request) const {
    Match match;
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        std::map<std::string, std::string> parameters;
        if (!fits(segments_[i], request.path, parameters)) continue;
        match.path_known = true;
        if (routes_[i].method != method) continue;
        match.route = &routes_[i];
        match.parameters = std::move(parameters);
        return match;
    }
    return match;
}

}  // namespace convene::web
