#include "tests/exactly_once/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "tests/e2e/database_dump.h"

namespace convene::test {
namespace {

using nlohmann::json;

// Sums of the documentation's bits: what each may do where.
const std::string kMemberText = "68608";
const std::string kMemberVoice = "3146752";
const std::string kBotCategory = "1040";
const std::string kBotText = "85008";
const std::string kBotVoice = "17592187094032";
const std::string kReaderText = "66560";
const std::string kReaderVoice = "1024";
// What everyone is denied in a channel that is closed: to view, send, react, open public threads and write in
// threads; to connect and speak. The bot may not open private threads itself, so it cannot deny that.
const std::string kClosedText = "309237648448";
const std::string kClosedVoice = "309240794176";

std::vector<std::string> columns(const std::string& row) {
    std::vector<std::string> values;
    std::istringstream text(row);
    for (std::string value; std::getline(text, value, '|');) values.push_back(value);
    return values;
}

struct Group {
    std::string name;
    std::string text_channel;
    std::string voice_channel;
    std::vector<std::string> members;
    std::set<std::string> ever;  ///< former members, too
};

struct Expected {
    std::string category;
    std::map<std::string, Group> groups;          ///< by group id
    std::map<std::string, std::string> events;    ///< by event id: start, to the minute
    std::map<std::string, std::string> channels;  ///< by event id
};

Expected read_expected(const std::string& url) {
    const std::string start =
        url.starts_with("sqlite:")
            ? "substr(m.scheduled_time_utc, 1, 16)"
            : "to_char(m.scheduled_time_utc at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI')";
    Expected expected;
    expected.category = columns(rows_of(url, "select discord_category_id from cohorts").at(0)).at(0);
    for (const std::string& row : rows_of(
             url,
             "select group_id, group_name, discord_text_channel_id, discord_voice_channel_id from groups")) {
        const auto value = columns(row);
        expected.groups[value.at(0)] = {value.at(1), value.at(2), value.at(3), {}, {}};
    }
    for (const std::string& row : rows_of(url,
                                          "select gu.group_id, u.discord_id, gu.status from groups_users gu "
                                          "join users u on u.user_id = gu.user_id")) {
        const auto value = columns(row);
        Group& group = expected.groups.at(value.at(0));
        group.ever.insert(value.at(1));
        if (value.at(2) == "active" || value.at(2) == "completed") group.members.push_back(value.at(1));
    }
    for (const std::string& row :
         rows_of(url, "select m.discord_event_id, " + start +
                          ", m.group_id, m.discord_voice_channel_id from meetings m")) {
        const auto value = columns(row);
        expected.events[value.at(0)] = value.at(1);
        expected.channels[value.at(0)] = value.at(3);
    }
    return expected;
}

/// `id:allow:deny`, of all.
std::set<std::string> access_of(const json& channel) {
    std::set<std::string> held;
    for (const json& overwrite : channel.at("permission_overwrites")) {
        held.insert(overwrite.at("id").get<std::string>() + ':' + overwrite.at("allow").get<std::string>() +
                    ':' + overwrite.at("deny").get<std::string>());
    }
    return held;
}

class Judge {
public:
    Judge(const json& state, const std::string& database_url, const Traces& traces)
        : state_(state),
          expected_(read_expected(database_url)),
          traces_(traces),
          guild_(state.at("guild").at("id")) {
        for (const json& channel : state.at("channels")) channels_[channel.at("id")] = channel;
        for (const json& member : state.at("members")) {
            if (member.at("user").value("bot", false)) bot_ = member.at("user").at("id");
        }
    }

    std::string fault() const {
        std::string fault = of_categories();
        for (const auto& [id, group] : expected_.groups) {
            if (fault.empty()) fault = of_group(group);
        }
        if (fault.empty()) fault = of_counts();
        if (fault.empty()) fault = of_events();
        return fault;
    }

    /// At no instant did anybody see a group's channel who was never in the group.
    [[nodiscard]] std::string of_viewers(const json& leaks) const {
        if (!leaks.at("leaks").empty()) return "somebody saw: " + leaks.at("leaks").dump();
        for (const auto& [id, group] : expected_.groups) {
            for (const std::string& channel : {group.text_channel, group.voice_channel}) {
                const auto seen = leaks.at("viewers").find(channel);
                if (seen == leaks.at("viewers").end()) return group.name + ": a channel was never private";
                for (const json& sight : seen->at("viewers")) {
                    if (!group.ever.contains(sight.at("user_id")))
                        return group.name + " was seen by " + sight.dump();
                }
            }
        }
        return {};
    }

private:
    [[nodiscard]] std::size_t count(int type) const {
        return static_cast<std::size_t>(
            std::count_if(channels_.begin(), channels_.end(), [&](const auto& each) {
                return each.second.at("type") == type && !each.second.at("permission_overwrites").empty();
            }));
    }

