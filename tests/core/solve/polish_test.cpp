// O3 and O4: no single move, swap, replacement, merge or change of facilitator or time may be left that
// improves a plan. Looked for here by trying all of them, with the judge deciding what is valid.
#include "core/solve/polish/polish.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/time/attendance.h"
#include "core/time/meeting_series.h"
#include "tests/support/plan_builder.h"
#include "tests/support/random_cohort.h"
#include "tests/support/solved.h"
#include "tests/support/synthetic_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

class Neighbours {
public:
    Neighbours(const Problem& problem, const Plan& plan) : problem_(problem), groups_(plan.groups) {
        for (const UnplacedPerson& person : plan.unplaced) unplaced_.push_back(person.person);
        for (const Person& person : problem.people())
            if (person.zone) zones_[person.zone->name()] = person.zone;
        for (const FixedGroup& group : problem.fixed_groups()) zones_[group.anchor->name()] = group.anchor;
        if (const ZonePtr& zone = problem.schedule().anchor.zone) zones_[zone->name()] = zone;
        zones_["UTC"] = utc_zone();
        value_ = value(groups_);
    }

    /// Says what would improve the plan; empty when nothing does.
    std::string improvement() {
        for (std::size_t a = 0; a < groups_.size() && found_.empty(); ++a) {
            try_leaders(a);
            for (const std::vector<std::string>& unit : units_of(groups_[a])) {
                try_replacing(a, unit);
                for (std::size_t b = 0; b < groups_.size(); ++b) {
                    if (a == b) continue;
                    try_change(a, b, unit, {}, "move");
                    for (const std::vector<std::string>& back : units_of(groups_[b]))
                        if (a < b) try_change(a, b, unit, back, "swap");
                }
            }
            for (std::size_t b = 0; b < groups_.size(); ++b) {
                if (a != b) try_merging(a, b);
                if (a < b) try_swapping_leaders(a, b);
            }
            try_other_times(a);
        }
        return found_;
    }
    int tried = 0;

private:
    using Groups = std::vector<PlannedGroup>;
    /// O1 to O4, less is better.
    using Value = std::tuple<int, int, int, double, int>;

    std::vector<std::vector<std::string>> units_of(const PlannedGroup& group) const {
        std::vector<std::vector<std::string>> units;
        for (const std::string& id : group.participants) units.push_back({id});
        for (const auto& set : problem_.together()) {
            std::vector<std::string> here;
            for (const std::string& id : set)
                if (std::count(group.participants.begin(), group.participants.end(), id) > 0)
                    here.push_back(id);
            if (here.size() > 1) units.push_back(std::move(here));
        }
        return units;
    }

    Plan plan_of(const Groups& groups) const {
        PlanBuilder builder(problem_);
        for (const PlannedGroup& group : groups)
            builder.group(group.name, to_string(group.start), group.facilitator, group.participants,
                          zones_.at(group.anchor));
        return builder.build();
    }

    const std::vector<char>& starts_of(const std::string& id, const std::string& anchor) {
        auto [entry, added] = starts_.try_emplace({id, anchor});
        if (!added) return entry->second;
        const Schedule& schedule = problem_.schedule();
        const Person& person = problem_.people()[static_cast<std::size_t>(problem_.index_of(id))];
        const WeeklySet hours = problem_.rules().use_if_needed
                                    ? person.available.united_with(person.if_needed)
                                    : person.available;
        for (int minute = 0; minute < kMinutesPerWeek; minute += problem_.rules().start_step_minutes) {
            auto meetings = meeting_instants(*zones_.at(anchor), WeeklyStart{minute}, schedule.start_date,
                                             schedule.number_of_group_meetings);
            if (problem_.rules().fit == Fit::first_meeting) meetings.resize(1);
            entry->second.push_back(std::all_of(meetings.begin(), meetings.end(), [&](Instant meeting) {
                return is_free(person.clock(), hours, meeting, schedule.meeting_minutes);
            }));
        }
        return entry->second;
    }

    int spare(const PlannedGroup& group) {
        const int step = problem_.rules().start_step_minutes;
        std::vector<char> shared(static_cast<std::size_t>(kMinutesPerWeek / step), 1);
        std::vector<std::string> members = group.participants;
        if (!group.facilitator.empty()) members.push_back(group.facilitator);
        for (const std::string& id : members) {
            const std::vector<char>& starts = starts_of(id, group.anchor);
            for (std::size_t i = 0; i < shared.size(); ++i) shared[i] = shared[i] && starts[i];
        }
        int count = 0;
        for (std::size_t i = 0; i < shared.size(); ++i)
            if (shared[i] && static_cast<int>(i) * step != group.start.minute_of_week) ++count;
        return count;
    }

