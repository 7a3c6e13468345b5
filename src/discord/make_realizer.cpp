#include "discord/make_realizer.h"

#include <stdexcept>

#include "discord/make_client.h"
#include "discord/realize/discord_realizer.h"
#include "discord/rest/curl_transport.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

constexpr const char* kUserAgent = "DiscordBot (https://example.org/convene, 0.1.0)";
// By so much Discord's lists were seen to lag behind its writes.
constexpr std::chrono::milliseconds kListLag{4000};

}  // namespace

std::optional<std::string> configuration_fault(const Configuration& configuration) {
    if (auto fault = api_base_fault(configuration.api_base)) return "DISCORD_API_BASE: " + *fault;
    if (configuration.token.empty()) return "DISCORD_TOKEN is not set";
    if (configuration.token.find_first_of(" \t\r\n") != std::string::npos) {
        return "DISCORD_TOKEN holds blanks or line breaks";
    }
    if (configuration.guild_id.empty()) return "DISCORD_GUILD_ID is not set";
    if (!is_snowflake(configuration.guild_id))
        return "DISCORD_GUILD_ID is no Discord id: digits are expected";
    return std::nullopt;
}

const char* user_agent() noexcept {
    return kUserAgent;
}

std::shared_ptr<RestClient> make_client(const Configuration& configuration) {
    if (const auto fault = configuration_fault(configuration)) throw std::invalid_argument(*fault);
    RestClient::Settings rest;
    rest.api_base = configuration.api_base;
    while (rest.api_base.ends_with('/')) rest.api_base.pop_back();
    rest.token = configuration.token;
    rest.user_agent = kUserAgent;
    rest.timeout = configuration.request_timeout;
    return std::make_shared<RestClient>(rest, std::make_shared<CurlTransport>());
}

std::unique_ptr<Realizer> make_realizer(const Configuration& configuration, RealizationStore& store,
                                        const ZoneTable& zones, const Clock& clock) {
    return make_realizer(configuration, make_client(configuration), store, zones, clock);
}

std::unique_ptr<Realizer> make_realizer(const Configuration& configuration,
                                        std::shared_ptr<RestClient> client, RealizationStore& store,
                                        const ZoneTable& zones, const Clock& clock) {
    DiscordRealizer::Settings settings;
    settings.threads = configuration.threads;
    settings.settle = configuration.request_timeout + kListLag;
    return std::make_unique<DiscordRealizer>(std::move(client), configuration.guild_id, store, zones, clock,
                                             settings);
}

}  // namespace convene::discord
