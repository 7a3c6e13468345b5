#include "cli/commands/schedule_report.h"

#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cure_json.h"
#include "cli/cli_text.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/table.h"
#include "cli/warnings.h"

namespace convene::cli {
namespace {

std::string facilitator_of(const ScheduledGroup& group) {
    for (const ScheduledMember& member : group.members) {
        if (member.role == Role::facilitator) return member.name;
    }
    return "";
}

Table group_table(const std::vector<ScheduledGroup>& groups) {
    Table table({{"group", Align::left, true},
                 {"meets (UTC)"},
                 {"facilitator", Align::left, true},
                 {"people", Align::right},
                 {"if needed", Align::right},
                 {"first meeting"}});
    for (const ScheduledGroup& group : groups) {
        const auto if_needed = std::count_if(group.members.begin(), group.members.end(),
                                             [](const ScheduledMember& member) { return member.if_needed; });
        table.add({group.group_name, group.meeting_time_utc, facilitator_of(group),
                   fmt::to_string(group.size), fmt::to_string(if_needed),
                   group.meetings.empty() ? "" : clock_time(group.meetings.front())});
    }
    return table;
}

std::string proof(const Plan& plan) {
    if (plan.status == PlanStatus::optimal)
        return "No plan places more, or as many with less if-needed time.";
    return fmt::format("The time limit ended the search: no plan places more than {} participants.",
                       plan.bound.placed);
}

void print_unassigned(const SchedulingResult& result, Context& context) {
    if (!result.unassigned.empty()) {
        context.output.out(
            fmt::format("\n{} in no group:\n", counted(result.unassigned.size(), "participant")));
        Table table({{"name", Align::left, true}, {"reason"}, {"detail", Align::left, true}});
        for (const UnassignedPerson& person : result.unassigned) {
            table.add({person.name, std::string(to_string(person.reason)), person.detail});
        }
        context.output.out(table.text(context.pen(), context.table_width(), 2));
    }
    if (!result.set_aside.empty()) {
        context.output.out(fmt::format(
            "\n{} set aside, because what they gave cannot be used:\n",
            result.set_aside.size() == 1 ? "1 person" : fmt::format("{} people", result.set_aside.size())));
        Table table({{"name", Align::left, true}, {"role"}, {"what to mend", Align::left, true}});
        for (const SetAsidePerson& person : result.set_aside) {
            table.add({person.name, std::string(to_string(person.role)), person.message});
        }
        context.output.out(table.text(context.pen(), context.table_width(), 2));
    }
}

void print_group_table(const SchedulingResult& result, Context& context) {
    std::vector<ScheduledGroup> groups = result.groups;
    groups.insert(groups.end(), result.additions.begin(), result.additions.end());
    if (!groups.empty())
        context.output.out('\n' + group_table(groups).text(context.pen(), context.table_width(), 2));
}

/// Times of new groups that the first plan does not have.
std::size_t new_times(const SchedulingResult& first, const SchedulingResult& other) {
    return static_cast<std::size_t>(
        std::count_if(other.groups.begin(), other.groups.end(), [&](const ScheduledGroup& group) {
            return std::none_of(first.groups.begin(), first.groups.end(), [&](const ScheduledGroup& known) {
                return known.meetings == group.meetings;
            });
        }));
}

/// Of those in the one list, whom the other does not have.
std::string names_without(const std::vector<UnassignedPerson>& people,
                          const std::vector<UnassignedPerson>& others) {
    std::string names;
    for (const UnassignedPerson& person : people) {
        const bool known = std::any_of(others.begin(), others.end(), [&](const UnassignedPerson& other) {
            return other.user_id == person.user_id;
        });
        if (!known) names += (names.empty() ? "" : ", ") + printable(person.name);
    }
    return names;
}

/// Plan 1 has been printed whole; of the others, what differs: their groups.
void print_alternatives(const SchedulingResult& result, Context& context) {
    const std::size_t count = result.alternatives.size();
    for (std::size_t i = 0; i < count; ++i) {
        const SchedulingResult& other = result.alternatives[i];
        context.output.out(fmt::format("\n{}: as good as plan 1; {} of {} at other times than there.\n",
                                       context.pen()(Ink::bold, fmt::format("Plan {}", i + 2)),
                                       new_times(result, other), counted(other.groups.size(), "new group")));
        print_group_table(other, context);
        const std::string out = names_without(other.unassigned, result.unassigned);
        const std::string in = names_without(result.unassigned, other.unassigned);
        if (!out.empty())
            context.output.out(fmt::format("  In no group then: {}. In one instead: {}.\n", out, in));
    }
    context.output.out(fmt::format(
        "\n{} to choose from: convene schedule {} --accept N writes the Nth, with the same options.\n",
        counted(count + 1, "plan"), result.cohort_id.value));
}

void print_groups(const SchedulingResult& result, Context& context) {
    const std::string name = context.pen()(Ink::bold, printable(result.cohort_name));
    context.output.out(fmt::format(
        "{}: {} of {} placed, {}{}. {}\n", name, result.placed, counted(result.pending_users, "participant"),
        counted(result.groups.size(), "new group"),
        result.additions.empty() ? ""
                                 : fmt::format(", {} filled up", counted(result.additions.size(), "group")),
        proof(result.plan)));
    print_group_table(result, context);
    print_unassigned(result, context);
}

nlohmann::ordered_json to_json(const ScheduledGroup& group, bool added_to) {
    nlohmann::ordered_json members = nlohmann::ordered_json::array();
    for (const ScheduledMember& member : group.members) {
        members.push_back({{"user_id", member.user_id.value},
                           {"name", member.name},
                           {"role", to_string(member.role)},
                           {"timezone", member.timezone},
                           {"if_needed", member.if_needed}});
    }
    nlohmann::ordered_json meetings = nlohmann::ordered_json::array();
    for (const Instant meeting : group.meetings) meetings.push_back(to_iso8601(meeting));
    nlohmann::ordered_json document;
    document["group_id"] =
        group.group_id.value == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(group.group_id.value);
    document["group_name"] = group.group_name;
    document["meeting_time_utc"] = group.meeting_time_utc;
    document["anchor"] = group.anchor;
    document["anchor_start"] = group.anchor_start;
    document["meetings"] = meetings;
    document["size"] = group.size;
    document[added_to ? "added" : "members"] = members;
    return document;
}

nlohmann::ordered_json people_json(const SchedulingResult& result) {
    nlohmann::ordered_json unassigned = nlohmann::ordered_json::array();
    for (const UnassignedPerson& person : result.unassigned) {
        unassigned.push_back({{"user_id", person.user_id.value},
                              {"name", person.name},
                              {"reason", to_string(person.reason)},
                              {"detail", person.detail}});
        if (person.cure) unassigned.back()["cure"] = convene::to_json(*person.cure);
    }
    return unassigned;
}

nlohmann::ordered_json groups_json(const std::vector<ScheduledGroup>& groups, bool added_to) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const ScheduledGroup& group : groups) list.push_back(to_json(group, added_to));
    return list;
}

}  // namespace