    double fullest(const Groups& groups) const {
        std::map<std::string, double> led;
        for (const OutsideLoad& load : problem_.outside_load()) led[load.person] += load.groups;
        for (const PlannedGroup& group : groups)
            if (!group.facilitator.empty()) ++led[group.facilitator];
        double most = 0;
        for (const auto& [id, count] : led) {
            const int limit = problem_.people()[static_cast<std::size_t>(problem_.index_of(id))].max_groups;
            if (limit > 0) most = std::max(most, count / limit);
        }
        return most;
    }

    Value value(const Groups& groups) {
        int placed = 0;
        int sizes = 0;
        int spares = 0;
        for (const PlannedGroup& group : groups) {
            const auto people = static_cast<int>(group.participants.size());
            placed += people;
            const int counted = problem_.rules().count_facilitator && !group.facilitator.empty() ? 1 : 0;
            const int off = people + counted - problem_.rules().target();
            sizes += off * off;
            spares += spare(group);
        }
        return {-placed, plan_of(groups).objective.if_needed, sizes, fullest(groups), -spares};
    }

    void consider(const Groups& groups, const std::string& what) {
        ++tried;
        if (!found_.empty() || value(groups) >= value_) return;
        if (violations_of(problem_, plan_of(groups)).empty()) found_ = what;
    }

    static void exchange(PlannedGroup& group, const std::vector<std::string>& out,
                         const std::vector<std::string>& in) {
        for (const std::string& id : out) std::erase(group.participants, id);
        group.participants.insert(group.participants.end(), in.begin(), in.end());
    }

    void try_change(std::size_t a, std::size_t b, const std::vector<std::string>& out,
                    const std::vector<std::string>& in, const char* what) {
        Groups groups = groups_;
        exchange(groups[a], out, in);
        exchange(groups[b], in, out);
        consider(groups, std::string(what) + ' ' + out.front() + " of " + groups[a].name + " and " +
                             (in.empty() ? "nobody" : in.front()) + " of " + groups[b].name);
    }

    void try_replacing(std::size_t a, const std::vector<std::string>& out) {
        for (const std::string& id : unplaced_) {
            Groups groups = groups_;
            exchange(groups[a], out, {id});
            consider(groups, "let " + id + " take the place of " + out.front());
        }
    }

    /// At b's time, and at all others, led by either's facilitator.
    void try_merging(std::size_t a, std::size_t b) {
        Groups groups = groups_;
        exchange(groups[b], {}, groups[a].participants);
        if (static_cast<int>(groups[b].participants.size()) > problem_.rules().max_size) return;
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(a));
        const std::size_t merged = b > a ? b - 1 : b;
        const std::string what = "merge " + groups_[a].name + " into " + groups_[b].name;
        consider(groups, what);
        for_each_time(groups, merged, what);
        groups[merged].facilitator = groups_[a].facilitator;
        if (groups_[a].facilitator != groups_[b].facilitator) for_each_time(groups, merged, what);
    }

    void try_other_times(std::size_t a) { for_each_time(groups_, a, "another time for " + groups_[a].name); }

    void for_each_time(Groups groups, std::size_t g, const std::string& what) {
        PlannedGroup& group = groups[g];
        if (problem_.schedule().anchor.kind == Anchor::Kind::facilitator && !group.facilitator.empty())
            group.anchor = problem_.people()[static_cast<std::size_t>(problem_.index_of(group.facilitator))]
                               .zone->name();
        std::vector<std::string> members = group.participants;
        if (!group.facilitator.empty()) members.push_back(group.facilitator);
        for (int minute = 0; minute < kMinutesPerWeek; minute += problem_.rules().start_step_minutes) {
            const auto i = static_cast<std::size_t>(minute / problem_.rules().start_step_minutes);
            if (!std::all_of(members.begin(), members.end(),
                             [&](const std::string& id) { return starts_of(id, group.anchor)[i] != 0; }))
                continue;
            group.start = WeeklyStart{minute};
            consider(groups, what + " on " + to_string(group.start));
        }
    }

    void try_swapping_leaders(std::size_t a, std::size_t b) {
        if (groups_[a].facilitator == groups_[b].facilitator) return;
        if (problem_.schedule().anchor.kind == Anchor::Kind::facilitator) return;
        Groups groups = groups_;
        std::swap(groups[a].facilitator, groups[b].facilitator);
        consider(groups, "swap the facilitators of " + groups[a].name + " and " + groups[b].name);
    }

    void try_leaders(std::size_t a) {
        if (groups_[a].facilitator.empty()) return;
        for (const int index : problem_.facilitators()) {
            const Person& person = problem_.people()[static_cast<std::size_t>(index)];
            Groups groups = groups_;
            PlannedGroup& group = groups[a];
            group.facilitator = person.id;
            if (problem_.schedule().anchor.kind == Anchor::Kind::facilitator) {
                group.anchor = person.zone->name();
                group.start = WeeklyStart{minute_of_week(person.zone->to_local(group.meetings.front()))};
                if (plan_of(groups).groups[a].meetings != group.meetings) continue;
            }
            consider(groups, "let " + person.id + " lead " + group.name);
        }
    }

    const Problem& problem_;
    Groups groups_;
    std::vector<std::string> unplaced_;
    std::map<std::string, ZonePtr> zones_;
    std::map<std::pair<std::string, std::string>, std::vector<char>> starts_;
    Value value_;
    std::string found_;
};

