#include "discord/realize/welcome_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/local_times.h"
#include "discord/realize/marker.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

constexpr std::size_t kMaxContent = 2000;
constexpr std::size_t kMaxSignature = 40;
constexpr std::size_t kLongestAddress = 80;  // of an event: two ids of twenty digits
constexpr const char* kMembersTitle = "\n**Members**\n";
constexpr const char* kMeetingsTitle = "\n**Meetings**\n";
constexpr std::size_t kMaxNameShown = 60;
constexpr std::size_t kMaxMentions = 100;

std::string shown_name(const std::string& name) {
    return harmless(shortened(one_line(name), kMaxNameShown));
}

long long unix_seconds(Instant instant) {
    return std::chrono::seconds(instant.time_since_epoch()).count();
}

std::string timestamp(Instant instant) {
    return fmt::format("<t:{}:F>", unix_seconds(instant));
}

std::string plural(int count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string length_text(int minutes) {
    if (minutes % 60 == 0) return plural(minutes / 60, "hour", "hours");
    return plural(minutes, "minute", "minutes");
}

std::string headline(const GroupWelcomeData& data) {
    std::string text =
        fmt::format("**Welcome to {} of {}!**\n", shown_name(data.group_name), shown_name(data.cohort_name));
    if (data.meetings.empty()) return text;
    text += fmt::format(
        "You meet every week, {} in all, {} each. The first meeting: {} (in your own time zone).\n",
        plural(data.number_of_meetings, "time", "times"), length_text(data.meeting_minutes),
        timestamp(data.meetings.front()));
    if (data.first_event_url) text += fmt::format("Its event: {}\n", *data.first_event_url);
    return text;
}

/// The head of a further message.
std::string continued(const GroupWelcomeData& data) {
    return fmt::format("**{}**, continued\n", shown_name(data.group_name));
}

std::string member_line(const WelcomeMember& member, const GroupWelcomeData& data, const ZoneTable& zones) {
    std::string line = "- ";
    if (member.discord_id) line += fmt::format("<@{}> ", *member.discord_id);
    line += fmt::format("**{}**, {}", shown_name(member.name),
                        member.role == Role::facilitator ? "facilitator" : "participant");
    const std::string times = local_times(data.meetings, member.timezone, zones);
    if (!times.empty()) {
        line += fmt::format(": {} ({})", times, member.timezone);
    } else if (!data.meetings.empty()) {
        line += ": time zone unknown";
    }
    return line + "\n";
}

std::string meeting_line(const GroupWelcomeData& data, std::size_t index) {
    return fmt::format("{}\\. {}\n", index + 1, timestamp(data.meetings[index]));
}

std::string mention(const WelcomeMember& member) {
    return member.discord_id ? fmt::format("<@{}> ", *member.discord_id) : "";
}

bool comparable(const GroupWelcomeData& data, const std::vector<Instant>& told) {
    return told.size() == data.meetings.size();
}

/// Empty for a meeting that is over or has not moved.
std::string new_time_line(const GroupWelcomeData& data, const std::vector<Instant>& told, Instant now,
                          std::size_t index) {
    const Instant meeting = data.meetings[index];
    if (meeting <= now) return "";
    if (!comparable(data, told)) return meeting_line(data, index);
    if (told[index] == meeting) return "";
    return fmt::format("{}\\. {} instead of {}\n", index + 1, timestamp(meeting), timestamp(told[index]));
}

std::string new_times_head(const GroupWelcomeData& data, const std::vector<Instant>& told, Instant now) {
    int lines = 0;
    for (std::size_t i = 0; i < data.meetings.size(); ++i)
        if (!new_time_line(data, told, now, i).empty()) ++lines;
    const std::string name = shown_name(data.group_name);
    return lines == 1 ? fmt::format("**A meeting of {} is at another time.**\n", name)
                      : fmt::format("**{} meets at new times.** The meetings that move:\n", name);
}

std::vector<WelcomeMember> members_of(const GroupWelcomeData& data, const MessagePart& part) {
    const auto at = [](std::size_t index) { return static_cast<std::ptrdiff_t>(index); };
    return {data.members.begin() + at(part.first_member), data.members.begin() + at(part.end_member)};
}

// As many lines as fit, then how many more there are.
std::string fitting(const std::vector<std::string>& lines, std::size_t limit) {
    constexpr std::size_t kRoomForCount = 24;
    std::size_t all = 0;
    for (const std::string& line : lines) all += discord_length(line);
    std::string text;
    std::size_t used = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t length = discord_length(lines[i]);
        if (all > limit && used + length + kRoomForCount > limit) {
            return text + fmt::format("… and {} more\n", lines.size() - i);
        }
        text += lines[i];
        used += length;
    }
    return text;
}

std::vector<std::string> mentions_of(const std::vector<WelcomeMember>& members) {
    std::vector<std::string> users;
    for (const WelcomeMember& member : members) {
        if (member.discord_id && users.size() < kMaxMentions) users.push_back(*member.discord_id);
    }
    return users;
}

