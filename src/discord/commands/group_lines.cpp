#include "discord/commands/group_lines.h"

#include <fmt/format.h>

#include <map>

#include "app/queries/groups.h"
#include "core/time/clock_text.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

std::vector<std::string> names_of(const ReviewedGroup& group, Role role) {
    std::vector<std::string> names;
    for (const ReviewedMember& member : group.members) {
        if (member.role == role) names.push_back(member.name);
    }
    return names;
}

std::vector<std::string> names_if_needed(const ReviewedGroup& group) {
    std::vector<std::string> names;
    for (const ReviewedMember& member : group.members) {
        if (member.if_needed) names.push_back(member.name);
    }
    return names;
}

std::string meeting_line(const ReviewedGroup& group) {
    if (group.meetings.empty()) return "No meeting time yet.";
    const Instant first = group.meetings.front().start;
    std::string line = timestamp(first, 'F');
    if (group.meetings.size() > 1) {
        line += fmt::format(", then weekly: {} until {}", counted(group.meetings.size(), "meeting"),
                            timestamp(group.meetings.back().start, 'D'));
    }
    return line;
}

std::vector<std::string> outside_lines(const ReviewedGroup& group) {
    std::vector<std::string> lines;
    for (const ReviewedMember& member : group.members) {
        if (member.outside.empty()) continue;
        std::string when;
        for (const int index : member.outside)
            when += (when.empty() ? "" : ", ") +
                    timestamp(group.meetings[static_cast<std::size_t>(index)].start, 'D');
        lines.push_back(fmt::format("⚠️ Outside the hours of {}: {}", harmless(member.name), when));
    }
    return lines;
}

std::string spelled(WeeklyStart before, WeeklyStart now) {
    const std::string clock = clock_text(now.minute_of_day());
    if (before.weekday() == now.weekday()) return clock;
    return fmt::format("{} {}", weekday_name(now.weekday()), clock);
}

}  // namespace

std::string timestamp(Instant instant, char style) {
    return fmt::format("<t:{}:{}>", std::chrono::seconds(instant.time_since_epoch()).count(), style);
}

std::string counted(std::size_t count, const std::string& what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& names, std::size_t limit) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name = harmless(shortened(names[i], 100));
        const std::string more = (i == 0 ? "" : ", ") + name;
        if (discord_length(text) + discord_length(more) > limit)
            return text + fmt::format(" and {} more", names.size() - i);
        text += more;
    }
    return text;
}

std::vector<std::string> clock_change_lines(const ReviewedGroup& group) {
    // Everybody in one zone hears of it in one line.
    std::map<std::pair<int, std::string>, std::pair<std::string, std::vector<std::string>>> changes;
    for (const ReviewedMember& member : group.members) {
        for (std::size_t i = 1; i < member.local_times.size(); ++i) {
            const LocalTimeSpell& before = member.local_times[i - 1];
            const LocalTimeSpell& now = member.local_times[i];
            auto& [text, names] = changes[{now.first_meeting, member.timezone}];
            text = fmt::format("{} instead of {}", spelled(before.local, now.local),
                               spelled(now.local, before.local));
            names.push_back(member.name);
        }
    }
    std::vector<std::string> lines;
    for (const auto& [key, change] : changes) {
        const auto& [meeting, zone] = key;
        lines.push_back(fmt::format("🕑 Clock change: from {} it is {} in {} ({})",
                                    timestamp(group.meetings[static_cast<std::size_t>(meeting)].start, 'D'),
                                    change.first, harmless(zone), listed(change.second, 300)));
    }
    return lines;
}

ReportEntry group_entry(const ReviewedGroup& group) {
    ReportEntry entry;
    entry.heading = fmt::format("{} · {}", harmless(shortened(group.group_name, 150)),
                                counted(static_cast<std::size_t>(group.size), "participant"));
    entry.lines.push_back(meeting_line(group));
    const auto leaders = names_of(group, Role::facilitator);
    entry.lines.push_back(leaders.empty() ? "Self-led" : "Facilitator: " + listed(leaders));
    entry.lines.push_back("With: " + listed(names_of(group, Role::participant)));
    const auto if_needed = names_if_needed(group);
    if (!if_needed.empty())
        entry.lines.push_back(fmt::format("If needed: {} ({})", if_needed.size(), listed(if_needed)));
    for (std::string& line : clock_change_lines(group)) entry.lines.push_back(std::move(line));
    for (std::string& line : outside_lines(group)) entry.lines.push_back(std::move(line));
    for (const std::string& violation : group.violations)
        entry.lines.push_back("⚠️ " + harmless(violation));
    return entry;
}

std::vector<std::string> unplaced_lines(const std::vector<UnassignedPerson>& people) {
    std::vector<std::string> lines;
    for (const UnassignedPerson& person : people) {
        std::string line =
            fmt::format("• **{}**: {}", harmless(shortened(person.name, 100)), harmless(person.detail));
        if (person.cure) line += "\n  → " + harmless(person.cure->detail);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> set_aside_lines(const std::vector<SetAsidePerson>& people) {
    std::vector<std::string> lines;
    for (const SetAsidePerson& person : people)
        lines.push_back(fmt::format("• **{}** ({}): {}", harmless(shortened(person.name, 100)),
                                    to_string(person.role), harmless(person.message)));
    return lines;
}

std::vector<std::string> note_lines(const std::vector<RealizationNote>& notes) {
    std::vector<std::string> lines;
    for (const RealizationNote& note : notes) {
        std::string line = "• " + harmless(note.message);
        if (!note.mend.empty()) line += ": " + harmless(note.mend);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> fault_lines(const InputFaults& faults) {
    std::vector<std::string> lines;
    for (const InputFault& fault : faults) {
        std::string line = "• ";
        if (!fault.path.empty()) line += harmless(fault.path) + " ";
        if (!fault.value.empty()) line += harmless(fault.value) + " ";
        lines.push_back(line + harmless(fault.message));
    }
    return lines;
}

std::vector<std::string> bullets(const std::vector<std::string>& texts) {
    std::vector<std::string> lines;
    for (const std::string& text : texts) lines.push_back("• " + harmless(text));
    return lines;
}

void add_entry(Report& report, std::string heading, std::vector<std::string> lines) {
    if (!lines.empty()) report.entries.push_back({std::move(heading), std::move(lines)});
}

std::optional<CohortReview> review_of(Database& database, const ZoneTable& zones, CohortId cohort) {
    const auto snapshot = database.cohorts().load_cohort(cohort);
    if (!snapshot) return std::nullopt;
    auto review = review_groups(*snapshot, zones, realized_groups(database.realization(), cohort));
    if (!review) return std::nullopt;
    return *std::move(review);
}

}  // namespace convene::discord
