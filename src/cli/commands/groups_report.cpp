#include "cli/commands/groups_report.h"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "app/review_json.h"
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
    if (review.groups.empty() && cohort.status == CohortStatus::completed) {
        context.output.out("It is archived: its groups have ended.\n");
    } else if (review.groups.empty()) {
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
    const CohortRow& cohort = review.cohort;
    print_json(context.output, {{"cohort_id", cohort.cohort_id.value},
                                {"cohort_name", cohort.cohort_name},
                                {"course_name", cohort.course_name},
                                {"cohort_start_date", to_string(cohort.start_date)},
                                {"number_of_group_meetings", cohort.number_of_group_meetings},
                                {"meeting_minutes", cohort.settings.meeting_minutes},
                                {"groups", groups_json(review)},
                                {"waiting", waiting_json(review)},
                                {"set_aside", set_aside_json(review)},
                                {"warnings", review.warnings}});
}

}  // namespace convene::cli
