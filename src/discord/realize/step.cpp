#include "discord/realize/step.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
    if (channel.type == ChannelType::category) return "hidden from everyone, visible through its channels";
    if (channel.people.empty()) return "seen by the bot only: nobody of the group is on the server yet";
    return fmt::format("seen by {} and the bot only", fmt::join(channel.people, ", "));
}

std::string message_detail(const SendMessage& message) {
    switch (message.kind) {
        case SendMessage::Kind::welcome:
            return fmt::format("{} members, {} meetings", message.part.end_member - message.part.first_member,
                               message.part.end_meeting - message.part.first_meeting);
        case SendMessage::Kind::newcomers: {
            std::vector<std::string> names;
            for (const WelcomeMember& member : message.newcomers) names.push_back(member.name);
            return fmt::format("greets {}, who joined later", fmt::join(names, ", "));
        }
        case SendMessage::Kind::new_times:
            return "tells the new meeting times";
    }
    return {};
}

RealizationStep described(Kind action, const Step& step, std::string name, std::string detail = {}) {
    return {action, object_name(step.key.object), step.group_name, std::move(name), std::move(detail), {}};
}

RealizationStep describe_change(const Step& step, const ChangeEvent& a) {
    RealizationStep out = described(Kind::update, step, a.shown.name);
    if (a.change.name) out.changes.push_back({"name", a.shown.name, *a.change.name});
    if (a.change.start)
        out.changes.push_back({"start", to_iso8601(a.shown.start), to_iso8601(*a.change.start)});
    if (a.change.end) out.changes.push_back({"end", to_iso8601(a.shown.end), to_iso8601(*a.change.end)});
    if (a.change.channel_id) out.changes.push_back({"place", "another channel", "the group's voice channel"});
    return out;
}

RealizationStep describe_change(const Step& step, const ChangeChannel& a) {
    RealizationStep out = described(Kind::update, step, a.name);
    if (a.new_name) out.changes.push_back({"name", a.name, *a.new_name});
    if (a.parent) out.changes.push_back({"place", "elsewhere", "the cohort's category"});
    if (a.overwrites) {
        const bool voice = step.key.object == DiscordObject::voice_channel;
        out.changes.push_back({"access", voice ? "open" : "read and write", voice ? "closed" : "read only"});
    }
    return out;
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
    const auto access = [&](Kind action, const std::string& who, const char* preposition) {
        return RealizationStep{action, "access", step.group_name, who, preposition + (" the " + object), {}};
    };
    return std::visit(
        Overloaded{
            [&](const CreateChannel& a) { return described(Kind::create, step, a.name, audience(a)); },
            [&](const CreateEvent& a) {
                return described(Kind::create, step, a.name,
                                 fmt::format("{} to {}", to_iso8601(a.start), to_iso8601(a.end)));
            },
            [&](const SendMessage& a) { return described(Kind::create, step, "", message_detail(a)); },
            [&](const Grant& a) { return access(Kind::grant, a.who, "to"); },
            [&](const Withdraw& a) { return access(Kind::withdraw, a.who, "from"); },
            [&](const ChangeEvent& a) { return describe_change(step, a); },
            [&](const ChangeChannel& a) { return describe_change(step, a); },
            [&](const OrderChannels& a) {
                RealizationStep out = described(Kind::update, step, "");
                out.changes.push_back({"order",
                                       fmt::format("of {} channels changed by hand", a.positions.size()),
                                       "that of the groups"});
                return out;
            },
            [&](const DeleteChannel& a) {
                return described(
                    Kind::remove, step, a.name,
                    a.coming_events > 0
                        ? fmt::format("with everything in it, and {} coming events", a.coming_events)
                        : "with everything in it");
            },
            [&](const DeleteEvent& a) {
                return described(Kind::remove, step, a.name, "would have been on " + to_iso8601(a.start));
            },
            [&](const Adopt& a) { return described(Kind::adopt, step, a.name, "an earlier run made it"); },
            [&](const GiveUp& a) {
                return described(Kind::update, step, "", "will be left alone: " + a.note);
            },
            [&](const Remember&) { return described(Kind::update, step, "", "is up to date already"); },
        },
        step.action);
}

std::string one_line_of(const RealizationStep& step) {
    static constexpr const char* kVerbs[] = {"create", "grant", "withdraw", "update", "adopt", "delete"};
    std::string text = fmt::format("{} {}", kVerbs[static_cast<int>(step.action)], step.object);
    if (!step.name.empty()) text += " " + step.name;
    if (!step.group.empty()) text += fmt::format(" ({})", step.group);
    return text;
}

}  // namespace convene::discord
