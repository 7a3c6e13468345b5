#include "sandbox/control/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sandbox/server/message_form.h"
#include "sandbox/server/permissions.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

constexpr const char* kHead = R"(<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>Sandbox</title><style>
body{font:15px/1.45 system-ui,sans-serif;margin:0;display:grid;grid-template-columns:15rem 1fr;min-height:100vh;
color:#1c1e21;background:#fff}
nav{background:#f0f1f4;padding:1rem}main{padding:1rem 2rem;max-width:52rem}
nav a{display:block;color:inherit;text-decoration:none;padding:.1rem .3rem;border-radius:4px}
nav a:focus,nav a:hover,nav a[aria-current]{background:#d8dbe2}
h1{font-size:1.1rem;margin:.2rem 0}h2{font-size:1rem;margin:1.4rem 0 .3rem}
.message{border-left:3px solid #c9ccd3;padding:.1rem .8rem;margin:.6rem 0;white-space:pre-wrap}
.ephemeral{background:#fbf5e0}.small{color:#5c6270;font-size:.85rem}
button{font:inherit}
</style></head><body>)";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

std::string name_of(const World& world, Snowflake user_id) {
    const auto member = world.members.find(user_id);
    if (member == world.members.end()) return "someone who left";
    return member->second.nick.value_or(member->second.global_name.value_or(member->second.username));
}

std::string members_list(const World& world, Snowflake chosen) {
    std::string out = "<nav><h1>" + escaped(world.guild_name) + "</h1><p class=\"small\">seen by</p>";
    for (const auto& [id, member] : world.members) {
        if (member.bot) continue;
        out += fmt::format("<a href=\"/?user_id={}\"{}>{}</a>", id,
                           id == chosen ? " aria-current=\"page\"" : "", escaped(name_of(world, id)));
    }
    return out + "</nav>";
}

std::string embed_text(const json& embed) {
    std::string out;
    if (embed.contains("title")) out += "<b>" + escaped(embed["title"].get<std::string>()) + "</b>\n";
    if (embed.contains("description")) out += escaped(embed["description"].get<std::string>()) + "\n";
    for (const json& field : embed.value("fields", json::array())) {
        out += "<b>" + escaped(field["name"].get<std::string>()) + "</b> " +
               escaped(field["value"].get<std::string>()) + "\n";
    }
    if (embed.contains("footer")) {
        out += "<span class=\"small\">" + escaped(embed["footer"]["text"].get<std::string>()) + "</span>";
    }
    return out;
}

std::string message_text(const World& world, const Message& message) {
    const bool ephemeral = (message.flags & message_flag::kEphemeral) != 0;
    std::string out = fmt::format("<div class=\"message{}\"><span class=\"small\">{} · {}{}</span>\n",
                                  ephemeral ? " ephemeral" : "", escaped(name_of(world, message.author_id)),
                                  to_iso(made_at(message.id)), ephemeral ? " · only you can see this" : "");
    if ((message.flags & message_flag::kLoading) != 0) out += "<i>thinking…</i>";
    if (message.type == MessageType::channel_pinned_message) out += "<i>pinned a message</i>";
    out += escaped(message.content);
    for (const json& embed : json::parse(message.embeds)) out += "\n" + embed_text(embed);
    for (const json& row : json::parse(message.components)) {
        for (const json& component : row.value("components", json::array())) {
            out += fmt::format(" <button type=\"button\" disabled>{}</button>",
                               escaped(component.value("label", component.value("custom_id", ""))));
        }
    }
    return out + "</div>";
}

std::string channel_text(const World& world, Snowflake user_id, const Channel& channel) {
    std::string out =
        fmt::format("<h2>{} {}</h2>", channel.type == ChannelType::voice ? "🔊" : "#", escaped(channel.name));
    if (channel.topic) out += "<p class=\"small\">" + escaped(*channel.topic) + "</p>";
    std::vector<const Message*> messages;
    const bool history =
        has_all(channel_permissions(world, user_id, channel), permission::kReadMessageHistory);
    if (const auto found = world.messages.find(channel.id); history && found != world.messages.end()) {
        for (const auto& [id, message] : found->second) messages.push_back(&message);
    }
    for (const auto& [id, message] : world.ephemeral_messages) {
        const bool theirs = message.origin && message.origin->user_id == user_id;
        if (theirs && message.channel_id == channel.id) messages.push_back(&message);
    }
    std::sort(messages.begin(), messages.end(),
              [](const Message* a, const Message* b) { return a->id < b->id; });
    for (const Message* message : messages) out += message_text(world, *message);
    return out;
}

std::string events_text(const World& world, Snowflake user_id) {
    std::string out = "<h2>Events</h2>";
    for (const ScheduledEvent* event : visible_events(world, user_id)) {
        if (!event->uncompleted()) continue;
        out += fmt::format("<div class=\"message\"><b>{}</b> {}\n{}</div>", escaped(event->name),
                           to_iso(event->start), escaped(event->description.value_or("")));
    }
    return out;
}

std::string channels_text(const World& world, Snowflake user_id) {
    const std::vector<const Channel*> visible = visible_channels(world, user_id);
    std::string out;
    const auto below = [&](std::optional<Snowflake> parent) {
        for (const Channel* channel : visible) {
            if (channel->type == ChannelType::category || channel->parent_id != parent) continue;
            out += channel_text(world, user_id, *channel);
        }
    };
    below(std::nullopt);
    for (const Channel* category : visible) {
        if (category->type != ChannelType::category) continue;
        out += "<h1>" + escaped(category->name) + "</h1>";
        below(category->id);
    }
    return out;
}

}  // namespace

std::string page_for(const World& world, Snowflake user_id, Instant now) {
    std::string out = kHead + members_list(world, user_id) + "<main>";
    if (world.members.contains(user_id)) {
        out += fmt::format("<h1>What {} sees</h1><p class=\"small\">{}</p>", escaped(name_of(world, user_id)),
                           to_iso(now));
        out += channels_text(world, user_id) + events_text(world, user_id);
    } else {
        out += "<h1>Choose whose eyes to look through.</h1>";
    }
    return out + "</main></body></html>\n";
}

}  // namespace convene::sandbox
