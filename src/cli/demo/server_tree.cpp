#include "cli/demo/server_tree.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

using nlohmann::json;

// Channel types of Discord's API.
constexpr int kTextChannel = 0;
constexpr int kVoiceChannel = 2;
constexpr int kCategory = 4;

std::string text_of(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string display_name(const json& member) {
    const std::string nick = text_of(member, "nick");
    return printable(nick.empty() ? text_of(member.at("user"), "username") : nick);
}

/// Who sees what, asked of the server for every member: no permission is worked out here.
class Server {
public:
    explicit Server(const std::function<std::string(const std::string&)>& ask)
        : state_(json::parse(ask("/state"))) {
        for (const json& member : state_.at("members")) {
            const std::string id = text_of(member.at("user"), "id");
            const json visible = json::parse(ask("/visible?user_id=" + id));
            for (const json& channel : visible.at("channels")) {
                viewers_[text_of(channel, "id")].push_back(display_name(member));
            }
        }
    }

    [[nodiscard]] const json& state() const noexcept { return state_; }
    [[nodiscard]] std::size_t members() const { return state_.at("members").size(); }

    /// `everybody`, or the names.
    [[nodiscard]] std::string viewers(const std::string& channel_id) const {
        const auto found = viewers_.find(channel_id);
        if (found == viewers_.end()) return "nobody";
        if (found->second.size() == members()) return "everybody";
        return fmt::format("{}", fmt::join(found->second, ", "));
    }

    [[nodiscard]] std::size_t viewer_count(const std::string& channel_id) const {
        const auto found = viewers_.find(channel_id);
        return found == viewers_.end() ? 0 : found->second.size();
    }

    /// Channels under `parent` (empty: at the top), in the order people see.
    [[nodiscard]] std::vector<json> channels(const std::string& parent) const {
        std::vector<json> found;
        for (const json& channel : state_.at("channels")) {
            if (text_of(channel, "parent_id") == parent) found.push_back(channel);
        }
        std::stable_sort(found.begin(), found.end(), [](const json& a, const json& b) {
            return std::pair(a.value("position", 0), text_of(a, "id")) <
                   std::pair(b.value("position", 0), text_of(b, "id"));
        });
        return found;
    }

private:
    json state_;
    std::map<std::string, std::vector<std::string>> viewers_;
};

std::string start_of(const json& event) {
    std::string text = text_of(event, "scheduled_start_time");  // `2025-01-15T15:00:00…`
    text = text.substr(0, 16);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

/// `at 17:00 UTC on 2026-12-07, 12-14, 12-21, 2027-01-04`, rising, with each change of the clock time said.
std::string dates_text(const std::vector<std::string>& starts) {
    std::string text;
    std::string year;
    std::string clock;
    for (const std::string& start : starts) {  // `2026-12-07 17:00`
        const std::string this_clock = start.substr(11);
        if (this_clock != clock) {
            text += fmt::format("{}at {} UTC on ", text.empty() ? "" : "; ", this_clock);
        } else {
            text += ", ";
        }
        text += start.substr(0, 4) == year ? start.substr(5, 5) : start.substr(0, 10);
        clock = this_clock;
        year = start.substr(0, 4);
    }
    return text;
}

/// Message text as its lines; what is shown to people only is left as Discord's markup.
std::string lines_of(const json& message, const Pen& pen, int width) {
    std::string shown;
    const auto add = [&](std::string_view text) {
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(text.size(), line.size() + 1));
            shown += '\n' + pen(Ink::cyan, "> ") + truncated(printable(line), width);
        }
    };
    add(text_of(message, "content"));
    for (const json& embed : message.value("embeds", json::array())) {
        add(text_of(embed, "title"));
        add(text_of(embed, "description"));
        for (const json& field : embed.value("fields", json::array())) {
            add(text_of(field, "name"));
            add(text_of(field, "value"));
        }
    }
    return shown;
}

class Drawing {
public:
    Drawing(const Server& server, const Pen& pen, int width) : server_(server), pen_(pen), width_(width) {}

    TreeNode root() {
        TreeNode node{pen_(Ink::bold, printable(text_of(server_.state().at("guild"), "name"))) +
                          fmt::format(" ({} members)", server_.members()),
                      {}};
        for (const json& channel : server_.channels("")) node.children.push_back(draw(channel));
        return node;
    }

private:
    TreeNode draw(const json& channel) {
        const std::string id = text_of(channel, "id");
        const std::string name = printable(text_of(channel, "name"));
        switch (channel.value("type", -1)) {
            case kCategory: {
                TreeNode node{pen_(Ink::bold, name) +
                                  pen_(Ink::dim, fmt::format("  category, seen by {} of {}",
                                                             server_.viewer_count(id), server_.members())),
                              {}};
                for (const json& inner : server_.channels(id)) node.children.push_back(draw(inner));
                return node;
            }
            case kVoiceChannel:
                return {pen_(Ink::green, name) + pen_(Ink::dim, "  voice") + events(id), {}};
            case kTextChannel:
                return {pen_(Ink::green, "#" + name) + pen_(Ink::dim, "  text") + seen_by(id) + messages(id),
                        {}};
            default:
                return {name, {}};
        }
    }

    std::string seen_by(const std::string& id) const {
        return '\n' + wrapped("seen by " + server_.viewers(id), width_, "");
    }

    /// The welcome of the first channel whole, that of the others as a count.
    std::string messages(const std::string& id) {
        const json all = server_.state().at("messages").value(id, json::array());
        if (all.empty()) return "";
        if (welcome_shown_)
            return fmt::format(
                "\n{}", all.size() == 1 ? "1 message: the welcome" : fmt::format("{} messages", all.size()));
        welcome_shown_ = true;
        std::string shown = "\nthe welcome message:";
        for (const json& message : all) shown += lines_of(message, pen_, width_);
        return shown;
    }

    std::string events(const std::string& channel_id) const {
        std::vector<std::pair<std::string, std::string>> found;  // start, name
        for (const json& event : server_.state().at("scheduled_events")) {
            if (text_of(event, "channel_id") != channel_id) continue;
            found.emplace_back(start_of(event), printable(text_of(event, "name")));
        }
        if (found.empty()) return "";
        std::sort(found.begin(), found.end());
        std::vector<std::string> starts;
        for (const auto& [start, name] : found) starts.push_back(start);
        return '\n' + wrapped(fmt::format("{} scheduled events, from “{}” on: {}", found.size(),
                                          found.front().second, dates_text(starts)),
                              width_, "");
    }

    const Server& server_;
    const Pen& pen_;
    int width_;
    bool welcome_shown_ = false;
};

}  // namespace

TreeNode server_tree(const std::function<std::string(const std::string& path)>& ask, const Pen& pen,
                     int width) {
    const Server server(ask);
    return Drawing(server, pen, width).root();
}

}  // namespace convene::cli