TEST(Polish, leaves_no_improving_change_in_hundreds_of_tiny_cohorts) {
    int tried = 0;
    for (std::uint64_t number = 0; number < 600; ++number) {
        ProblemInput input = random_cohort(number);
        // Of a group under `best`, members may name the time in several ways: compared for UTC only.
        if (input.schedule.anchor.kind == Anchor::Kind::best) input.schedule.anchor.kind = Anchor::Kind::utc;
        const auto problem = Problem::build(std::move(input));
        ASSERT_TRUE(problem.has_value());
        Neighbours neighbours(*problem, solved(*problem));
        EXPECT_EQ(neighbours.improvement(), "") << "random cohort " << number;
        tried += neighbours.tried;
    }
    EXPECT_GT(tried, 5000);
}

TEST(Polish, leaves_no_improving_change_among_sixty_people) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        SyntheticCohort wanted;
        wanted.participants = 60;
        wanted.seed = seed;
        const auto problem = Problem::build(synthetic_cohort(wanted, zone_table()).problem);
        ASSERT_TRUE(problem.has_value());
        Neighbours neighbours(*problem, solved(*problem));
        EXPECT_EQ(neighbours.improvement(), "") << "seed " << seed;
        EXPECT_GT(neighbours.tried, 400);
    }
}

TEST(Polish, a_plan_whose_search_was_stopped_at_once_is_evened_out_too) {
    SolveOptions options;
    options.should_stop = [] { return true; };
    SyntheticCohort wanted;
    wanted.participants = 40;
    for (wanted.seed = 1; wanted.seed <= 4; ++wanted.seed) {
        const auto problem = Problem::build(synthetic_cohort(wanted, zone_table()).problem);
        ASSERT_TRUE(problem.has_value());
        const Plan plan = solve(*problem, options);
        ASSERT_FALSE(plan.groups.empty());
        Neighbours neighbours(*problem, plan);
        EXPECT_EQ(neighbours.improvement(), "") << "seed " << wanted.seed;
    }
}

std::vector<std::size_t> sizes(const Plan& plan) {
    std::vector<std::size_t> list;
    for (const PlannedGroup& group : plan.groups) list.push_back(group.participants.size());
    std::sort(list.begin(), list.end());
    return list;
}

TEST(Polish, groups_come_as_near_to_the_target_as_can_be) {
    // 8 and 4 would do for O1 and O2; 6 and 6 is 8 nearer.
    ProblemBuilder cohort;
    cohort.facilitator("f1", "UTC", "Mon 09:00-10:00", 1)
        .facilitator("f2", "UTC", "Tue 09:00-10:00", 1)
        .participants(4, "m", "UTC", "Mon 09:00-10:00")
        .participants(4, "t", "UTC", "Tue 09:00-10:00")
        .participants(4, "x", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00");
    EXPECT_EQ(sizes(solved(cohort.build())), (std::vector<std::size_t>{6, 6}));
}

TEST(Polish, the_fullest_facilitator_is_as_little_full_as_can_be) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(4, 4)
                                 .facilitator("a", "UTC", "Mon 09:00-12:00", 2)
                                 .facilitator("b", "UTC", "Mon 09:00-12:00", 2)
                                 .participants(8, "p", "UTC", "Mon 09:00-12:00")
                                 .build());
    ASSERT_EQ(plan.groups.size(), 2U);
    EXPECT_NE(plan.groups[0].facilitator, plan.groups[1].facilitator);
}

TEST(Polish, of_equal_plans_the_one_with_more_spare_starts_is_chosen) {
    // Both may lead and are equally full then; with `late` the group could also meet at ten.
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("early", "UTC", "Mon 09:00-10:00", 1)
                                 .facilitator("late", "UTC", "Mon 09:00-11:00", 1)
                                 .participants(4, "p", "UTC", "Mon 09:00-11:00")
                                 .build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].facilitator, "late");
    EXPECT_EQ(plan.groups[0].spare_starts.size(), 2U);
}

}  // namespace
}  // namespace convene::test
