// Local search that goes on beside linear programs: found is what was asked for, whoever is faster.
#include "core/solve/improve/search_beside.h"

#include <gtest/gtest.h>

#include <chrono>
#include <tuple>

#include "core/solve/greedy.h"
#include "core/solve/improve/seating_flow.h"
#include "tests/support/synthetic_cohort.h"
#include "zones/iana_zones.h"

namespace convene::test {
namespace {

constexpr long kWork[] = {0, 400'000, 600'000, 600'000, 2'000'000};

class SearchBesideTest : public ::testing::Test {
protected:
    static Problem cohort() {
        SyntheticCohort wanted;
        wanted.participants = 80;
        return *Problem::build(synthetic_cohort(wanted, zones::IanaZones()).problem);
    }
    [[nodiscard]] SearchBesideRequest request(bool threads) const {
        return {7, 2 * SeatingFlow::kPlaced, 1'000'000, threads, {}};
    }
    static auto value(const Solution& solution) { return std::tuple(solution.placed, -solution.if_needed); }

    const Problem problem_ = cohort();
    const Instance instance_ = compile(problem_);
    const Program program_ = make_program(instance_);
    const Solution start_ = greedy(instance_);
};

TEST_F(SearchBesideTest, threads_find_the_same_and_more_work_never_less) {
    SearchBeside beside(instance_, program_, start_, request(true));
    SearchBeside when_asked(instance_, program_, start_, request(false));
    auto before = value(start_);
    for (const long work : kWork) {
        const auto found = value(beside.after(work));
        EXPECT_EQ(found, value(when_asked.after(work))) << work;
        EXPECT_GE(found, before) << work;
        before = found;
    }
    EXPECT_GT(before, value(start_)) << "two million attends better the first plan";
}

TEST_F(SearchBesideTest, too_little_work_for_a_round_gives_what_it_began_with) {
    SearchBeside beside(instance_, program_, start_, request(true));
    EXPECT_EQ(value(beside.after(1)), value(start_));
}

TEST_F(SearchBesideTest, stopped_by_the_caller_it_keeps_nobody_waiting) {
    for (const bool threads : {true, false}) {
        SearchBesideRequest stopped = request(threads);
        stopped.should_stop = [] { return true; };
        SearchBeside beside(instance_, program_, start_, stopped);
        EXPECT_GE(value(beside.after(50'000'000)), value(start_));
    }
}

}  // namespace
}  // namespace convene::test