void print_schedule(const SchedulingResult& result, Context& context) {
    const std::string name = printable(result.cohort_name);
    report_warnings(result.warnings, context);
    switch (result.status) {
        case ScheduleStatus::scheduled:
        case ScheduleStatus::planned:
            print_groups(result, context);
            if (!result.alternatives.empty()) print_alternatives(result, context);
            break;
        case ScheduleStatus::nothing_to_schedule:
            context.output.out(result.pending_users == 0
                                   ? fmt::format("{}: nobody is waiting for a group.\n", name)
                                   : fmt::format("{}: {} wait, and no plan would change that.\n", name,
                                                 counted(result.pending_users, "participant")));
            print_unassigned(result, context);
            break;
        case ScheduleStatus::busy:
            context.output.err(
                fmt::format("{} is being scheduled by somebody else. Nothing was written.\n", name));
            break;
        case ScheduleStatus::stale:
            context.output.err(fmt::format(
                "{} kept changing while it was solved. Nothing was written; run it again.\n", name));
            break;
        case ScheduleStatus::out_of_time:
            context.output.out(
                fmt::format("{}: {} wait, and no plan was found in time. Nothing was written; give "
                            "it longer with --time-limit.\n",
                            name, counted(result.pending_users, "participant")));
            break;
        case ScheduleStatus::interrupted:
            context.output.err("Interrupted. Nothing was written.\n");
            break;
    }
    if (result.status == ScheduleStatus::planned)
        context.output.out(result.alternatives.empty() ? "\nDry run: nothing was written.\n"
                                                       : "Nothing was written.\n");
    if (result.status == ScheduleStatus::scheduled && context.terminal.out_is_terminal) {
        context.output.err(
            fmt::format("\nNext: convene groups {0} · convene explain {0} · convene realize {0} --plan\n",
                        result.cohort_id.value));
    }
}

void print_schedule_as_json(const SchedulingResult& result, Context& context) {
    nlohmann::ordered_json set_aside = nlohmann::ordered_json::array();
    for (const SetAsidePerson& person : result.set_aside) {
        set_aside.push_back({{"user_id", person.user_id.value},
                             {"name", person.name},
                             {"role", to_string(person.role)},
                             {"reason", to_string(person.reason)},
                             {"message", person.message}});
    }
    nlohmann::ordered_json alternatives = nlohmann::ordered_json::array();
    for (const SchedulingResult& other : result.alternatives) {
        alternatives.push_back({{"groups", groups_json(other.groups, false)},
                                {"additions", groups_json(other.additions, true)},
                                {"unassigned", people_json(other)}});
    }
    print_json(context.output,
               {{"status", to_string(result.status)},
                {"cohort_id", result.cohort_id.value},
                {"cohort_name", result.cohort_name},
                {"pending_users", result.pending_users},
                {"placed", result.placed},
                {"plan_status", to_string(result.plan.status)},
                {"objective",
                 {{"placed", result.plan.objective.placed}, {"if_needed", result.plan.objective.if_needed}}},
                {"bound", {{"placed", result.plan.bound.placed}, {"if_needed", result.plan.bound.if_needed}}},
                {"groups", groups_json(result.groups, false)},
                {"additions", groups_json(result.additions, true)},
                {"unassigned", people_json(result)},
                {"alternatives", alternatives},
                {"idle_facilitators", result.idle_facilitators},
                {"set_aside", set_aside},
                {"warnings", result.warnings},
                {"run_id", result.run_id.value},
                {"job_id", result.job_id},
                {"elapsed_ms", result.elapsed.count()}});
}

}  // namespace convene::cli
