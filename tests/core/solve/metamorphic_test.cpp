// What must hold between the plans of two cohorts of which one follows from the other.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/random_cohort.h"
#include "tests/support/solved.h"
#include "tests/support/synthetic_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

constexpr std::uint64_t kCohorts = 300;

Problem built(ProblemInput input) {
    auto problem = Problem::build(std::move(input));
    if (!problem) throw std::runtime_error(to_string(problem.error().front()));
    return *std::move(problem);
}

ProblemInput sixty(std::uint64_t seed) {
    SyntheticCohort wanted;
    wanted.participants = 60;
    wanted.seed = seed;
    return synthetic_cohort(wanted, zone_table()).problem;
}

bool worse(Objective a, Objective b) {
    return a.placed < b.placed || (a.placed == b.placed && a.if_needed > b.if_needed);
}

void expect_more_people_never_cost_places(ProblemInput input, ProblemInput other) {
    const Objective before = solved(built(input)).objective;
    Person newcomer = *std::find_if(other.people.begin(), other.people.end(),
                                    [](const Person& p) { return p.role == Role::participant; });
    newcomer.id = "newcomer";
    input.people.push_back(std::move(newcomer));
    EXPECT_GE(solved(built(std::move(input))).objective.placed, before.placed);
}

TEST(SolveMetamorphic, one_person_more_never_means_fewer_placed) {
    for (std::uint64_t number = 0; number < kCohorts; ++number) {
        SCOPED_TRACE("random cohort " + std::to_string(number));
        expect_more_people_never_cost_places(random_cohort(number), random_cohort(number + 1));
    }
    expect_more_people_never_cost_places(sixty(1), sixty(2));
}

void expect_an_hour_never_hurts(ProblemInput input, std::size_t person, int start) {
    const Objective before = solved(built(input)).objective;
    const std::vector<WeeklyWindow> hour{WeeklyWindow(start, 60)};
    Person& given = input.people[person % input.people.size()];
    given.available = given.available.united_with(WeeklySet(hour));
    const Objective after = solved(built(std::move(input))).objective;
    EXPECT_FALSE(worse(after, before))
        << after.placed << '/' << after.if_needed << " after " << before.placed << '/' << before.if_needed;
}

TEST(SolveMetamorphic, one_hour_more_is_never_worse) {
    for (std::uint64_t number = 0; number < kCohorts; ++number) {
        SCOPED_TRACE("random cohort " + std::to_string(number));
        const ProblemInput input = random_cohort(number);
        // The hour of somebody else: likely to matter.
        const Person& other = input.people[(number + 1) % input.people.size()];
        if (other.available.empty()) continue;
        expect_an_hour_never_hurts(input, number, other.available.windows().front().start());
    }
    for (std::size_t person = 0; person < 6; ++person)
        expect_an_hour_never_hurts(sixty(3), person * 7, 19 * 60 + static_cast<int>(person) * kMinutesPerDay);
}

/// Everybody gets another id; with `turned`, ids sort the other way round.
ProblemInput renamed(ProblemInput input, bool turned, std::map<std::string, std::string>& old_name) {
    std::vector<std::string> ids;
    for (const Person& person : input.people) ids.push_back(person.id);
    std::sort(ids.begin(), ids.end());
    std::map<std::string, std::string> new_name;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string number = std::to_string(1000 + (turned ? ids.size() - i : i));
        new_name[ids[i]] = "somebody " + number;
        old_name["somebody " + number] = ids[i];
    }
    const auto rename = [&](std::string& id) {
        if (!id.empty()) id = new_name.at(id);
    };
    for (Person& person : input.people) rename(person.id);
    for (auto* sets : {&input.together, &input.apart})
        for (auto& set : *sets)
            for (std::string& id : set) rename(id);
    for (FixedGroup& group : input.fixed_groups) {
        rename(group.facilitator);
        for (std::string& id : group.participants) rename(id);
    }
    for (Booking& booking : input.bookings) rename(booking.person);
    for (OutsideLoad& load : input.outside_load) rename(load.person);
    return input;
}

using Company = std::vector<std::pair<std::vector<Instant>, std::vector<std::string>>>;

/// Who meets when, under their first names.
Company company(const Plan& plan, const std::map<std::string, std::string>& old_name) {
    Company list;
    for (const PlannedGroup& group : plan.groups) {
        std::vector<std::string> members;
        for (const std::string& id : group.participants)
            members.push_back(old_name.empty() ? id : old_name.at(id));
        std::sort(members.begin(), members.end());
        if (!group.facilitator.empty())
            members.push_back(old_name.empty() ? group.facilitator : old_name.at(group.facilitator));
        list.emplace_back(group.meetings, std::move(members));
    }
    std::sort(list.begin(), list.end());
    return list;
}

TEST(SolveMetamorphic, with_everybody_renamed_the_plan_is_the_same) {
    for (std::uint64_t number = 0; number < kCohorts; ++number) {
        SCOPED_TRACE("random cohort " + std::to_string(number));
        const ProblemInput input = random_cohort(number);
        std::map<std::string, std::string> old_name;
        const Plan plan = solved(built(input));
        EXPECT_EQ(company(solved(built(renamed(input, false, old_name))), old_name), company(plan, {}));
        // Two people who are alike may change places when their ids do.
        EXPECT_EQ(solved(built(renamed(input, true, old_name))).objective, plan.objective);
    }
}

TEST(SolveMetamorphic, people_who_differ_keep_their_places_whatever_the_order_of_their_ids) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const ProblemInput input = sixty(seed);
        std::map<std::string, std::string> old_name;
        const Plan other = solved(built(renamed(input, true, old_name)));
        EXPECT_EQ(company(other, old_name), company(solved(built(input)), {})) << "seed " << seed;
    }
}

TEST(SolveMetamorphic, shuffled_rows_threads_and_repetition_change_no_byte) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        ProblemInput input = sixty(seed);
        const Plan plan = solved(built(input));
        std::rotate(input.people.begin(), input.people.begin() + 17, input.people.end());
        std::reverse(input.people.begin() + 5, input.people.begin() + 40);
        for (const int threads : {1, 2, 8}) {
            SolveOptions options;
            options.threads = threads;
            EXPECT_EQ(solved(built(input), options), plan) << threads << " threads, seed " << seed;
        }
    }
}

}  // namespace
}  // namespace convene::test
