// src/discord/rest/route.h: where a request goes, seen as Discord's limits see it.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace convene::discord {

enum class Method { get, post, put, patch, del };
[[nodiscard]] std::string_view to_string(Method method) noexcept;

/// Method, path template and major parameter together: the key under which
/// Discord counts requests. An immutable value.
class Route {
public:
    /// \param path  a template such as `/guilds/{guild_id}/channels`
    /// \param values  one per placeholder, in order; ids, or texts of a query
    /// \throws std::invalid_argument when the counts differ
    Route(Method method, std::string_view path, std::initializer_list<std::string_view> values = {});

    [[nodiscard]] Method method() const noexcept { return method_; }
    /// `/guilds/81/channels`, to be put behind the base address. May hold a webhook's token: never log it.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// `POST /guilds/{guild_id}/channels`: fit for logs and messages.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// The top-level guild, channel, or webhook with its token; empty without one.
    [[nodiscard]] const std::string& major() const noexcept { return major_; }
    /// Interaction replies do not count toward the limit over all routes.
    [[nodiscard]] bool counts_globally() const noexcept { return counts_globally_; }

    /// May be sent again when nobody knows whether it was carried out.
    [[nodiscard]] bool repeatable() const noexcept { return method_ != Method::post; }

private:
    Method method_;
    std::string path_;
    std::string name_;
    std::string major_;
    bool counts_globally_ = true;
};

}  // namespace convene::discord
