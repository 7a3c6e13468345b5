#include "app/welcome_mail.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/local_times.h"
#include "core/time/weekly_start.h"

namespace convene {
namespace {

/// A line break in a name must not begin a new line, nor a new header of the mail.
std::string on_one_line(const std::string& text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return out;
}

std::string when_in_utc(Instant meeting) {
    const auto day = std::chrono::floor<std::chrono::days>(meeting);
    const int minute = static_cast<int>((meeting - day).count());
    const int weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1;
    return fmt::format("{}, {} {} UTC", weekday_name(weekday), to_string(Date{day}), clock_text(minute));
}

}  // namespace

WelcomeMail format_welcome_mail(const GroupWelcomeData& data, const ZoneTable& zones) {
    const std::string group = on_one_line(data.group_name);
    const std::string cohort = on_one_line(data.cohort_name);
    WelcomeMail mail;
    mail.subject = fmt::format("Welcome to {} of {}", group, cohort);
    std::string& body = mail.body;
    body = fmt::format("Welcome to {} of {}!\n\n", group, cohort);
    if (!data.meetings.empty()) {
        body += fmt::format("You meet {} {}, {} minutes each. The first meeting: {}.\n",
                            data.number_of_meetings, data.number_of_meetings == 1 ? "time" : "times",
                            data.meeting_minutes, when_in_utc(data.meetings.front()));
    }
    if (data.first_event_url) body += fmt::format("Its event on Discord: {}\n", *data.first_event_url);
    body += "\nMembers, with the time on their own clocks:\n";
    for (const WelcomeMember& member : data.members) {
        const std::string times = local_times(data.meetings, member.timezone, zones);
        body += fmt::format("- {}{}{}\n", on_one_line(member.name),
                            member.role == Role::facilitator ? ", facilitator" : "",
                            !times.empty() ? fmt::format(": {} ({})", times, on_one_line(member.timezone))
                            : data.meetings.empty() ? ""
                                                    : ": time zone unknown");
    }
    if (!data.meetings.empty()) body += "\nMeetings:\n";
    for (std::size_t i = 0; i < data.meetings.size(); ++i)
        body += fmt::format("{}. {}\n", i + 1, when_in_utc(data.meetings[i]));
    return mail;
}

nlohmann::ordered_json to_json(const GroupWelcomeData& data) {
    using Json = nlohmann::ordered_json;
    Json members = Json::array();
    for (const WelcomeMember& member : data.members) {
        members.push_back({{"name", member.name},
                           {"discord_id", member.discord_id ? Json(*member.discord_id) : Json()},
                           {"role", to_string(member.role)},
                           {"timezone", member.timezone}});
    }
    Json meetings = Json::array();
    for (const Instant meeting : data.meetings) meetings.push_back(to_iso8601(meeting));
    return {{"group_name", data.group_name},
            {"cohort_name", data.cohort_name},
            {"meeting_time_utc",
             {{"day", data.meeting_time_utc.day},
              {"hour", data.meeting_time_utc.hour},
              {"minute", data.meeting_time_utc.minute}}},
            {"first_meeting_date", data.meetings.empty() ? Json() : Json(to_string(data.first_meeting_date))},
            {"number_of_meetings", data.number_of_meetings},
            {"first_event_url", data.first_event_url ? Json(*data.first_event_url) : Json()},
            {"members", members},
            {"meeting_minutes", data.meeting_minutes},
            {"meetings", meetings}};
}

}  // namespace convene
