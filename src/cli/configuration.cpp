#include "cli/configuration.h"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <map>

#include "cli/bad_input.h"

namespace convene::cli {
namespace {

constexpr const char* kDatabaseUrl = "CONVENE_DATABASE_URL";
constexpr const char* kToken = "DISCORD_TOKEN";
constexpr const char* kGuild = "DISCORD_GUILD_ID";
constexpr const char* kApiBase = "DISCORD_API_BASE";
constexpr const char* kApplication = "DISCORD_APPLICATION_ID";
constexpr const char* kTimeout = "DISCORD_TIMEOUT_SECONDS";
constexpr const char* kClientSecret = "DISCORD_CLIENT_SECRET";
constexpr const char* kWebLinkKey = "CONVENE_WEB_LINK_KEY";

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return result;
}

struct FileValue {
    std::string value;
    std::string key;  ///< as written
    bool used = false;
};

/// Walks tables down to their values; what is neither text nor number is a fault.
void flatten(const toml::table& table, const std::string& prefix, std::map<std::string, FileValue>& values,
             InputFaults& faults) {
    for (const auto& [key, node] : table) {
        const std::string written = prefix + std::string(key.str());
        const std::string name = [&] {
            std::string joined = upper(written);
            std::replace(joined.begin(), joined.end(), '.', '_');
            return joined;
        }();
        if (const toml::table* inner = node.as_table()) {
            flatten(*inner, written + ".", values, faults);
        } else if (const auto text = node.value_exact<std::string>()) {
            values[name] = {*text, written};
        } else if (const auto number = node.value_exact<std::int64_t>()) {
            values[name] = {fmt::to_string(*number), written};  // an id may be written without quotes
        } else {
            faults.push_back(
                {written, "", fmt::format("line {}: expected a text in quotes", node.source().begin.line)});
        }
    }
}

std::map<std::string, FileValue> read_file(const std::string& file_name, const std::string& text) {
    std::map<std::string, FileValue> values;
    InputFaults faults;
    try {
        flatten(toml::parse(text), "", values, faults);
    } catch (const toml::parse_error& error) {
        // The description quotes no value, so a token cannot leak through it.
        faults.push_back(
            {fmt::format("line {}", error.source().begin.line), "", std::string(error.description())});
    }
    if (!faults.empty()) throw BadInput(file_name, std::move(faults));
    return values;
}

std::chrono::milliseconds read_timeout(const std::string& text) {
    constexpr double kLongest_s = 600;
    double seconds = 0;
    const char* end = text.data() + text.size();
    const auto [read_to, error] = std::from_chars(text.data(), end, seconds);
    if (error != std::errc() || read_to != end || !(seconds >= 0.1 && seconds <= kLongest_s)) {
        throw BadInput("", {{kTimeout, "", fmt::format("expected seconds from 0.1 to {}", kLongest_s)}});
    }
    return std::chrono::milliseconds(static_cast<long long>(seconds * 1000));
}

}  // namespace

Environment process_environment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') return std::nullopt;
        return std::string(value);
    };
}

ConfigurationRead read_configuration(const Environment& environment, const std::string& file_name,
                                     const std::optional<std::string>& file_text) {
    std::map<std::string, FileValue> file;
    if (file_text) file = read_file(file_name, *file_text);

    const auto find = [&](const char* name) -> std::optional<std::string> {
        const auto entry = file.find(name);
        if (entry != file.end()) entry->second.used = true;
        if (auto value = environment(name)) return value;
        if (entry == file.end() || entry->second.value.empty()) return std::nullopt;
        return entry->second.value;
    };
    ConfigurationRead read;
    Configuration& configuration = read.configuration;
    configuration.database_url = find(kDatabaseUrl).value_or(configuration.database_url);
    configuration.discord_token = find(kToken);
    configuration.discord_guild_id = find(kGuild);
    configuration.discord_api_base = find(kApiBase).value_or(configuration.discord_api_base);
    configuration.discord_application_id = find(kApplication);
    if (const auto seconds = find(kTimeout)) configuration.discord_timeout = read_timeout(*seconds);
    configuration.discord_client_secret = find(kClientSecret);
    configuration.web_link_key = find(kWebLinkKey);
    for (const auto& [name, value] : file) {
        if (value.used) continue;
        read.warnings.push_back(
            fmt::format("{}: {} is not a setting of convene; it is ignored", file_name, value.key));
    }
    return read;
}

std::string without_secrets(std::string_view database_url) {
    std::string shown(database_url);
    const std::size_t scheme = shown.find("://");
    if (scheme != std::string::npos) {
        const std::size_t authority = scheme + 3;
        const std::size_t end = std::min(shown.find_first_of("/?", authority), shown.size());
        const std::size_t at = shown.rfind('@', end);
        const std::size_t colon = shown.find(':', authority);
        if (at != std::string::npos && at > authority && colon < at) shown.replace(colon, at - colon, ":***");
    }
    const std::size_t parameter = shown.find("password=");
    if (parameter != std::string::npos) {
        const std::size_t value = parameter + std::string_view("password=").size();
        shown.replace(value, std::min(shown.find('&', value), shown.size()) - value, "***");
    }
    return shown;
}

}  // namespace convene::cli
