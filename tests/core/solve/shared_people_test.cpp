// Cuts from people whom groups share: whole seatings satisfy them, halved groups do not.
#include "core/solve/shared_people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>

#include "core/solve/instance.h"
#include "core/solve/solve.h"
#include "tests/support/synthetic_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

double left_of(const Program::Row& row, const std::vector<double>& values) {
    double sum = 0;
    for (const auto& [column, coefficient] : row.terms)
        sum += coefficient * values[static_cast<std::size_t>(column)];
    return sum;
}

class Seatings {
public:
    Seatings(const Instance& instance, const Program& program, unsigned seed)
        : instance_(instance), program_(program), random_(seed), sitters_(instance.slots.size()) {
        for (std::size_t j = 0; j < program.columns.size(); ++j)
            if (program.columns[j].kind == Program::Kind::sits)
                sitters_[static_cast<std::size_t>(program.columns[j].slot)].push_back(j);
    }

    /// Groups of allowed sizes at random slots, whoever leads them; nobody sits twice.
    std::vector<double> whole() {
        std::vector<double> values(program_.columns.size(), 0);
        std::vector<char> seated(instance_.units.size(), 0);
        std::vector<std::size_t> slots(sitters_.size());
        std::iota(slots.begin(), slots.end(), std::size_t{0});
        for (int round = 0; round < 2; ++round) {
            std::shuffle(slots.begin(), slots.end(), random_);
            for (const std::size_t slot : slots) {
                std::vector<std::size_t> free;
                for (const std::size_t j : sitters_[slot])
                    if (seated[unit_of(j)] == 0) free.push_back(j);
                if (free.size() < static_cast<std::size_t>(instance_.least)) continue;
                std::shuffle(free.begin(), free.end(), random_);
                free.resize(std::min(free.size(), static_cast<std::size_t>(instance_.most)));
                values[static_cast<std::size_t>(program_.groups_column[slot])] += 1;
                for (const std::size_t j : free) values[j] = seated[unit_of(j)] = 1;
            }
        }
        return values;
    }

    /// Of one slot in `every`, each attender sits in equal parts at all they can be at; as many groups as
    /// that fills.
    std::vector<double> spread(unsigned every) {
        std::vector<double> values(program_.columns.size(), 0);
        std::vector<int> places(instance_.units.size(), 0);
        std::vector<char> used(sitters_.size(), 0);
        for (std::size_t slot = 0; slot < sitters_.size(); ++slot) {
            used[slot] = random_() % every == 0 ? 1 : 0;
            for (const std::size_t j : sitters_[slot]) places[unit_of(j)] += used[slot];
        }
        for (std::size_t slot = 0; slot < sitters_.size(); ++slot) {
            if (used[slot] == 0) continue;
            double people = 0;
            for (const std::size_t j : sitters_[slot]) people += values[j] = 1.0 / places[unit_of(j)];
            values[static_cast<std::size_t>(program_.groups_column[slot])] = people / instance_.least;
        }
        return values;
    }

private:
    [[nodiscard]] std::size_t unit_of(std::size_t column) const {
        return static_cast<std::size_t>(program_.columns[column].unit);
    }

    const Instance& instance_;
    const Program& program_;
    std::mt19937 random_;
    std::vector<std::vector<std::size_t>> sitters_;
};

TEST(SharedPeople, RowsAreBrokenByTheValuesAndByNoWholeSeating) {
    std::size_t found = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CohortFile cohort = synthetic_cohort({.participants = 100, .seed = seed}, zone_table());
        cohort.problem.rules.min_size = 5 + static_cast<int>(seed % 3);
        cohort.problem.rules.max_size = cohort.problem.rules.min_size + static_cast<int>(seed % 2);
        const Problem problem = Problem::build(cohort.problem).value();
        const Instance instance = compile(problem);
        const Program program = make_program(instance);
        Seatings seatings(instance, program, seed);
        std::vector<Program::Row> rows;
        for (int i = 0; i < 50; ++i) {
            const std::vector<double> spread = seatings.spread(30);
            for (Program::Row& row : SharedPeople(program, instance.least).broken(spread.data())) {
                EXPECT_GT(left_of(row, spread), row.high);
                rows.push_back(std::move(row));
            }
        }
        found += rows.size();
        for (int i = 0; i < 100; ++i) {
            const std::vector<double> whole = seatings.whole();
            for (const Program::Row& row : rows) EXPECT_LE(left_of(row, whole), row.high + 1e-9);
        }
    }
    EXPECT_GT(found, 100U);
}

TEST(SharedPeople, TwoTimesOfTheSameEightPeopleMakeOneGroupOfSix) {
    ProblemBuilder builder;
    builder.sizes(6, 8).facilitator("f1", "UTC", "always").facilitator("f2", "UTC", "always");
    for (int i = 0; i < 8; ++i)
        builder.participant("p" + std::to_string(i), "UTC", "Mon 10:00-11:00, Wed 10:00-11:00");
    const Problem problem = builder.build();
    const Instance instance = compile(problem);
    const Program program = make_program(instance);
    const std::vector<double> halves = Seatings(instance, program, 1).spread(1);
    const auto rows = SharedPeople(program, instance.least).broken(halves.data());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].high, 1);  // 8 people fill one group, not four thirds
}

/// Found by fuzzing: with cuts over a few slots at a time, the ninth moved on to the next five minutes.
TEST(SharedPeople, NinePeopleInPairsAtManyTimesAreProvenSoon) {
    const Problem problem =
        ProblemBuilder()
            .start_date("2025-03-03")
            .meetings(1)
            .minutes(90)
            .anchor("best")
            .sizes(2, 2)
            .step(5)
            .participant("p1", "Asia/Kathmandu", "Fri 22:45-01:15")
            .participant("p2", "UTC", "Fri 17:00-19:30", "Fri 21:30-24:00")
            .participant("p3", "UTC", "Fri 17:00-20:00", "Fri 18:00-20:30, Fri 21:30-24:00")
            .participant("p4", "America/New_York", "Fri 12:00-14:00", "Fri 13:00-15:30")
            .participant("p5", "America/New_York", "Fri 12:00-15:00, Fri 16:30-18:30", "Fri 12:00-14:30")
            .participant("p6", "Europe/London", "Fri 21:30-24:00", "Fri 17:00-19:00")
            .participant("p7", "Europe/London", "Fri 21:30-24:00")
            .participant("p8", "UTC", "Fri 18:00-20:30", "Fri 17:00-19:00")
            .participant("p9", "Asia/Kathmandu", "Fri 22:45-01:15")
            .build();
    SolveOptions options;
    std::atomic<int> asked = 0;
    options.should_stop = [&] { return ++asked > 20'000; };
    const Plan plan = solve(problem, options);
    EXPECT_EQ(plan.status, PlanStatus::optimal);
    EXPECT_EQ(plan.objective, (Objective{8, 0}));
}

}  // namespace
}  // namespace convene::test
