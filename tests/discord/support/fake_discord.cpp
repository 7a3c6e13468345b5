#include "tests/discord/support/fake_discord.h"

#include <algorithm>
#include <regex>
#include <utility>

#include "tests/support/exchanges.h"

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;

using convene::test::keep_for_judgement;

constexpr const char* kBase = "http://127.0.0.1:1/api/v10";

HttpResponse reply(int status, const Json& body) {
    return {status, {}, body.is_null() ? std::string() : body.dump()};
}

HttpResponse error(int status, int code, const std::string& message) {
    return reply(status, {{"code", code}, {"message", message}});
}

const Json* overwrite_of(const Json& channel, const std::string& id) {
    for (const Json& overwrite : channel.at("permission_overwrites")) {
        if (overwrite.at("id") == id) return &overwrite;
    }
    return nullptr;
}

unsigned long long bits(const Json& overwrite, const char* key) {
    return std::stoull(overwrite.at(key).get<std::string>());
}

}  // namespace

std::string FakeDiscord::new_id() {
    return std::to_string(++last_ms_ << 22);
}

Json& FakeDiscord::add_channel(int type, const std::string& name, const std::string& parent) {
    const std::string id = new_id();
    channels[id] = {{"id", id},
                    {"type", type},
                    {"name", name},
                    {"parent_id", parent.empty() ? Json() : Json(parent)},
                    {"permission_overwrites", Json::array()}};
    return channels[id];
}

Json& FakeDiscord::add_event(const std::string& channel, const std::string& start) {
    const std::string id = new_id();
    events[id] = {{"id", id},         {"channel_id", channel}, {"creator_id", "5"},
                  {"name", "theirs"}, {"status", 1},           {"scheduled_start_time", start}};
    return events[id];
}

std::vector<Json> FakeDiscord::channels_of(int type) const {
    std::vector<Json> found;
    for (const auto& [id, channel] : channels) {
        if (channel.at("type") == type) found.push_back(channel);
    }
    return found;
}

bool FakeDiscord::visible(const Json& channel) const {
    const Json* everyone = overwrite_of(channel, kGuild);
    const Json* own = overwrite_of(channel, kBot);
    if (own != nullptr && (bits(*own, "allow") & 1024) != 0) return true;
    return everyone == nullptr || (bits(*everyone, "deny") & 1024) == 0;
}

void FakeDiscord::check_privacy() {
    for (const auto& [id, channel] : channels) {
        const Json* own = overwrite_of(channel, kBot);
        if (own == nullptr) continue;  // not ours
        const Json* everyone = overwrite_of(channel, kGuild);
        if (everyone == nullptr || (bits(*everyone, "deny") & 1024) == 0) ++leaks;
    }
}

tl::expected<HttpResponse, TransportFault> FakeDiscord::send(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    if (dead_) throw Killed{};
    for (Later& later : later_) --later.countdown;
    for (std::size_t i = 0; i < later_.size();) {
        if (later_[i].countdown > 0) {
            ++i;
            continue;
        }
        const auto commit = later_[i].commit;
        later_.erase(later_.begin() + static_cast<std::ptrdiff_t>(i));
        // Realization waits longer than a late commit and the lag of lists
        // together. Time stands still here, so the one must stand for both.
        const int lag = std::exchange(list_lag, 0);
        commit();
        list_lag = lag;
    }
    keep_for_judgement(request.method, request.url.substr(std::string(kBase).size()), request.body);
    const Accident what = accident ? accident(requests) : Accident::none;
    ++requests;
    log.push_back(request.method + " " + request.url.substr(std::string(kBase).size()));
    if (request.method != "GET") ++writes;
    const auto lost = [](const char* why) { return tl::unexpected(TransportFault{true, why}); };
    switch (what) {
        case Accident::none:
            break;
        case Accident::kill_before:
            dead_ = true;
            throw Killed{};
        case Accident::kill_after:
            (void)answer(request);
            dead_ = true;
            throw Killed{};
        case Accident::kill_late:
            later_.push_back({late_requests, [this, request] { (void)answer(request); }});
            dead_ = true;
            throw Killed{};
        case Accident::drop_before:
            return lost("dropped");
        case Accident::drop_after:
            (void)answer(request);
            return lost("dropped");
        case Accident::error_500_after:
            (void)answer(request);
            return HttpResponse{500, {}, "{}"};
        case Accident::error_502:
            return HttpResponse{502, {}, "<html>"};
        case Accident::late:
            later_.push_back({late_requests, [this, request] { (void)answer(request); }});
            return lost("timeout");
        case Accident::rate_limited:
            return HttpResponse{
                429, {{"retry-after", "0"}, {"x-ratelimit-scope", "shared"}}, R"({"retry_after":0.0})"};
    }
    HttpResponse response = answer(request);
    if (!date.empty()) response.headers["date"] = date;
    return response;
}

