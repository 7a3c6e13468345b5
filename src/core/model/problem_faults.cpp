#include "core/model/problem_faults.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace convene {
namespace {

std::string at(const std::string& list, std::size_t index) {
    return list + '[' + std::to_string(index) + ']';
}

class FaultFinder {
public:
    explicit FaultFinder(const ProblemInput& input) : input_(input) {}

    InputFaults find() {
        check_schedule();
        check_rules();
        check_people();
        check_sets("together", input_.together);
        check_sets("apart", input_.apart);
        check_fixed_groups();
        check_outside();
        return std::move(faults_);
    }

private:
    void add(std::string path, std::string value, std::string message) {
        faults_.push_back({std::move(path), std::move(value), std::move(message)});
    }

    void check_range(const std::string& path, int value, int least, int most) {
        if (value >= least && value <= most) return;
        add(path, std::to_string(value), "is outside " + std::to_string(least) + "…" + std::to_string(most));
    }

    void check_schedule() {
        const Schedule& schedule = input_.schedule;
        const int meetings = schedule.number_of_group_meetings;
        check_range("cohort.number_of_group_meetings", meetings, 1, kMostMeetings);
        check_range("cohort.meeting_minutes", schedule.meeting_minutes, 1, kMinutesPerWeek);
        if (schedule.anchor.kind == Anchor::Kind::zone && !schedule.anchor.zone) {
            add("cohort.anchor", "", "is missing its time zone");
        }
        check_dates(schedule.start_date, meetings);
    }

    void check_dates(Date start, int meetings) {
        const std::string path = "cohort.start_date";
        if (!start.ok()) {
            add(path, "", "is not a day of the calendar");
        } else if (start.year() < std::chrono::year(kFirstYear)) {
            add(path, to_string(start), "is before " + std::to_string(kFirstYear));
        } else if (start.year() > std::chrono::year(kLastYear)) {
            add(path, to_string(start), kAfterZoneData);
        } else if (meetings >= 1 && meetings <= kMostMeetings) {
            // The first meeting may be six days in, and may last a week.
            const auto end = std::chrono::sys_days(start) + std::chrono::weeks(meetings + 1);
            if (Date(end).year() > std::chrono::year(kLastYear)) {
                add(path, to_string(start),
                    "with " + std::to_string(meetings) + " weekly meetings " + kAfterZoneData);
            }
        }
    }

    void check_rules() {
        const Rules& rules = input_.rules;
        check_range("rules.min_size", rules.min_size, 1, kLargestGroup);
        check_range("rules.max_size", rules.max_size, 1, kLargestGroup);
        if (rules.min_size > rules.max_size) {
            add("rules.min_size", std::to_string(rules.min_size),
                "is more than max_size " + std::to_string(rules.max_size));
        }
        if (rules.start_step_minutes < 1 || kMinutesPerDay % rules.start_step_minutes != 0) {
            add("rules.start_step_minutes", std::to_string(rules.start_step_minutes),
                "does not divide the day into equal parts (5, 10, 15, 30 and 60 do)");
        }
        check_range("rules.facilitator_buffer_minutes", rules.facilitator_buffer_minutes, 0, kMinutesPerWeek);
        if (rules.target_size) check_range("rules.target_size", *rules.target_size, 1, kLargestGroup);
    }

    void check_people() {
        for (std::size_t i = 0; i < input_.people.size(); ++i) {
            const Person& person = input_.people[i];
            const std::string path = at("people", i);
            if (person.id.empty()) {
                add(path + ".id", "\"\"", "is empty");
            } else if (const auto [first, added] = index_.try_emplace(person.id, i); !added) {
                add(path + ".id", in_quotes(person.id), "is also the id of " + at("people", first->second));
            }
            if (!person.zone) add(path + ".timezone", "", "is missing");
            check_range(path + ".max_groups", person.max_groups, 0, kMostGroupsLed);
        }
    }

    /// True when known; otherwise the fault is noted.
    bool check_known(const std::string& path, const std::string& id) {
        if (index_.contains(id)) return true;
        add(path, in_quotes(id), "is not the id of anybody in this cohort");
        return false;
    }

    void check_sets(const std::string& name, const std::vector<std::vector<std::string>>& sets) {
        for (std::size_t s = 0; s < sets.size(); ++s) {
            std::unordered_set<std::string_view> seen;
            for (std::size_t i = 0; i < sets[s].size(); ++i) {
                const std::string path = at(at(name, s), i);
                if (!check_known(path, sets[s][i])) continue;
                if (!seen.insert(sets[s][i]).second) add(path, in_quotes(sets[s][i]), "is listed twice");
            }
        }
    }

    void check_fixed_groups() {
        std::unordered_set<std::string_view> names;
        std::unordered_map<std::string_view, std::string_view> group_of;
        for (std::size_t g = 0; g < input_.fixed_groups.size(); ++g) {
            const FixedGroup& group = input_.fixed_groups[g];
            const std::string path = at("fixed_groups", g);
            if (group.name.empty()) add(path + ".name", "\"\"", "is empty");
            if (!names.insert(group.name).second) {
                add(path + ".name", in_quotes(group.name), "is the name of another group too");
            }
            if (!group.anchor) add(path + ".anchor", "", "is missing its time zone");
            check_range(path + ".start", group.start.minute_of_week, 0, kMinutesPerWeek - 1);
            check_rising(path + ".meetings", group.meetings);
            if (!group.facilitator.empty()) check_known(path + ".facilitator", group.facilitator);
            for (std::size_t i = 0; i < group.participants.size(); ++i) {
                const std::string& id = group.participants[i];
                const std::string place = at(path + ".participants", i);
                if (!check_known(place, id)) continue;
                const auto [other, added] = group_of.try_emplace(id, group.name);
                if (!added)
                    add(place, in_quotes(id), "is in group " + in_quotes(other->second) + " already (R4)");
            }
        }
    }

    void check_rising(const std::string& path, const std::vector<Instant>& meetings) {
        for (std::size_t i = 1; i < meetings.size(); ++i) {
            if (meetings[i] <= meetings[i - 1]) {
                add(at(path, i), to_iso8601(meetings[i]), "is not after the meeting before it");
            }
        }
    }

    void check_outside() {
        for (std::size_t i = 0; i < input_.bookings.size(); ++i) {
            const std::string path = at("bookings", i);
            check_known(path + ".person", input_.bookings[i].person);
            check_range(path + ".minutes", input_.bookings[i].minutes, 1, kMinutesPerWeek);
        }
        for (std::size_t i = 0; i < input_.outside_load.size(); ++i) {
            const std::string path = at("outside_load", i);
            check_known(path + ".person", input_.outside_load[i].person);
            check_range(path + ".groups", input_.outside_load[i].groups, 0, kMostGroupsLed);
        }
    }

    static constexpr const char* kAfterZoneData =
        "reaches past 2037, where the time zone data knows of no clock changes";

    const ProblemInput& input_;
    std::unordered_map<std::string_view, std::size_t> index_;
    InputFaults faults_;
};

}  // namespace

InputFaults find_faults(const ProblemInput& input) {
    return FaultFinder(input).find();
}

}  // namespace convene
