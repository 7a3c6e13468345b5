#include "sandbox/control/page_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <regex>

#include "sandbox/server/message_form.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// The text with each match replaced by what `make` gives for it.
template <class Make>
std::string replaced(const std::string& text, const std::regex& pattern, Make&& make) {
    std::string out;
    std::size_t done = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
        const auto at = static_cast<std::size_t>(it->position());
        out += text.substr(done, at - done) + make(*it);
        done = at + static_cast<std::size_t>(it->length());
    }
    return out + text.substr(done);
}

std::string mention(const std::string& name) {
    return "<span class=\"mention\">" + escaped(name) + "</span>";
}

std::string field_text(const World& world, const json& embed, const char* part, const char* field) {
    if (!embed.contains(part)) return "";
    return shown_text(world, embed[part].value(field, ""));
}

std::string shown_embed(const World& world, const json& embed) {
    std::string out =
        fmt::format("<div class=\"embed\" style=\"--edge:#{:06x}\">", embed.value("color", 0x8a8f9c));
    const auto line = [&](const char* name, const std::string& text) {
        if (!text.empty()) out += fmt::format("<div class=\"{}\">{}</div>", name, text);
    };
    line("small", field_text(world, embed, "author", "name"));
    line("title", shown_text(world, embed.value("title", "")));
    line("text", shown_text(world, embed.value("description", "")));
    if (embed.contains("fields")) {
        out += "<div class=\"fields\">";
        for (const json& field : embed["fields"]) {
            out += fmt::format(
                "<div class=\"{}\"><b>{}</b><br>{}</div>", field.value("inline", false) ? "" : "wide",
                shown_text(world, field.value("name", "")), shown_text(world, field.value("value", "")));
        }
        out += "</div>";
    }
    line("small", field_text(world, embed, "footer", "text"));
    return out + "</div>";
}

std::string shown_components(const Message& message) {
    std::string out;
    for (const json& row : json::parse(message.components)) {
        out += "<div>";
        for (const json& component : row.value("components", json::array())) {
            const auto label =
                component.value("label", component.value("placeholder", component.value("custom_id", "")));
            out += fmt::format("<button type=\"button\" disabled{}>{}</button> ",
                               component.value("disabled", false) ? " class=\"off\"" : "", escaped(label));
        }
        out += "</div>";
    }
    return out;
}

}  // namespace

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

std::string shown_text(const World& world, std::string_view text) {
    static const std::regex user(R"(&lt;@!?(\d{1,20})&gt;)");
    static const std::regex channel(R"(&lt;#(\d{1,20})&gt;)");
    static const std::regex time(R"(&lt;t:(\d{1,11})(:[tTdDfFsSR])?&gt;)");
    static const std::regex bold(R"(\*\*([^*\n]+)\*\*)");
    static const std::regex link(R"((https?://[^\s<>&"]+))");
    std::string out = escaped(text);
    out = replaced(out, user, [&](const std::smatch& match) {
        return mention("@" + display_name(world, parse_snowflake(match.str(1)).value_or(0)));
    });
    out = replaced(out, channel, [&](const std::smatch& match) {
        const auto found = world.channels.find(parse_snowflake(match.str(1)).value_or(0));
        return mention(found == world.channels.end() ? "#unknown" : "#" + found->second.name);
    });
    out = replaced(out, time, [](const std::smatch& match) {
        return "<time>" + shown_time(from_millis(std::stoll(match.str(1)) * 1000)) + " UTC</time>";
    });
    out = replaced(out, bold, [](const std::smatch& match) { return "<b>" + match.str(1) + "</b>"; });
    return replaced(out, link, [](const std::smatch& match) {
        return "<span class=\"mention\">" + match.str(1) + "</span>";
    });
}

std::string display_name(const World& world, Snowflake user_id) {
    const auto member = world.members.find(user_id);
    if (member == world.members.end()) return "someone who left";
    return member->second.nick.value_or(member->second.global_name.value_or(member->second.username));
}

std::string shown_time(Instant instant) {
    return fmt::format("{:%a %d %b %Y, %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(instant)));
}

std::string shown_message(const World& world, const Message& message) {
    const bool ephemeral = (message.flags & message_flag::kEphemeral) != 0;
    std::string out = fmt::format("<article class=\"message{}\">", ephemeral ? " ephemeral" : "");
    if (message.origin && !message.origin->command.empty()) {
        out += fmt::format("<div class=\"small\">{} used <b>/{}</b></div>",
                           escaped(display_name(world, message.origin->user_id)),
                           escaped(message.origin->command));
    }
    const auto author = world.members.find(message.author_id);
    const bool bot = author != world.members.end() && author->second.bot;
    out += fmt::format("<header><b>{}</b>{} <span class=\"small\">{}{}{}</span></header>",
                       escaped(display_name(world, message.author_id)),
                       bot ? " <span class=\"bot\">APP</span>" : "", shown_time(made_at(message.id)),
                       message.edited_at ? " (edited)" : "", message.pinned ? " · pinned" : "");
    if ((message.flags & message_flag::kLoading) != 0) out += "<i>is thinking…</i>";
    if (message.type == MessageType::channel_pinned_message) out += "<i>pinned a message</i>";
    out += "<div class=\"text\">" + shown_text(world, message.content) + "</div>";
    for (const json& embed : json::parse(message.embeds)) out += shown_embed(world, embed);
    out += shown_components(message);
    if (ephemeral) out += "<div class=\"small\">Only you can see this</div>";
    return out + "</article>";
}

}  // namespace convene::sandbox