HttpResponse FakeDiscord::list(std::map<std::string, Json>& objects, bool channel_list) {
    Json out = Json::array();
    for (auto& [id, object] : objects) {
        if (int& lag = lagging_[id]; lag > 0) {
            --lag;
            continue;
        }
        const std::string channel = channel_list ? id : object.value("channel_id", "");
        const auto found = channels.find(channel);
        if (found != channels.end() && !visible(found->second)) continue;
        out.push_back(object);
    }
    return reply(200, out);
}

HttpResponse FakeDiscord::create_channel(Json body) {
    const int type = body.at("type");
    const std::string parent = body.contains("parent_id") ? body["parent_id"].get<std::string>() : "";
    if (!parent.empty() && !channels.contains(parent)) return error(400, 50035, "no such parent");
    const auto children = std::count_if(channels.begin(), channels.end(), [&](const auto& entry) {
        return !parent.empty() && entry.second.at("parent_id") == parent;
    });
    if (children >= max_children) {
        return reply(400,
                     {{"code", 50035},
                      {"message", "Invalid Form Body"},
                      {"errors",
                       {{"parent_id",
                         {{"_errors", {{{"code", "CHANNEL_PARENT_MAX_CHANNELS"}, {"message", "full"}}}}}}}}});
    }
    if (channels.size() >= 500) return error(400, 30013, "Maximum number of guild channels reached (500)");
    Json& channel = add_channel(type, body.at("name"), parent);
    std::string name = body.at("name");
    if (type == 0) {
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c == ' ' ? '-' : static_cast<char>(std::tolower(c)); });
    }
    channel["name"] = name;
    channel["topic"] = body.value("topic", "");
    channel["position"] = body.value("position", 0);
    channel["permission_overwrites"] = body.at("permission_overwrites");
    lagging_[channel.at("id")] = list_lag;
    return reply(201, channel);
}

HttpResponse FakeDiscord::create_event(Json body) {
    if (static_cast<int>(events.size()) >= max_events) return error(400, 30038, "too many events");
    const std::string id = new_id();
    body["id"] = id;
    body["creator_id"] = kBot;
    body["status"] = 1;
    events[id] = body;
    lagging_[id] = list_lag;
    return reply(200, body);
}

void FakeDiscord::keep_reason(const HttpRequest& request, int action, const HttpResponse& made) {
    if (made.status / 100 != 2) return;
    for (const auto& [name, value] : request.headers) {
        if (name != "X-Audit-Log-Reason") continue;
        std::string reason;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] == '%') {
                reason += static_cast<char>(std::stoi(value.substr(i + 1, 2), nullptr, 16));
                i += 2;
            } else {
                reason += value[i];
            }
        }
        audit_log.push_back({{"id", new_id()},
                             {"action_type", action},
                             {"target_id", Json::parse(made.body).at("id")},
                             {"reason", reason}});
    }
}

HttpResponse FakeDiscord::create_message(const std::string& channel, Json body) {
    body["id"] = new_id();
    body["author"] = {{"id", kBot}};
    body.erase("nonce");  // Discord does not keep it; a restart must not lean on it
    messages[channel].push_back(body);
    return reply(200, body);
}

HttpResponse FakeDiscord::answer(const HttpRequest& request) {
    HttpResponse response = carry_out(request);
    if (watch) watch();
    return response;
}