    [[nodiscard]] std::string of_categories() const {
        if (count(4) != 1) return std::to_string(count(4)) + " categories";
        const auto category = channels_.find(expected_.category);
        if (category == channels_.end()) return "the category's id is not saved";
        if (access_of(category->second) !=
            std::set<std::string>{guild_ + ":0:1024", bot_ + ':' + kBotCategory + ":0"})
            return "access to the category";
        return {};
    }

    [[nodiscard]] std::string of_channel(const Group& group, const std::string& id, int type,
                                         const std::string& denied, const std::string& bot_may,
                                         const std::string& members_may) const {
        const auto found = channels_.find(id);
        if (found == channels_.end()) return group.name + ": a channel's id is not saved";
        if (found->second.at("type") != type) return group.name + ": wrong type of channel";
        if (found->second.at("parent_id") != expected_.category) return group.name + ": outside the category";
        std::set<std::string> access = {guild_ + ":0:" + denied, bot_ + ':' + bot_may + ":0"};
        for (const std::string& member : group.members) access.insert(member + ':' + members_may + ":0");
        if (access_of(found->second) != access) return group.name + ": wrong access";
        return {};
    }

    [[nodiscard]] std::string of_group(const Group& group) const {
        const bool closed = traces_.archived;
        std::string fault = of_channel(group, group.text_channel, 0, closed ? kClosedText : "1024", kBotText,
                                       closed ? kReaderText : kMemberText);
        if (fault.empty()) {
            fault = of_channel(group, group.voice_channel, 2, closed ? kClosedVoice : "1049600", kBotVoice,
                               closed ? kReaderVoice : kMemberVoice);
        }
        if (!fault.empty()) return fault;
        const auto messages = state_.at("messages").find(group.text_channel);
        const std::size_t sent = messages == state_.at("messages").end() ? 0 : messages->size();
        const auto notices = traces_.notices.find(group.name);
        if (sent != 1 + (notices == traces_.notices.end() ? 0 : notices->second))
            return group.name + ": " + std::to_string(sent) + " messages";
        if (messages->front().at("content").get<std::string>().find("Welcome to " + group.name) ==
            std::string::npos) {
            return group.name + ": no welcome";
        }
        return {};
    }

    [[nodiscard]] std::string of_counts() const {
        if (count(0) != expected_.groups.size()) return std::to_string(count(0)) + " text channels";
        if (count(2) != expected_.groups.size()) return std::to_string(count(2)) + " voice channels";
        return {};
    }

    [[nodiscard]] std::string of_events() const {
        const json& events = state_.at("scheduled_events");
        if (traces_.archived) return events.empty() ? "" : std::to_string(events.size()) + " events are left";
        if (events.size() != expected_.events.size()) return std::to_string(events.size()) + " events";
        for (const json& event : events) {
            const auto start = expected_.events.find(event.at("id").get<std::string>());
            if (start == expected_.events.end()) return "an event's id is not saved";
            if (event.at("scheduled_start_time").get<std::string>().substr(0, 16) != start->second)
                return "an event at the wrong time";
            if (event.at("channel_id") != expected_.channels.at(start->first)) return "an event elsewhere";
        }
        return {};
    }

    const json& state_;
    const Expected expected_;
    const Traces& traces_;
    const std::string guild_;
    std::string bot_;
    std::map<std::string, json> channels_;
};

std::string fault_of_requests(const json& requests, const Traces& traces, bool accident_strikes_others) {
    for (const json& request : requests) {
        const std::string path = request.at("path");
        if (request.at("method") == "DELETE" &&
            (traces.deletes.empty() || path.find(traces.deletes) == std::string::npos))
            return "something was deleted: " + path;
        if (!request.at("violation").is_null() && !accident_strikes_others)
            return "a request too many: " + request.dump();
    }
    return {};
}

}  // namespace

std::string fault_of(const json& state, const json& requests, const json& leaks,
                     const std::string& database_url, const Traces& traces, bool accident_strikes_others) {
    const Judge judge(state, database_url, traces);
    std::string fault = judge.fault();
    if (fault.empty()) fault = fault_of_requests(requests, traces, accident_strikes_others);
    if (fault.empty()) fault = judge.of_viewers(leaks);
    const auto doubts =
        rows_of(database_url, "select object from convene_discord_operations where discord_id is null");
    if (fault.empty() && !doubts.empty()) fault = "the journal is left in doubt of: " + doubts.front();
    return fault;
}

}  // namespace convene::test
