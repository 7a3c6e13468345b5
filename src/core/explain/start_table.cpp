#include "core/explain/start_table.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/time/attendance.h"
#include "core/time/free_runs.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

/// Zones in which new groups may keep their time, each once.
std::vector<ZonePtr> allowed_anchors(const Problem& problem) {
    const Anchor& anchor = problem.schedule().anchor;
    if (anchor.kind == Anchor::Kind::utc) return {utc_zone()};
    if (anchor.kind == Anchor::Kind::zone) return {anchor.zone};
    std::map<std::string, ZonePtr> zones;
    const bool best = anchor.kind == Anchor::Kind::best;
    for (const Person& person : problem.people())
        if (best || person.role == Role::facilitator) zones.emplace(person.zone->name(), person.zone);
    std::vector<ZonePtr> list;
    if (best || zones.empty()) {
        list.push_back(utc_zone());
        zones.erase(utc_zone()->name());
    }
    for (const auto& [name, zone] : zones) list.push_back(zone);
    return list;
}

std::vector<Instant> meetings_of(const Problem& problem, const Zone& anchor, WeeklyStart start) {
    const Schedule& schedule = problem.schedule();
    return meeting_instants(anchor, start, schedule.start_date, schedule.number_of_group_meetings);
}

}  // namespace

StartTable::StartTable(const Problem& problem, const Plan& plan) {
    list_new_options(problem);
    find_groups(problem, plan);
    work_out_attendance(problem);
}

void StartTable::list_new_options(const Problem& problem) {
    std::map<std::vector<Instant>, std::size_t> known;
    const std::vector<ZonePtr> anchors = allowed_anchors(problem);
    for (const ZonePtr& anchor : anchors) {
        for (int minute = 0; minute < kMinutesPerWeek; minute += problem.rules().start_step_minutes) {
            std::vector<Instant> meetings = meetings_of(problem, *anchor, WeeklyStart{minute});
            std::size_t index = options_.size();
            if (anchors.size() > 1) index = known.try_emplace(meetings, index).first->second;
            if (index == options_.size()) options_.push_back({std::move(meetings), {}});
            options_[index].names.push_back({anchor, WeeklyStart{minute}});
        }
    }
}

void StartTable::find_groups(const Problem& problem, const Plan& plan) {
    std::map<std::vector<Instant>, int> known;
    for (int i = 0; i < size(); ++i) known.emplace((*this)[i].meetings, i);
    for (const PlannedGroup& group : plan.groups) {
        const auto [entry, added] = known.try_emplace(group.meetings, size());
        if (added) options_.push_back({group.meetings, {}});
        of_group_.push_back(entry->second);
    }
    words_ = (options_.size() + 63) / 64;
    bits_.assign(problem.people().size() * words_, 0);
}

void StartTable::work_out_attendance(const Problem& problem) {
    const bool first_only = problem.rules().fit == Fit::first_meeting;
    const int minutes = problem.schedule().meeting_minutes;
    std::map<std::string_view, std::vector<std::size_t>> by_clock;
    for (std::size_t i = 0; i < problem.people().size(); ++i)
        by_clock[problem.people()[i].clock().name()].push_back(i);

    std::vector<WeeklyWindow> windows;
    std::vector<std::size_t> first;
    FreeRuns free{WeeklySet{}};
    for (const auto& [name, persons] : by_clock) {
        const Zone& clock = problem.people()[persons.front()].clock();
        windows.clear();
        first.clear();
        std::vector<WeeklyWindow> asked;
        for (const StartOption& option : options_) {
            first.push_back(windows.size());
            asked.clear();
            const std::size_t judged = first_only ? 1 : option.meetings.size();
            for (std::size_t k = 0; k < judged && k < option.meetings.size(); ++k)
                add_local_windows(asked, clock, option.meetings[k], minutes);
            windows.insert(windows.end(), asked.begin(), asked.end());
        }
        first.push_back(windows.size());
        for (const std::size_t index : persons) {
            const Person& person = problem.people()[index];
            free.assign(problem.rules().use_if_needed ? person.available.united_with(person.if_needed)
                                                      : person.available);
            for (std::size_t option = 0; option < options_.size(); ++option) {
                bool fits = true;
                for (std::size_t w = first[option]; fits && w < first[option + 1]; ++w)
                    fits = free.contains(windows[w]);
                if (fits) bits_[index * words_ + option / 64] |= std::uint64_t{1} << (option % 64);
            }
        }
    }
}

std::vector<int> StartTable::options_of(int person) const {
    std::vector<int> list;
    for_each_option(person, [&](int option) { list.push_back(option); });
    return list;
}

std::string to_string(const StartOption& option) {
    if (option.names.empty()) return option.meetings.empty() ? "" : to_iso8601(option.meetings.front());
    return to_string(option.names.front().start) + " " + option.names.front().anchor->name();
}

}  // namespace convene