HttpResponse FakeDiscord::carry_out(const HttpRequest& request) {
    const std::string path = request.url.substr(std::string(kBase).size());
    const std::string call = request.method + " " + path.substr(0, path.find('?'));
    const std::string guild = std::string("/guilds/") + kGuild;
    const Json body = request.body.empty() ? Json() : Json::parse(request.body);
    std::smatch match;
    const auto is = [&](const std::string& pattern) {
        return std::regex_match(call, match, std::regex(pattern));
    };

    if (call == "GET /users/@me") return reply(200, {{"id", kBot}});
    if (call == "GET " + guild) {
        return reply(200,
                     {{"id", kGuild},
                      {"name", "Test"},
                      {"owner_id", "5"},
                      {"roles",
                       {{{"id", kGuild}, {"name", "@everyone"}, {"permissions", "0"}},
                        {{"id", "7"}, {"name", "bot"}, {"permissions", std::to_string(bot_permissions)}}}}});
    }
    if (is("GET " + guild + "/members")) return error(403, 50001, "Missing Access");
    if (is("GET " + guild + "/members/(.*)")) {
        if (!on_server.contains(match[1])) return error(404, 10007, "Unknown Member");
        return reply(200, {{"user", {{"id", match[1].str()}}},
                           {"roles", match[1] == kBot ? Json{"7"} : Json::array()}});
    }
    if (call == "GET " + guild + "/channels") return list(channels, true);
    if (call == "GET " + guild + "/scheduled-events") return list(events, false);
    if (is("GET " + guild + "/scheduled-events/(.*)")) {
        return events.contains(match[1]) ? reply(200, events[match[1]]) : error(404, 10070, "Unknown Event");
    }
    if (is("PATCH " + guild + "/scheduled-events/(.*)")) {
        if (!events.contains(match[1])) return error(404, 10070, "Unknown Event");
        events[match[1]].update(body);
        return reply(200, events[match[1]]);
    }
    if (call == "POST " + guild + "/channels") {
        const HttpResponse response = create_channel(body);
        keep_reason(request, 10, response);
        check_privacy();
        return response;
    }
    if (call == "POST " + guild + "/scheduled-events") {
        const HttpResponse response = create_event(body);
        keep_reason(request, 100, response);
        return response;
    }
    if (call == "GET " + guild + "/audit-logs") {
        if (!may_see_audit_log) return error(403, 50013, "Missing Permissions");
        Json entries = Json::array();
        for (const Json& entry : audit_log) {
            const std::string wanted =
                "action_type=" + std::to_string(entry.at("action_type").get<int>()) + "&";
            if (path.find(wanted) != std::string::npos) entries.push_back(entry);
        }
        return reply(200, {{"audit_log_entries", entries}});
    }
    if (is("(GET|POST) /channels/([0-9]+)/messages")) {
        if (!channels.contains(match[2])) return error(404, 10003, "Unknown Channel");
        if (match[1] == "POST") return create_message(match[2], body);
        Json newest_first(messages[match[2]]);
        std::reverse(newest_first.begin(), newest_first.end());
        return reply(200, newest_first);
    }
    if (is("GET /channels/([0-9]+)/messages/([0-9]+)")) {
        for (const Json& message : messages[match[1]]) {
            if (message.at("id") == match[2].str()) return reply(200, message);
        }
        return error(404, 10008, "Unknown Message");
    }
    if (call == "PATCH " + guild + "/channels") {
        for (const Json& moved : body) channels.at(moved.at("id"))["position"] = moved.at("position");
        return reply(204, nullptr);
    }
    if (is("DELETE " + guild + "/scheduled-events/(.*)")) {
        return events.erase(match[1]) > 0 ? reply(204, nullptr) : error(404, 10070, "Unknown Event");
    }
    if (is("(GET|PATCH|DELETE) /channels/([0-9]+)")) {
        const std::string id = match[2];
        if (!channels.contains(id)) return error(404, 10003, "Unknown Channel");
        if (!visible(channels[id])) {
            return hidden_is_unknown ? error(404, 10003, "Unknown Channel")
                                     : error(403, 50001, "Missing Access");
        }
        if (match[1] == "PATCH") channels[id].update(body);
        check_privacy();
        const Json channel = channels[id];
        if (match[1] == "DELETE") {
            channels.erase(id);
            messages.erase(id);
            std::erase_if(events,
                          [&](const auto& entry) { return entry.second.value("channel_id", "") == id; });
        }
        return reply(200, channel);
    }
    if (is("(PUT|DELETE) /channels/([0-9]+)/permissions/([0-9]+)")) {
        if (!channels.contains(match[2])) return error(404, 10003, "Unknown Channel");
        Json kept = Json::array();
        for (const Json& overwrite : channels[match[2]].at("permission_overwrites")) {
            if (overwrite.at("id") != match[3].str()) kept.push_back(overwrite);
        }
        if (match[1] == "PUT") {
            Json overwrite = body;
            overwrite["id"] = match[3].str();
            kept.push_back(overwrite);
        }
        channels[match[2]]["permission_overwrites"] = kept;
        check_privacy();
        return reply(204, nullptr);
    }
    return error(404, 0, "404: Not Found: " + call);
}

}  // namespace convene::discord::test
