#include "bench/realize/least_time.h"

#include <map>
#include <nlohmann/json.hpp>

namespace convene::bench {
namespace {

using nlohmann::json;

/// `/api/v10/channels/81/messages` counts for channel 81.
std::string major_of(const std::string& path) {
    for (const char* kind : {"/channels/", "/guilds/"}) {
        const std::size_t at = path.find(kind);
        if (at == std::string::npos) continue;
        const std::size_t id = at + std::string(kind).size();
        return path.substr(id, path.find('/', id) - id);
    }
    return {};
}

double windows(int requests, int limit, double window_s) {
    return ((requests + limit - 1) / limit - 1) * window_s;
}

}  // namespace

LeastTime least_time(const json& requests, const json& settings) {
    std::map<std::pair<std::string, std::string>, int> counts;
    for (const json& request : requests)
        ++counts[{request.at("bucket").get<std::string>(), major_of(request.at("path").get<std::string>())}];
    const int all = static_cast<int>(requests.size());
    LeastTime least{windows(all, settings.at("global_per_second").get<int>(), 1), "all requests", all};
    for (const auto& [key, count] : counts) {
        const json& buckets = settings.at("buckets");
        const json& rule =
            buckets.contains(key.first) ? buckets.at(key.first) : settings.at("default_bucket");
        const double seconds =
            windows(count, rule.at("limit").get<int>(), rule.at("window_ms").get<double>() / 1000);
        if (seconds > least.seconds) least = {seconds, key.first, count};
    }
    return least;
}

}  // namespace convene::bench
