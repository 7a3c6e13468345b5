// What reasons claim, proven by trying everything on random tiny cohorts.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/explain/reasons.h"
#include "core/rules/check_plan.h"
#include "core/solve/solve.h"
#include "core/time/attendance.h"
#include "core/time/meeting_series.h"
#include "tests/support/brute_force.h"
#include "tests/support/random_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

Problem built(ProblemInput input) {
    auto problem = Problem::build(std::move(input));
    if (!problem) throw std::invalid_argument(to_string(problem.error().front()));
    return *std::move(problem);
}

/// The most that any plan places which places this person; nothing when none does.
std::optional<int> best_with(const Problem& problem, const std::string& id) {
    const auto best = brute_force(problem, problem.index_of(id));
    return best ? std::optional(best->placed) : std::nullopt;
}

/// The cohort with somebody more who can lead one group, whenever.
Problem with_another_leader(ProblemInput input, const ZonePtr& zone) {
    Person leader;
    leader.id = "another leader";
    leader.role = Role::facilitator;
    leader.max_groups = 1;
    leader.zone = zone;
    leader.available = hours("always");
    input.people.push_back(std::move(leader));
    return built(std::move(input));
}

/// The cohort with its facilitators ready to lead more: for people whom a set ties to one of them.
Problem with_willing_leaders(ProblemInput input) {
    for (Person& person : input.people) person.max_groups += 1;
    input.outside_load.clear();
    return built(std::move(input));
}

Problem without_sets_of(ProblemInput input, const std::string& id) {
    for (auto* sets : {&input.together, &input.apart})
        std::erase_if(*sets,
                      [&](const auto& ids) { return std::find(ids.begin(), ids.end(), id) != ids.end(); });
    return built(std::move(input));
}

class Claim {
public:
    Claim(std::uint64_t number, const UnplacedPerson& person, int placed)
        : input_(random_cohort(number)), problem_(built(input_)), person_(person), placed_(placed) {}

    void prove() const {
        const std::string& id = person_.person;
        switch (person_.reason) {
            case UnplacedReason::no_availability:
            case UnplacedReason::no_facilitator_overlap:
            case UnplacedReason::too_few_peers:
                EXPECT_EQ(best_with(problem_, id), std::nullopt);
                return;
            case UnplacedReason::facilitator_capacity: {
                // A group more, led in the zone of one of the facilitators, places everybody placed so far
                // and this person.
                int most = best_with(with_willing_leaders(input_), id).value_or(0);
                for (const int f : problem_.facilitators()) {
                    const Person& leader = problem_.people()[static_cast<std::size_t>(f)];
                    most =
                        std::max(most, best_with(with_another_leader(input_, leader.zone), id).value_or(0));
                }
                EXPECT_GT(most, placed_);
                return;
            }
            case UnplacedReason::rule_conflict:
                if (person_.detail.find("can be in no group") != std::string::npos) {
                    EXPECT_EQ(best_with(problem_, id), std::nullopt);
                } else {
                    EXPECT_GT(best_with(without_sets_of(input_, id), id).value_or(0), placed_);
                }
                return;
            case UnplacedReason::outcompeted:
                EXPECT_LE(best_with(problem_, id).value_or(0), placed_);
                return;
        }
    }

private:
    ProblemInput input_;
    Problem problem_;
    const UnplacedPerson& person_;
    int placed_;
};

/// The zones whose clocks may name a new group's time.
std::map<std::string, ZonePtr> naming_zones(const Problem& problem) {
    const Anchor& anchor = problem.schedule().anchor;
    if (anchor.kind == Anchor::Kind::zone) return {{anchor.zone->name(), anchor.zone}};
    std::map<std::string, ZonePtr> zones;
    for (const Person& person : problem.people())
        if (anchor.kind == Anchor::Kind::best ||
            (anchor.kind == Anchor::Kind::facilitator && person.role == Role::facilitator))
            zones.emplace(person.zone->name(), person.zone);
    if (zones.empty() || anchor.kind == Anchor::Kind::best) zones.emplace("UTC", utc_zone());
    return zones;
}

