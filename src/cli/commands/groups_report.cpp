#include "cli/commands/groups_report.h"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/cli_text.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/table.h"
#include "cli/warnings.h"

namespace convene::cli {
namespace {

/// `Wed 10:00`, and with clock changes `Wed 10:00, from 2025-03-12 Wed 11:00`.
std::string local_times_text(const ReviewedMember& member) {
    std::string text;
    for (const LocalTimeSpell& spell : member.local_times) {
        const std::string_view day = weekday_name(spell.local.weekday());
        if (!text.empty()) text += fmt::format(", from {} ", to_string(spell.from));
        text += fmt::format("{} {}", day.substr(0, 3), clock_text(spell.local.minute_of_day()));
    }
    return text;
}

std::string notes_text(const ReviewedMember& member) {
    std::vector<std::string> notes;
    if (!member.problem.empty()) notes.push_back(member.problem);
    if (member.if_needed) notes.push_back("if needed");
    if (!member.outside.empty()) {
        std::string meetings;
        for (const int index : member.outside)
            meetings += fmt::format("{}{}", meetings.empty() ? "" : ", ", index + 1);
        notes.push_back(fmt::format("outside their hours at meeting {}", meetings));
    }
    if (member.fixed_offset) notes.push_back("clock changes unknown");
    if (member.pinned) notes.push_back("pinned");
    return fmt::format("{}", fmt::join(notes, "; "));
}

Table member_table(const ReviewedGroup& group) {
    Table table(
        {{"member", Align::left, true}, {"role"}, {"zone"}, {"local time"}, {"notes", Align::left, true}});
    for (const ReviewedMember& member : group.members) {
        const bool trouble = !member.outside.empty() || !member.problem.empty();
        table.add({member.name, std::string(to_string(member.role)), member.timezone,
                   local_times_text(member),
                   Cell(notes_text(member), trouble            ? Ink::red
                                            : member.if_needed ? Ink::yellow
                                                               : Ink::plain)});
    }
    return table;
}

/// Each date with its UTC time where that changes; rescheduled meetings and those that do not fit are marked.
std::string meetings_text(const ReviewedGroup& group, const Pen& pen) {
    std::string text;
    std::string last_clock;
    for (const ReviewedMeeting& meeting : group.meetings) {
        const std::string when = clock_time(meeting.start);
        const std::string clock = when.substr(when.find(' ') + 1);
        if (!text.empty()) text += ' ';
        text += when.substr(0, when.find(' '));
        if (clock != last_clock) text += "\u00A0" + clock;
        last_clock = clock;
        if (meeting.was_rescheduled) text += pen(Ink::yellow, "(moved)");
        if (!meeting.outside.empty())
            text += pen(Ink::red, fmt::format("(not for {})", meeting.outside.size()));
    }
    return text;
}

std::string headline(const ReviewedGroup& group, const CohortReview& review, const Pen& pen) {
    std::vector<std::string> facts = {group.meeting_time_utc.empty() ? "no time yet"
                                                                     : group.meeting_time_utc + " UTC"};
    if (group.anchor != "UTC" && !group.anchor.empty()) {
        facts.push_back(fmt::format("kept at {} in {}", group.anchor_start, group.anchor));
    }
    facts.push_back(fmt::format("{} of {}–{}", group.size, review.min_size, review.max_size));
    facts.push_back(std::string(word(group.status)));
    if (group.realized) facts.push_back("on Discord");
    if (group.pinned) facts.push_back("pinned");
    return fmt::format("{} {}", pen(Ink::bold, printable(group.group_name)),
                       printable(fmt::format("(id {}) · {}", group.group_id.value, fmt::join(facts, " · "))));
}

void print_waiting(const CohortReview& review, Context& context) {
    if (!review.waiting.empty()) {
        context.output.out("\nIn no group:\n");
        Table table({{"name", Align::left, true}, {"role"}, {"standing"}});
        for (const WaitingPerson& person : review.waiting) {
            const bool facilitator = person.role == Role::facilitator;
            table.add({person.name, std::string(to_string(person.role)),
                       facilitator ? "leads no group" : std::string(word(person.grouping_status))});
        }
        context.output.out(table.text(context.pen(), context.table_width(), 2));
    }
    if (!review.set_aside.empty()) {
        context.output.out("\nSet aside, because what they gave cannot be used:\n");
        Table table({{"name", Align::left, true}, {"role"}, {"what to mend", Align::left, true}});
        for (const SetAsidePerson& person : review.set_aside) {
            table.add({person.name, std::string(to_string(person.role)), person.message});
        }
        context.output.out(table.text(context.pen(), context.table_width(), 2));
    }
}

nlohmann::ordered_json to_json(const ReviewedMember& member) {
    nlohmann::ordered_json times = nlohmann::ordered_json::array();
    for (const LocalTimeSpell& spell : member.local_times) {
        times.push_back({{"from", to_string(spell.from)},
                         {"first_meeting", spell.first_meeting},
                         {"local", to_string(spell.local)}});
    }
    nlohmann::ordered_json document = {{"user_id", member.user_id.value},
                                       {"name", member.name},
                                       {"role", to_string(member.role)},
                                       {"timezone", member.timezone},
                                       {"fixed_offset", member.fixed_offset},
                                       {"pinned", member.pinned},
                                       {"if_needed", member.if_needed},
                                       {"local_times", times},
                                       {"outside", member.outside}};
    if (!member.problem.empty()) document["problem"] = member.problem;
    return document;
}

nlohmann::ordered_json to_json(const ReviewedGroup& group) {
    nlohmann::ordered_json members = nlohmann::ordered_json::array();
    for (const ReviewedMember& member : group.members) members.push_back(to_json(member));
    nlohmann::ordered_json meetings = nlohmann::ordered_json::array();
    for (const ReviewedMeeting& meeting : group.meetings) {
        nlohmann::ordered_json outside = nlohmann::ordered_json::array();
        for (const UserId user : meeting.outside) outside.push_back(user.value);
        meetings.push_back({{"start", to_iso8601(meeting.start)},
                            {"was_rescheduled", meeting.was_rescheduled},
                            {"outside", outside}});
    }
    return {{"group_id", group.group_id.value},
            {"group_name", group.group_name},
            {"status", word(group.status)},
            {"meeting_time_utc", group.meeting_time_utc},
            {"anchor", group.anchor},
            {"anchor_start", group.anchor_start},
            {"pinned", group.pinned},
            {"realized", group.realized},
            {"size", group.size},
            {"members", members},
            {"meetings", meetings},
            {"violations", group.violations}};
}

}  // namespace

void print_groups(const CohortReview& review, Context& context) {
    const Pen pen = context.pen();
    const CohortRow& cohort = review.cohort;
    report_warnings(review.warnings, context);
    context.output.out(fmt::format(
        "{} (id {}) · {}starts {} · {} of {} minutes\n", pen(Ink::bold, printable(cohort.cohort_name)),
        cohort.cohort_id.value, cohort.course_name.empty() ? "" : printable(cohort.course_name) + " · ",
        to_string(cohort.start_date), counted(cohort.number_of_group_meetings, "weekly meeting"),
        cohort.settings.meeting_minutes));
    if (review.groups.empty()) {
        context.output.out(
            fmt::format("No groups yet: `convene schedule {}` forms them.\n", cohort.cohort_id.value));
    }
    for (const ReviewedGroup& group : review.groups) {
        context.output.out('\n' + headline(group, review, pen) + '\n');
        context.output.out(member_table(group).text(pen, context.table_width(), 2));
        const int width = context.terminal.out_is_terminal ? context.terminal.width : 110;
        context.output.out(wrapped("meetings (UTC): " + meetings_text(group, pen), width, "  ") + '\n');
        for (const std::string& violation : group.violations) {
            context.output.out(fmt::format("  {}\n", pen(Ink::red, printable(violation))));
        }
    }
    print_waiting(review, context);
}

void print_groups_as_json(const CohortReview& review, Context& context) {
    nlohmann::ordered_json groups = nlohmann::ordered_json::array();
    for (const ReviewedGroup& group : review.groups) groups.push_back(to_json(group));
    nlohmann::ordered_json waiting = nlohmann::ordered_json::array();
    for (const WaitingPerson& person : review.waiting) {
        waiting.push_back({{"user_id", person.user_id.value},
                           {"name", person.name},
                           {"role", to_string(person.role)},
                           {"grouping_status", word(person.grouping_status)}});
    }
    nlohmann::ordered_json set_aside = nlohmann::ordered_json::array();
    for (const SetAsidePerson& person : review.set_aside) {
        set_aside.push_back({{"user_id", person.user_id.value},
                             {"name", person.name},
                             {"reason", to_string(person.reason)},
                             {"message", person.message}});
    }
    const CohortRow& cohort = review.cohort;
    print_json(context.output, {{"cohort_id", cohort.cohort_id.value},
                                {"cohort_name", cohort.cohort_name},
                                {"course_name", cohort.course_name},
                                {"cohort_start_date", to_string(cohort.start_date)},
                                {"number_of_group_meetings", cohort.number_of_group_meetings},
                                {"meeting_minutes", cohort.settings.meeting_minutes},
                                {"groups", groups},
                                {"waiting", waiting},
                                {"set_aside", set_aside},
                                {"warnings", review.warnings}});
}

}  // namespace convene::cli
