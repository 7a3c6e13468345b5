#include "tests/support/random_cohort.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/time/meeting_series.h"
#include "tests/support/random_numbers.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

class Draw {
public:
    explicit Draw(std::uint64_t number) : random_(number) {}

    ProblemInput cohort() {
        draw_schedule();
        draw_rules();
        draw_hot_hours();
        draw_people();
        draw_sets();
        draw_fixed_groups();
        draw_outside();
        return std::move(input_);
    }

private:
    ZonePtr any_zone() {
        static constexpr std::array kZones{"UTC", "Europe/London", "America/New_York", "Asia/Kathmandu"};
        // Mostly one zone, or nobody would share an hour.
        return zone(kZones[static_cast<std::size_t>(random_.one_in(3) ? random_.between(0, 3) : 0)]);
    }

    void draw_schedule() {
        // Around the American and European clock changes of 2025.
        static constexpr std::array kDates{"2025-01-15", "2025-03-03", "2025-03-24", "2025-10-20"};
        Schedule& schedule = input_.schedule;
        schedule.start_date = date(kDates[static_cast<std::size_t>(random_.between(0, 3))]);
        schedule.number_of_group_meetings = random_.between(1, 3);
        schedule.meeting_minutes = random_.one_in(4) ? 90 : 60;
        static constexpr std::array kKinds{Anchor::Kind::utc, Anchor::Kind::zone, Anchor::Kind::facilitator,
                                           Anchor::Kind::best};
        schedule.anchor.kind = kKinds[static_cast<std::size_t>(random_.between(0, 3))];
        if (schedule.anchor.kind == Anchor::Kind::zone) schedule.anchor.zone = any_zone();
    }

    void draw_rules() {
        Rules& rules = input_.rules;
        rules.min_size = random_.between(1, 3);
        rules.max_size = rules.min_size + random_.between(0, 2);
        rules.count_facilitator = random_.one_in(3);
        rules.use_if_needed = !random_.one_in(4);
        rules.start_step_minutes = random_.one_in(3) ? 30 : 60;
        rules.fit = random_.one_in(4) ? Fit::first_meeting : Fit::every_meeting;
        if (random_.one_in(3)) rules.facilitator_buffer_minutes = random_.between(1, 90);
    }

    void draw_hot_hours() {
        // Close together, so that buffers and overlaps matter; one over Sunday midnight now and then.
        const int base =
            random_.one_in(4) ? kMinutesPerWeek - 60 : random_.between(0, 6) * kMinutesPerDay + 17 * 60;
        for (int i = 0; i < 3; ++i)
            hot_.push_back((base + random_.between(0, 6) * 30 + i * 60) % kMinutesPerWeek);
    }

    WeeklySet draw_hours(int chance_in) {
        std::vector<WeeklyWindow> windows;
        for (const int start : hot_)
            if (random_.one_in(chance_in))
                windows.emplace_back(start,
                                     random_.between(1, 3) * 30 + input_.schedule.meeting_minutes - 30);
        return WeeklySet(windows);
    }

    /// Hours as they would be on this person's own clock if they were meant in UTC in winter.
    WeeklySet on_clock_of(const Zone& zone, const WeeklySet& hours) {
        const auto offset =
            zone.offset_at(Instant(std::chrono::sys_days(input_.schedule.start_date))).count();
        std::vector<WeeklyWindow> shifted;
        for (const WeeklyWindow window : hours.windows()) {
            const int start = (window.start() + static_cast<int>(offset) + kMinutesPerWeek) % kMinutesPerWeek;
            shifted.emplace_back(start, window.length());
        }
        return WeeklySet(shifted);
    }

    void add_person(std::string id, Role role) {
        Person person;
        person.id = std::move(id);
        person.role = role;
        person.zone = any_zone();
        if (random_.one_in(8)) person.hours_zone = utc_zone();
        person.available = on_clock_of(person.clock(), draw_hours(2));
        person.if_needed = on_clock_of(person.clock(), draw_hours(3));
        if (role == Role::facilitator) person.max_groups = random_.between(0, 3);
        input_.people.push_back(std::move(person));
    }

    void draw_people() {
        const int participants = random_.between(2, 8);
        const int facilitators = random_.one_in(5) ? 0 : random_.between(1, 3);
        for (int i = 1; i <= participants; ++i) add_person("p" + std::to_string(i), Role::participant);
        for (int i = 1; i <= facilitators; ++i) add_person("f" + std::to_string(i), Role::facilitator);
    }

    std::vector<std::string> some_ids(int count) {
        std::vector<std::string> ids;
        for (const Person& person : input_.people)
            if (person.role == Role::participant || random_.one_in(4)) ids.push_back(person.id);
        while (static_cast<int>(ids.size()) > count)
            ids.erase(ids.begin() + random_.between(0, static_cast<int>(ids.size()) - 1));
        return ids;
    }

    void draw_sets() {
        while (random_.one_in(3)) input_.together.push_back(some_ids(random_.between(2, 3)));
        while (random_.one_in(3)) input_.apart.push_back(some_ids(random_.between(2, 3)));
    }

    void draw_fixed_groups() {
        const int count = random_.one_in(3) ? random_.between(1, 2) : 0;
        std::vector<std::string> left;
        std::vector<std::string> leaders{""};
        for (const Person& person : input_.people)
            (person.role == Role::participant ? left : leaders).push_back(person.id);
        for (int i = 1; i <= count; ++i) {
            FixedGroup group;
            group.name = "Old " + std::to_string(i);
            group.anchor = any_zone();
            const int start = hot_[static_cast<std::size_t>(random_.between(0, 2))];
            const int shift = static_cast<int>(
                group.anchor->offset_at(Instant(std::chrono::sys_days(input_.schedule.start_date))).count());
            group.start.minute_of_week = (start + shift + kMinutesPerWeek) % kMinutesPerWeek;
            const auto last = static_cast<int>(leaders.size()) - 1;
            group.facilitator = leaders[static_cast<std::size_t>(random_.between(std::min(1, last), last))];
            for (int members = random_.between(0, 2); members > 0 && !left.empty(); --members) {
                group.participants.push_back(left.back());
                left.pop_back();
            }
            if (random_.one_in(3)) {
                const Schedule& schedule = input_.schedule;
                group.meetings = meeting_instants(*group.anchor, group.start, schedule.start_date,
                                                  schedule.number_of_group_meetings);
                group.meetings.back() += std::chrono::hours(24);  // the last week was postponed by a day
            }
            input_.fixed_groups.push_back(std::move(group));
        }
    }

    void draw_outside() {
        for (const Person& person : input_.people) {
            if (person.role != Role::facilitator) continue;
            if (random_.one_in(6)) input_.outside_load.push_back({person.id, 1});
            if (random_.one_in(4)) {
                const auto week = std::chrono::sys_days(input_.schedule.start_date) +
                                  std::chrono::days(random_.between(0, 13));
                const int minute = hot_[static_cast<std::size_t>(random_.between(0, 2))] % kMinutesPerDay;
                input_.bookings.push_back(
                    {person.id, Instant(week) + Minutes(minute), 30 * random_.between(1, 3)});
            }
        }
    }

    RandomNumbers random_;
    ProblemInput input_;
    std::vector<int> hot_;  ///< minutes of the UTC week around which everybody's hours lie
};

}  // namespace

ProblemInput random_cohort(std::uint64_t number) {
    return Draw(number).cohort();
}

}  // namespace convene::test