/// Which of the first three reasons applies, by the words of docs/model.md: minute for minute, for cohorts
/// without existing groups. Nothing when none of them does.
std::optional<UnplacedReason> first_by_definition(const Problem& problem, int person) {
    const Schedule& schedule = problem.schedule();
    const Rules& rules = problem.rules();
    bool suits = false;
    bool led = false;
    for (const auto& [name, zone] : naming_zones(problem)) {
        for (int minute = 0; minute < kMinutesPerWeek; minute += rules.start_step_minutes) {
            auto meetings = meeting_instants(*zone, WeeklyStart{minute}, schedule.start_date,
                                             schedule.number_of_group_meetings);
            if (rules.fit == Fit::first_meeting) meetings.resize(1);
            const auto attends = [&](int index) {
                const Person& who = problem.people()[static_cast<std::size_t>(index)];
                const WeeklySet all =
                    rules.use_if_needed ? who.available.united_with(who.if_needed) : who.available;
                return std::all_of(meetings.begin(), meetings.end(), [&](Instant meeting) {
                    return is_free(who.clock(), all, meeting, schedule.meeting_minutes);
                });
            };
            if (!attends(person)) continue;
            suits = true;
            const auto& leaders = problem.facilitators();
            const bool own_zone = schedule.anchor.kind == Anchor::Kind::facilitator;
            const auto leads = [&, zone_name = name](int leader) {
                return attends(leader) &&
                       (!own_zone ||
                        problem.people()[static_cast<std::size_t>(leader)].zone->name() == zone_name);
            };
            if (problem.facilitated() && std::none_of(leaders.begin(), leaders.end(), leads)) continue;
            led = true;
            const auto peers =
                std::count_if(problem.participants().begin(), problem.participants().end(), attends);
            const int counted = rules.count_facilitator && problem.facilitated() ? 1 : 0;
            if (peers + counted >= rules.min_size) return std::nullopt;
        }
    }
    return !suits ? UnplacedReason::no_availability
           : !led ? UnplacedReason::no_facilitator_overlap
                  : UnplacedReason::too_few_peers;
}

TEST(ReasonsProof, the_first_reason_that_applies_is_the_one_given) {
    std::map<std::optional<UnplacedReason>, int> seen;
    for (std::uint64_t number = 0; number < 300; ++number) {
        ProblemInput input = random_cohort(number);
        input.fixed_groups.clear();
        const Problem problem = built(std::move(input));
        for (const UnplacedPerson& person : explain_unplaced(problem, solve(problem, {}))) {
            SCOPED_TRACE(std::to_string(number) + " " + std::string(to_string(person.reason)) + ": " +
                         person.detail);
            const auto first = first_by_definition(problem, problem.index_of(person.person));
            ++seen[first];
            if (first)
                EXPECT_EQ(person.reason, *first);
            else
                EXPECT_GT(person.reason, UnplacedReason::too_few_peers);
        }
    }
    EXPECT_EQ(seen.size(), 4U) << "each of the three, and none of them, occurs";
}

TEST(ReasonsProof, claims_about_optimal_plans_of_random_cohorts_hold) {
    std::map<UnplacedReason, int> seen;
    for (std::uint64_t number = 0; number < 120; ++number) {
        const Problem problem = built(random_cohort(number));
        const Plan plan = brute_force_plan(problem);
        const auto violations = check_plan(problem, plan);
        ASSERT_TRUE(violations.empty())
            << number << ": " << violations.front().rule << " " << violations.front().message;
        const auto explained = explain_unplaced(problem, plan);
        ASSERT_EQ(explained.size(), plan.unplaced.size());
        for (const UnplacedPerson& person : explained) {
            SCOPED_TRACE(std::to_string(number) + " " + std::string(to_string(person.reason)) + ": " +
                         person.detail);
            Claim(number, person, plan.objective.placed).prove();
            ++seen[person.reason];
        }
    }
    EXPECT_EQ(seen.size(), 6U) << "every reason occurs";
}

}  // namespace
}  // namespace convene::test
