// src/cli/configuration.h: settings from the environment and from convene.toml.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::cli {

/// Looked up first in the environment, then in the file; see docs/configuration.md.
struct Configuration {
    std::string database_url = "sqlite:convene.db";
    std::optional<std::string> discord_token;  ///< a secret: printed nowhere
    std::optional<std::string> discord_guild_id;
    std::string discord_api_base = "https://discord.com/api/v10";
    std::optional<std::string> discord_application_id;
    std::chrono::milliseconds discord_timeout{10000};  ///< how long one answer may take
    std::optional<std::string> discord_client_secret;  ///< a secret; for logging in to the board with Discord
    std::optional<std::string> web_link_key;           ///< a secret; signs links to the board
};

struct ConfigurationRead {
    Configuration configuration;
    std::vector<std::string> warnings;  ///< keys of the file that mean nothing
};

/// A variable of the environment; an empty value counts as unset.
using Environment = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] Environment process_environment();

/// \param file_name  for messages
/// \param file_text  null when there is no file. Keys are the names of the environment, `DISCORD_TOKEN =
/// "…"`, in any
///                   case; tables are joined by `_`, so that `[discord]` with `token = "…"` is the same
/// \throws BadInput with every fault of the file, or a setting that is no value of its kind
[[nodiscard]] ConfigurationRead read_configuration(const Environment& environment,
                                                   const std::string& file_name,
                                                   const std::optional<std::string>& file_text);

/// A database URL without its password, for messages.
[[nodiscard]] std::string without_secrets(std::string_view database_url);

}  // namespace convene::cli
