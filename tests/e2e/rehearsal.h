// tests/e2e/rehearsal.h: convene as people start it, with a folder, a database and a sandbox.
#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace convene::test {

/// One exchange with the sandbox's control port.
inline std::string ask(const std::string& url, const std::optional<std::string>& body = {}) {
    CURL* handle = curl_easy_init();
    std::string reply;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(
        handle, CURLOPT_WRITEFUNCTION, +[](char* data, std::size_t size, std::size_t count, void* target) {
            static_cast<std::string*>(target)->append(data, size * count);
            return size * count;
        });
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply);
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    if (body) {
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body->c_str());
    }
    const CURLcode code = curl_easy_perform(handle);
    curl_slist_free_all(headers);
    curl_easy_cleanup(handle);
    if (code != CURLE_OK) throw std::runtime_error(url + ": " + curl_easy_strerror(code));
    return reply;
}

/// `convene sandbox`, in a process of its own.
class SandboxProgram {
public:
    /// \param options  of the command line
    explicit SandboxProgram(std::vector<std::string> options = {})
        : program_(CONVENE_PROGRAM, with_command(std::move(options)), {}),
          about_(nlohmann::json::parse(program_.read_line())) {}

    [[nodiscard]] std::map<std::string, std::string> environment() const {
        return {{"DISCORD_API_BASE", about_.at("api_base")},
                {"DISCORD_TOKEN", about_.at("token")},
                {"DISCORD_GUILD_ID", about_.at("guild_id")}};
    }
    [[nodiscard]] std::string guild() const { return about_.at("guild_id"); }
    [[nodiscard]] nlohmann::json get(const std::string& path) const {
        return nlohmann::json::parse(ask(control() + path));
    }
    void post(const std::string& path, const nlohmann::json& body) const {
        (void)ask(control() + path, body.dump());
    }

    [[nodiscard]] nlohmann::json ask_json(const std::string& path, const nlohmann::json& body) const {
        return nlohmann::json::parse(ask(control() + path, body.dump()));
    }
    [[nodiscard]] std::string admin() const { return about_.at("admin_user_id"); }

    /// Requests after the n-th that asked for a change.
    [[nodiscard]] std::vector<std::string> writes_after(std::int64_t n) const {
        std::vector<std::string> writes;
        for (const auto& request : get("/requests?after=" + std::to_string(n))) {
            if (!request.at("write").get<bool>()) continue;
            writes.push_back(request.at("method").get<std::string>() + ' ' +
                             request.at("path").get<std::string>());
        }
        return writes;
    }
    [[nodiscard]] std::int64_t last_request() const {
        const nlohmann::json all = get("/requests?after=0");
        return all.empty() ? 0 : all.back().at("n").get<std::int64_t>();
    }
    [[nodiscard]] std::vector<nlohmann::json> channels_of_type(int type) const {
        std::vector<nlohmann::json> found;
        const nlohmann::json state = get("/state");
        for (const auto& channel : state.at("channels")) {
            if (channel.at("type") == type) found.push_back(channel);
        }
        return found;
    }

private:
    [[nodiscard]] std::string control() const { return about_.at("control"); }
    [[nodiscard]] static std::vector<std::string> with_command(std::vector<std::string> options) {
        options.insert(options.begin(), "sandbox");
        return options;
    }

    Program program_;
    nlohmann::json about_;
};

/// A folder to work in and a database to work with.
class Rehearsal {
public:
    /// An empty URL stands for SQLite in the folder.
    explicit Rehearsal(std::string database_url = {}) : database_url_(std::move(database_url)) {
        if (database_url_.empty()) database_url_ = "sqlite:" + (folder_.path() / "test.db").string();
    }

    [[nodiscard]] ProgramOptions options() const {
        ProgramOptions options;
        options.directory = folder_.path();
        options.environment = environment_;
        options.environment["CONVENE_DATABASE_URL"] = database_url_;
        return options;
    }
    [[nodiscard]] ProgramResult convene(const std::vector<std::string>& arguments,
                                        const std::string& input = {}) const {
        ProgramOptions with_input = options();
        with_input.input = input;
        return run_program(CONVENE_PROGRAM, arguments, with_input);
    }
    /// The output of `arguments --json`; throws what stderr said when there is none.
    [[nodiscard]] nlohmann::json json(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        const ProgramResult result = convene(arguments);
        const auto document = nlohmann::json::parse(result.out, nullptr, false);
        if (document.is_discarded()) throw std::runtime_error(result.out + result.err);
        return document;
    }
    void use(const SandboxProgram& sandbox) { environment_ = sandbox.environment(); }

    [[nodiscard]] const TestFolder& folder() const noexcept { return folder_; }
    [[nodiscard]] const std::string& database_url() const noexcept { return database_url_; }

private:
    TestFolder folder_;
    std::string database_url_;
    std::map<std::string, std::string> environment_;
};

[[nodiscard]] inline std::string instance(const std::string& name) {
    return std::string(CONVENE_SOURCE_DIR) + "/tests/data/instances/" + name + ".cohort.json";
}

}  // namespace convene::test
