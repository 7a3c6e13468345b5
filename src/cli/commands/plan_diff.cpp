#include "cli/commands/plan_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

using Action = RealizationStep::Action;

struct Look {
    Action action;
    char sign;
    Ink ink;
    const char* to_do;
};

constexpr std::array kLooks = {
    Look{Action::create, '+', Ink::green, "to create"}, Look{Action::update, '~', Ink::yellow, "to change"},
    Look{Action::grant, '+', Ink::green, "to let in"},  Look{Action::withdraw, '-', Ink::red, "to shut out"},
    Look{Action::remove, '-', Ink::red, "to delete"},   Look{Action::adopt, '=', Ink::cyan, "found again"}};

const Look& look_of(Action action) {
    for (const Look& look : kLooks) {
        if (look.action == action) return look;
    }
    return kLooks.front();
}

std::string subject(const RealizationStep& step) {
    const std::string name = printable(step.name);
    const bool person = step.action == Action::grant || step.action == Action::withdraw;
    if (person) return fmt::format("{} of {} {}", step.object, name, step.detail);
    return name.empty() ? step.object : fmt::format("{} \"{}\"", step.object, name);
}

std::string lines_of(const RealizationStep& step, const Pen& pen) {
    const Look& look = look_of(step.action);
    std::string text = fmt::format("  {} {}", pen(look.ink, std::string(1, look.sign)), subject(step));
    const bool person = step.action == Action::grant || step.action == Action::withdraw;
    if (!person && !step.detail.empty()) text += "  " + pen(Ink::dim, printable(step.detail));
    text += '\n';
    for (const FieldChange& change : step.changes) {
        text += fmt::format("      {}: {} → {}\n", change.field, pen(Ink::red, printable(change.before)),
                            pen(Ink::green, printable(change.after)));
    }
    return text;
}

}  // namespace

std::string plan_diff(const std::vector<RealizationStep>& steps, const Pen& pen) {
    std::vector<std::string> groups = {""};
    std::map<std::string, std::string> lines;
    for (const RealizationStep& step : steps) {
        std::string& of_group = lines[step.group];
        if (of_group.empty() && !step.group.empty()) groups.push_back(step.group);
        of_group += lines_of(step, pen);
    }
    std::string text;
    for (const std::string& group : groups) {
        if (lines[group].empty()) continue;
        if (!group.empty()) text += fmt::format("\n  {}\n", pen(Ink::bold, printable(group)));
        text += lines[group];
    }
    return text;
}

std::string plan_totals(const std::vector<RealizationStep>& steps) {
    std::vector<std::string> parts;
    for (const Look& look : kLooks) {
        std::size_t count = 0;
        for (const RealizationStep& step : steps) count += step.action == look.action ? 1U : 0U;
        if (count > 0) parts.push_back(fmt::format("{} {}", count, look.to_do));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace convene::cli