std::string signature(const std::string& marker) {
    return "-# " + in_brackets(marker);
}

}  // namespace

std::vector<MessagePart> divide_welcome(const GroupWelcomeData& data, const ZoneTable& zones) {
    const std::size_t titles = discord_length(kMembersTitle) + discord_length(kMeetingsTitle);
    const std::size_t limit = kMaxContent - titles - kMaxSignature;
    std::vector<MessagePart> parts(1);
    GroupWelcomeData with_address = data;
    with_address.first_event_url = std::string(kLongestAddress, 'x');
    std::size_t used = discord_length(headline(with_address));
    const auto make_room = [&](std::size_t length) {
        if (used + length > limit) {
            const MessagePart& last = parts.back();
            parts.push_back({last.end_member, last.end_member, last.end_meeting, last.end_meeting});
            used = discord_length(continued(data));
        }
        used += length;
    };
    for (const WelcomeMember& member : data.members) {
        make_room(discord_length(member_line(member, data, zones)));
        ++parts.back().end_member;
    }
    for (std::size_t i = 0; i < data.meetings.size(); ++i) {
        make_room(discord_length(meeting_line(data, i)));
        ++parts.back().end_meeting;
    }
    return parts;
}

NewMessage format_welcome(const GroupWelcomeData& data, const MessagePart& part, const ZoneTable& zones,
                          const std::string& marker) {
    const std::vector<WelcomeMember> members = members_of(data, part);
    NewMessage message;
    message.mentions = mentions_of(members);
    message.nonce = marker;
    const bool first = part.first_member == 0 && part.first_meeting == 0;
    message.content = first ? headline(data) : continued(data);
    if (!members.empty()) message.content += kMembersTitle;
    for (const WelcomeMember& member : members) message.content += member_line(member, data, zones);
    if (part.first_meeting < part.end_meeting) message.content += kMeetingsTitle;
    for (std::size_t i = part.first_meeting; i < part.end_meeting; ++i)
        message.content += meeting_line(data, i);
    message.content += signature(marker);
    return message;
}

NewMessage format_newcomers(const GroupWelcomeData& data, const std::vector<WelcomeMember>& newcomers,
                            const std::string& marker) {
    NewMessage message;
    message.mentions = mentions_of(newcomers);
    message.nonce = marker;
    std::vector<std::string> lines;
    for (const WelcomeMember& member : newcomers) {
        lines.push_back(fmt::format("- <@{}> **{}**{}\n", member.discord_id.value_or("0"),
                                    shown_name(member.name),
                                    member.role == Role::facilitator ? ", facilitator" : ""));
    }
    const std::string head = fmt::format("**New in {}:**\n", shown_name(data.group_name));
    const std::string tail =
        "Welcome! Members, times and dates stand in the first message of this channel.\n" + signature(marker);
    message.content = head + fitting(lines, kMaxContent - discord_length(head) - discord_length(tail)) + tail;
    return message;
}

std::vector<MessagePart> divide_new_times(const GroupWelcomeData& data, const std::vector<Instant>& told,
                                          Instant now, std::size_t from) {
    // A line break ends the mentions.
    constexpr std::size_t kLimit = kMaxContent - kMaxSignature - 1;
    std::vector<MessagePart> parts{{0, 0, from, from}};
    std::size_t used = discord_length(from == 0 ? new_times_head(data, told, now) : continued(data));
    const auto make_room = [&](std::size_t length) {
        if (used + length > kLimit) {
            const MessagePart& last = parts.back();
            parts.push_back({last.end_member, last.end_member, last.end_meeting, last.end_meeting});
            used = discord_length(continued(data));
        }
        used += length;
    };
    for (std::size_t i = from; i < data.meetings.size(); ++i) {
        make_room(discord_length(new_time_line(data, told, now, i)));
        ++parts.back().end_meeting;
    }
    for (const WelcomeMember& member : data.members) {
        make_room(discord_length(mention(member)));
        ++parts.back().end_member;
    }
    return parts;
}

NewMessage format_new_times(const GroupWelcomeData& data, const MessagePart& part,
                            const std::vector<Instant>& told, Instant now, const std::string& marker) {
    NewMessage message;
    message.nonce = marker;
    message.content = part.first_meeting == 0 ? new_times_head(data, told, now) : continued(data);
    for (std::size_t i = part.first_meeting; i < part.end_meeting; ++i)
        message.content += new_time_line(data, told, now, i);
    for (std::size_t i = part.first_member; i < part.end_member; ++i)
        message.content += mention(data.members[i]);
    message.mentions = mentions_of(members_of(data, part));  // by their length, fewer than 100 fit
    if (!message.mentions.empty()) message.content += "\n";
    message.content += signature(marker);
    return message;
}

}  // namespace convene::discord
