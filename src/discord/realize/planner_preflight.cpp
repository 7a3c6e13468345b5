#include <fmt/format.h>
#include <fmt/ranges.h>

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
    if (nowhere_) {
        incomplete("new groups have no category to go to: the cohort's was deleted or is hidden",
                   "convene realize --restore makes it again", writes > 0);
    }
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
    if (channels > 0) {
        note(RealizationNote::Kind::info,
             fmt::format("this plan creates {} channels; before it, {} of {} on the server are in use",
                         channels, there, kMaxChannelsPerGuild));
    }
    if (channels > 0 && missing == 0 &&
        (guild_permissions(in_.server.guild, in_.server.bot) & permission::kViewAuditLog) == 0) {
        note(RealizationNote::Kind::info,
             "the bot may not read the audit log: should an answer of Discord get lost, it would have to ask "
             "before it goes on",
             "give the bot View Audit Log");
    }
    note_overwrites();
    note_names();
}

/// A part that no later run will do either: somebody must change something, or agree to the rest alone.
void Planner::incomplete(std::string message, std::string mend, bool anything_else) {
    const bool stops = anything_else && !in_.options.partly;
    if (stops) mend += "; or agree to the rest: on a terminal when asked, elsewhere with --yes";
    note(stops ? RealizationNote::Kind::blocker : RealizationNote::Kind::shortfall, std::move(message),
         std::move(mend));
}

/// How many people one channel can know.
void Planner::note_overwrites() {
    std::map<OperationKey, std::size_t> people;
    std::map<OperationKey, std::string> groups;
    for (const Step& step : out_.steps) {
        if (const auto* create = std::get_if<CreateChannel>(&step.action)) {
            people[step.key] += create->overwrites.size();
        } else if (std::holds_alternative<Grant>(step.action)) {
            ++people[step.key];
        } else {
            continue;
        }
        groups[step.key] = step.group_name;
    }
    for (auto& [channel_key, count] : people) {
        if (const auto id = out_.ids.find(channel_key); id != out_.ids.end()) {
            const auto channel = in_.server.channels.find(id->second);
            if (channel != in_.server.channels.end()) count += channel->second.overwrites.size();
        }
        const std::string where =
            fmt::format("the {} of {}", object_name(channel_key.object), groups[channel_key]);
        if (count > kMaxOverwritesPerChannel) {
            incomplete(fmt::format("{} would need access for {} people: Discord keeps {}", where, count,
                                   kMaxOverwritesPerChannel),
                       "make the group smaller: the last ones would see nothing", true);
        } else if (count > kMaxOverwritesPerRequest) {
            note(RealizationNote::Kind::info,
                 fmt::format("{} has more than {} people: the others are let in one by one", where,
                             kMaxOverwritesPerRequest));
        }
    }
}

/// Where a channel will not be called as its group.
void Planner::note_names() {
    constexpr std::size_t kShown = 8;
    std::vector<std::string> changed;
    bool plain = false;
    for (const Step& step : out_.steps) {
        const auto* create = std::get_if<CreateChannel>(&step.action);
        if (create == nullptr || step.group_name.empty()) continue;
        if (create->type == ChannelType::voice) {
            if (create->name.find(step.group_name) == std::string::npos)
                changed.push_back(fmt::format("\"{}\" becomes \"{}\"", step.group_name, create->name));
            continue;
        }
        std::string simple = step.group_name;
        std::transform(simple.begin(), simple.end(), simple.begin(), [](char c) {
            return c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (create->name == simple) {
            plain = plain || simple != step.group_name;
        } else {
            changed.push_back(fmt::format("\"{}\" becomes \"{}\"", step.group_name, create->name));
        }
    }
    if (plain) {
        note(RealizationNote::Kind::info,
             "text channels have Discord's form of a name: lower case, hyphens, no punctuation");
    }
    if (changed.empty()) return;
    const std::size_t more = changed.size() > kShown ? changed.size() - kShown : 0;
    changed.resize(std::min(changed.size(), kShown));
    note(RealizationNote::Kind::info,
         fmt::format("Discord cannot take every name as it is: {}{}", fmt::join(changed, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : ""));
}

}  // namespace convene::discord
