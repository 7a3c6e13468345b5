#include "discord/realize/step.h"

#include <fmt/format.h>

namespace convene::discord {
namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

using Kind = RealizationStep::Action;

std::string audience(const CreateChannel& channel) {
    std::size_t members = 0;
    for (const Overwrite& overwrite : channel.overwrites) {
        members += overwrite.type == Overwrite::Type::member ? 1U : 0U;
    }
    members += channel.if_here.size();
    // One of the overwrites is the bot's own.
    if (channel.type == ChannelType::category) return "hidden from everyone, visible through its channels";
    return fmt::format("seen by {} of the group and the bot only", members > 0 ? members - 1 : 0);
}

std::string message_detail(const SendMessage& message) {
    switch (message.kind) {
        case SendMessage::Kind::welcome:
            return fmt::format("{} members, {} meetings", message.part.end_member - message.part.first_member,
                               message.part.end_meeting - message.part.first_meeting);
        case SendMessage::Kind::newcomers:
            return fmt::format("greets {} who joined later", message.newcomers.size());
        case SendMessage::Kind::new_times:
            return "tells the new meeting times";
    }
    return {};
}

std::string change_detail(const EventChange& change) {
    std::string text;
    if (change.start) text += "starts " + to_iso8601(*change.start);
    if (change.end && !change.start) text += "ends " + to_iso8601(*change.end);
    if (change.name) text += (text.empty() ? "" : ", ") + std::string("new name");
    return text;
}

}  // namespace

bool journal_only(const Step& step) {
    return std::holds_alternative<Adopt>(step.action) || std::holds_alternative<GiveUp>(step.action) ||
           std::holds_alternative<Remember>(step.action);
}

std::string object_name(DiscordObject object) {
    switch (object) {
        case DiscordObject::category:
            return "category";
        case DiscordObject::text_channel:
            return "text channel";
        case DiscordObject::voice_channel:
            return "voice channel";
        case DiscordObject::event:
            return "scheduled event";
        case DiscordObject::welcome_message:
            return "welcome message";
        case DiscordObject::notice_message:
            return "notice";
    }
    return {};
}

RealizationStep describe(const Step& step) {
    const std::string object = object_name(step.key.object);
    return std::visit(
        Overloaded{
            [&](const CreateChannel& a) {
                return RealizationStep{Kind::create, object, step.group_name, a.name, audience(a)};
            },
            [&](const CreateEvent& a) {
                return RealizationStep{Kind::create, object, step.group_name, a.name,
                                       fmt::format("{} to {}", to_iso8601(a.start), to_iso8601(a.end))};
            },
            [&](const SendMessage& a) {
                return RealizationStep{Kind::create, object, step.group_name, "", message_detail(a)};
            },
            [&](const Grant& a) {
                return RealizationStep{Kind::grant, "access", step.group_name, a.who, "to the " + object};
            },
            [&](const Withdraw& a) {
                return RealizationStep{Kind::withdraw, "access", step.group_name, a.who,
                                       "from the " + object};
            },
            [&](const ChangeEvent& a) {
                return RealizationStep{Kind::update, object, step.group_name, a.name,
                                       change_detail(a.change)};
            },
            [&](const RenameChannel& a) {
                return RealizationStep{Kind::update, object, step.group_name, a.to, "was " + a.from};
            },
            [&](const Adopt& a) {
                return RealizationStep{Kind::adopt, object, step.group_name, a.name,
                                       "an earlier run made it"};
            },
            [&](const GiveUp& a) {
                return RealizationStep{Kind::update, object, step.group_name, "",
                                       "will be left alone: " + a.note};
            },
            [&](const Remember&) {
                return RealizationStep{Kind::update, object, step.group_name, "", "is up to date already"};
            },
        },
        step.action);
}

std::string one_line_of(const RealizationStep& step) {
    static constexpr const char* kVerbs[] = {"create", "grant", "withdraw", "update", "adopt"};
    std::string text = fmt::format("{} {}", kVerbs[static_cast<int>(step.action)], step.object);
    if (!step.name.empty()) text += " " + step.name;
    if (!step.group.empty()) text += fmt::format(" ({})", step.group);
    return text;
}

}  // namespace convene::discord
