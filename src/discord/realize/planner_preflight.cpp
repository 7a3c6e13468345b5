#include <fmt/format.h>

#include <algorithm>

#include "discord/realize/access.h"
#include "discord/realize/planner.h"
#include "discord/wire/guild_permissions.h"

namespace convene::discord {

void Planner::preflight() {
    const auto blocker = [&](std::string message, std::string mend) {
        note(RealizationNote::Kind::blocker, std::move(message), std::move(mend));
    };
    if (other_server_ && !in_.options.restore) {
        blocker("this cohort was realized on another Discord server",
                "use that server's id, or convene realize --restore to build everything anew on this one");
    }
    const auto writes = std::count_if(out_.steps.begin(), out_.steps.end(),
                                      [](const Step& step) { return !journal_only(step); });
    // With nothing to write nothing can fail: what is missing for the future is no reason to stop.
    if (writes == 0) return;
    for (const std::string& category : unmanageable_) {
        blocker(fmt::format("the bot may not manage the category \"{}\"", category),
                "give the bot View Channel and Manage Channels there");
    }
    const Permissions missing = access::kRequired & ~guild_permissions(in_.server.guild, in_.server.bot);
    if (missing != 0) {
        blocker(fmt::format("the bot lacks permissions on the server: {}", permission_names(missing)),
                "give them to the bot's role in Server Settings > Roles; a permission in a single channel or "
                "category "
                "is not enough");
    }
    const auto channels = std::count_if(out_.steps.begin(), out_.steps.end(), [](const Step& step) {
        return std::holds_alternative<CreateChannel>(step.action);
    });
    const auto there = static_cast<std::ptrdiff_t>(in_.server.channels.size());
    if (channels > 0 && there + channels > kMaxChannelsPerGuild) {
        blocker(
            fmt::format("{} channels are to be created, and the server has room for {} ({} of {} are in use)",
                        channels, std::max<std::ptrdiff_t>(0, kMaxChannelsPerGuild - there), there,
                        kMaxChannelsPerGuild),
            "delete channels that are not needed any more, or archive an ended cohort");
    }
    const bool overflows = std::any_of(out_.steps.begin(), out_.steps.end(), [](const Step& step) {
        return step.key.object == DiscordObject::category && step.key.ordinal > 0 &&
               std::holds_alternative<CreateChannel>(step.action);
    });
    if (overflows) {
        note(RealizationNote::Kind::info,
             fmt::format("a category holds {} channels: further ones are numbered", kMaxChannelsPerCategory));
    }
    for (const Step& step : out_.steps) {
        const auto* create = std::get_if<CreateChannel>(&step.action);
        if (create == nullptr || create->type != ChannelType::text || create->name == step.group_name)
            continue;
        note(RealizationNote::Kind::info,
             "text channels have Discord's form of a name: lower case, hyphens, no punctuation");
        break;
    }
}

}  // namespace convene::discord
