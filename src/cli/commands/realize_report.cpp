#include "cli/commands/realize_report.h"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

#include "app/realization_json.h"
#include "app/remaining_text.h"
#include "cli/cli_text.h"
#include "cli/commands/plan_diff.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/table.h"

namespace convene::cli {
namespace {

using Action = RealizationStep::Action;
using NoteKind = RealizationNote::Kind;

Ink ink(NoteKind kind) {
    switch (kind) {
        case NoteKind::blocker:
            return Ink::red;
        case NoteKind::shortfall:
        case NoteKind::drift:
            return Ink::yellow;
        case NoteKind::info:
            return Ink::cyan;
    }
    return Ink::plain;
}

/// `2 text channels, 16 scheduled events`, in the order of first appearance.
std::string tally(const std::vector<RealizationStep>& steps) {
    std::vector<std::string> order;
    std::map<std::string, int> counts;
    for (const RealizationStep& step : steps) {
        const std::string what = step.action == Action::create
                                     ? step.object
                                     : fmt::format("{} ({})", step.object, word(step.action));
        if (counts[what]++ == 0) order.push_back(what);
    }
    std::vector<std::string> parts;
    for (const std::string& what : order) parts.push_back(fmt::format("{} × {}", counts[what], what));
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string progress_text(const RealizationProgress& progress) {
    return fmt::format("{} of {}{}: {}", progress.done, progress.total, remaining_text(progress),
                       progress.current);
}

void print_notes(const std::vector<RealizationNote>& notes, Context& context) {
    const Pen pen = context.pen();
    for (const RealizationNote& note : notes) {
        context.output.out(fmt::format("{} {}\n", pen(ink(note.kind), fmt::format("{}:", word(note.kind))),
                                       printable(note.message)));
        if (!note.mend.empty()) context.output.out(fmt::format("  {}\n", printable(note.mend)));
    }
}

void print_homes(const std::vector<GroupHome>& homes, Context& context) {
    Table table({{"group"}, {"text channel"}, {"voice channel"}, {"next event"}});
    bool any = false;
    for (const GroupHome& home : homes) {
        if (home.text_channel.empty() && home.voice_channel.empty()) continue;
        any = true;
        table.add({home.group_name, home.text_channel, home.voice_channel, home.next_event});
    }
    if (any) context.output.out(table.text(context.pen(), 0, 2));  // addresses are not to be cut
}

std::string made_text(const RealizationOutcome& outcome) {
    return fmt::format("{} made: {}", counted(outcome.done.size(), "change"), tally(outcome.done));
}

void print_left(const RealizationOutcome& outcome, Context& context) {
    context.output.out(fmt::format("{} made, {} left; run it again to go on\n",
                                   counted(outcome.done.size(), "change"), outcome.not_done.size()));
    if (!outcome.not_done.empty())
        context.output.out("Not done:\n" + plan_diff(outcome.not_done, context.pen()));
}

void print_plan(const RealizationPlan& plan, Context& context) {
    const std::string name = context.pen()(Ink::bold, printable(plan.cohort_name));
    if (plan.steps.empty()) {
        context.output.out(
            fmt::format("{}: {}\n", name, plan.blocked() ? "nothing can be done" : "nothing to do"));
    } else {
        context.output.out(fmt::format("{}: {}\n", name, counted(plan.steps.size(), "change")));
        context.output.out(plan_diff(plan.steps, context.pen()));
        context.output.out(
            fmt::format("\nPlan: {}. In all: {}\n", plan_totals(plan.steps), tally(plan.steps)));
    }
    print_notes(plan.notes, context);
}

void print_plan_as_json(const RealizationPlan& plan, Context& context) {
    print_json(context.output, {{"cohort_name", plan.cohort_name},
                                {"blocked", plan.blocked()},
                                {"steps", to_json(plan.steps)},
                                {"notes", to_json(plan.notes)}});
}

void print_realization(const RealizeResult& result, Context& context) {
    const std::string name = context.pen()(Ink::bold, printable(result.outcome.cohort_name));
    const RealizationOutcome& outcome = result.outcome;
    switch (result.status) {
        case RealizeStatus::done:
            context.output.out(fmt::format("{}: {}\n", name, made_text(outcome)));
            break;
        case RealizeStatus::nothing_to_do:
            context.output.out(
                fmt::format("{}: nothing to do, Discord shows what the database says\n", name));
            break;
        case RealizeStatus::no_groups:
            context.output.out(
                fmt::format("{}: there are no running groups; `convene schedule` forms them\n", name));
            break;
        case RealizeStatus::blocked:
            context.output.out(fmt::format("{}: nothing was begun\n", name));
            break;
        case RealizeStatus::busy:
            context.output.err(
                fmt::format("{} is being realized by somebody else. Nothing was done.\n", name));
            break;
        case RealizeStatus::interrupted:
        case RealizeStatus::incomplete:
        case RealizeStatus::failed:
            context.output.out(name + ": ");
            print_left(outcome, context);
            break;
    }
    print_notes(result.outcome.notes, context);
    if (!outcome.failure.empty()) {
        context.output.err(
            fmt::format("{} {}\n", context.error_pen()(Ink::red, "convene:"), printable(outcome.failure)));
    }
    print_homes(outcome.homes, context);
}

void print_realization_as_json(const RealizeResult& result, Context& context) {
    print_json(context.output, {{"status", to_string(result.status)},
                                {"cohort_name", result.outcome.cohort_name},
                                {"done", to_json(result.outcome.done)},
                                {"not_done", to_json(result.outcome.not_done)},
                                {"notes", to_json(result.outcome.notes)},
                                {"links", result.outcome.links},
                                {"homes", to_json(result.outcome.homes)},
                                {"failure", result.outcome.failure},
                                {"run_id", result.run_id.value},
                                {"job_id", result.job_id}});
}

}  // namespace convene::cli
