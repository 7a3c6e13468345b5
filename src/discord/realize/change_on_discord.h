// src/discord/realize/change_on_discord.h: changes of things that exist.
//
// Each can be repeated without harm, so that the journal learns of it
// afterwards and no look is needed when a reply is lost.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "discord/realize/discord_api.h"
#include "discord/realize/step.h"

namespace convene::discord {

/// What the journal is to learn.
struct Changed {
    std::optional<std::string> applied;
    std::optional<std::string> given_up;  ///< the note: it is gone and not to be made again unasked
};

struct ChangeContext {
    DiscordApi& api;
    std::function<std::string(const OperationKey&)> id_of;
    std::string reason;
    DiscordApi::ShouldStop stop;
};

using ChangeResult = tl::expected<Changed, RestError>;

[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const Grant& grant);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const Withdraw& withdraw);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const ChangeEvent& change);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const ChangeChannel& change);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const OrderChannels& order);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const DeleteChannel& removal);
[[nodiscard]] ChangeResult change_on_discord(const ChangeContext& on, const Step& step,
                                             const DeleteEvent& removal);

}  // namespace convene::discord
