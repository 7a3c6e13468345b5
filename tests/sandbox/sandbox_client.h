// tests/sandbox/sandbox_client.h: a running sandbox and a bare HTTP client for it.
//
// Built on libcurl and nothing of convene: what these tests see is what any
// other program would see.
#pragma once
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sandbox/sandbox_process.h"

namespace convene::sandbox {

using nlohmann::json;

struct Reply {
    CURLcode outcome = CURLE_OK;
    long status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string text;
    json body;  ///< discarded when the text is no JSON

    /// The code and message at a dotted path of `errors`, e.g. "parent_id".
    [[nodiscard]] std::string field_error(const std::string& dotted) const {
        if (!body.is_object() || !body.contains("errors")) return "";
        json at = body["errors"];
        for (std::size_t begin = 0; begin <= dotted.size();) {
            const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
            const std::string step = dotted.substr(begin, end - begin);
            if (!at.is_object() || !at.contains(step)) return "";
            at = json(at[step]);
            begin = end + 1;
        }
        return at.contains("_errors") ? at["_errors"][0].value("code", "") : "";
    }
    [[nodiscard]] int code() const { return body.is_object() ? body.value("code", -1) : -1; }
    [[nodiscard]] std::string id() const { return body.is_object() ? body.value("id", "") : ""; }
};

/// One request on a connection of its own, so that libcurl cannot repeat it
/// by itself when a kept-alive connection closes.
inline Reply send(const std::string& method, const std::string& url, const std::string& body,
                  const std::vector<std::string>& header_lines, long timeout_ms = 120'000) {
    Reply reply;
    CURL* curl = curl_easy_init();
    curl_slist* list = nullptr;
    for (const std::string& line : header_lines) list = curl_slist_append(list, line.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    if (!body.empty()) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    }
    const auto on_body = +[](char* data, std::size_t size, std::size_t count, void* into) {
        static_cast<std::string*>(into)->append(data, size * count);
        return size * count;
    };
    const auto on_header = +[](char* data, std::size_t size, std::size_t count, void* into) {
        std::string line(data, size * count);
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos) {
            std::string name = line.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            const std::size_t end = line.find_last_not_of("\r\n ");
            (*static_cast<std::map<std::string, std::string>*>(into))[name] =
                line.substr(colon + 2, end < colon + 2 ? 0 : end - colon - 1);
        }
        return size * count;
    };
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.text);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.headers);
    reply.outcome = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    reply.body = json::parse(reply.text, nullptr, false);
    return reply;
}

/// Talks to a sandbox as its bot and as whoever holds the control port.
class SandboxClient {
public:
    explicit SandboxClient(Endpoints endpoints) : at(std::move(endpoints)) {}

    Reply rest(const std::string& method, const std::string& path, const json& body = nullptr,
               std::vector<std::string> more_headers = {}, long timeout_ms = 120'000) const {
        more_headers.push_back("Authorization: Bot " + at.token);
        more_headers.push_back("User-Agent: DiscordBot (https://example.org, 1.0)");
        more_headers.push_back("Content-Type: application/json");
        return send(method, at.api_base + path, body.is_null() ? "" : body.dump(), more_headers, timeout_ms);
    }
    Reply control(const std::string& method, const std::string& path, const json& body = nullptr) const {
        return send(method, at.control + path, body.is_null() ? "" : body.dump(),
                    {"Content-Type: application/json"});
    }
    [[nodiscard]] json state() const { return control("GET", "/state").body; }
    [[nodiscard]] json requests() const { return control("GET", "/requests?after=0").body; }

    /// POST /guilds/{id}/channels
    Reply create(const json& channel, std::vector<std::string> headers = {}) const {
        return rest("POST", guild() + "/channels", channel, std::move(headers));
    }
    /// An event in a voice channel, an hour long, `hours_ahead` from now.
    Reply create_event(const std::string& channel_id, int hours_ahead = 24,
                       json more = json::object()) const {
        json event = {{"name", "Week 1"},
                      {"channel_id", channel_id},
                      {"entity_type", 2},
                      {"privacy_level", 2},
                      {"scheduled_start_time", in_hours(hours_ahead)},
                      {"scheduled_end_time", in_hours(hours_ahead + 1)}};
        event.update(more);
        return rest("POST", guild() + "/scheduled-events", event);
    }
    Reply say(const std::string& channel_id, const json& message) const {
        return rest("POST", "/channels/" + channel_id + "/messages", message);
    }
    void join(const std::string& id, bool administrator = false) const {
        const Reply joined = control("POST", "/members",
                                     {{"id", id}, {"username", "u" + id}, {"administrator", administrator}});
        ASSERT_EQ(joined.status, 201) << joined.text;
    }
    [[nodiscard]] std::string guild() const { return "/guilds/" + at.guild_id; }
    [[nodiscard]] std::string general() const {
        const json now = state();
        for (const json& channel : now["channels"]) {
            if (channel["name"] == "general") return channel["id"];
        }
        return "";
    }
    /// ISO time of the sandbox's clock, whole minutes, plus some hours.
    [[nodiscard]] std::string in_hours(int hours) const {
        std::tm parts{};
        strptime(control("GET", "/clock").body["now"].get<std::string>().c_str(), "%Y-%m-%dT%H:%M", &parts);
        const std::time_t then = timegm(&parts) + hours * 3600;
        gmtime_r(&then, &parts);
        char text[32];
        (void)std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:00Z", &parts);
        return text;
    }

    Endpoints at;
};

/// Overwrites that hide a channel from everyone but the bot and `members`.
inline json hidden_from_all_but(const Endpoints& at, const std::vector<std::string>& members = {},
                                const std::string& bot_allow = "17592187094032",
                                const std::string& member_allow = "3146752") {
    json overwrites = json::array({{{"id", at.guild_id}, {"type", 0}, {"deny", "1049600"}},
                                   {{"id", at.bot_user_id}, {"type", 1}, {"allow", bot_allow}}});
    for (const std::string& id : members)
        overwrites.push_back({{"id", id}, {"type", 1}, {"allow", member_allow}});
    return overwrites;
}

/// A sandbox of its own for each test, without rate limits in the way.
class SandboxTest : public ::testing::Test {
protected:
    explicit SandboxTest(const Options& options = {}) : process(options), client(process.endpoints()) {
        settings({{"rate_limits", false}});
    }
    void settings(const json& changes) const {
        const Reply changed = client.control("POST", "/settings", changes);
        ASSERT_EQ(changed.status, 200) << changed.text;
    }

    SandboxProcess process;
    SandboxClient client;
};

/// A file that goes with its test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& content = "") {
        std::string name = (std::filesystem::temp_directory_path() / "sandbox-test-XXXXXX").string();
        const int descriptor = mkstemp(name.data());
        if (descriptor >= 0) ::close(descriptor);
        path = name;
        if (content.empty()) {
            std::filesystem::remove(path);
        } else {
            std::ofstream(path) << content;
        }
    }
    ~TemporaryFile() { std::filesystem::remove(path); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    std::filesystem::path path;
};

}  // namespace convene::sandbox
