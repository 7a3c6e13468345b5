// The tree of branch and cut: the same on one thread and on two, true bounds when it is cut short.
#include "core/solve/branch_and_cut.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/synthetic_cohort.h"
#include "zones/iana_zones.h"

namespace convene::test {
namespace {

class BranchAndCutTest : public ::testing::Test {
protected:
    static Problem cohort() {
        SyntheticCohort wanted;
        wanted.participants = 100;
        wanted.seed = 2;
        return *Problem::build(synthetic_cohort(wanted, zones::IanaZones()).problem);
    }
    /// Most people placed.
    [[nodiscard]] BranchAndCutRequest most() const {
        BranchAndCutRequest request;
        for (const Program::Column& column : program_.columns) request.objective.push_back(-column.people);
        return request;
    }

    const Problem problem_ = cohort();
    const Instance instance_ = compile(problem_);
    const Program program_ = make_program(instance_);
};

TEST_F(BranchAndCutTest, two_threads_grow_the_same_tree) {
    std::vector<std::vector<double>> found[2];
    std::vector<int> bounds[2];
    BranchAndCutResult results[2];
    for (const bool threads : {false, true}) {
        BranchAndCutRequest request = most();
        request.threads = threads;
        request.on_better = [&](int, const std::vector<double>& values) { found[threads].push_back(values); };
        request.on_bound = [&](int bound) { bounds[threads].push_back(bound); };
        results[threads] = branch_and_cut(program_, request);
    }
    EXPECT_GE(results[0].nodes, 5) << "otherwise nothing is tested here";
    EXPECT_EQ(results[0].nodes, results[1].nodes);
    EXPECT_EQ(results[0].value, results[1].value);
    EXPECT_EQ(results[0].deferred_rows, results[1].deferred_rows);
    EXPECT_EQ(found[0], found[1]);
    EXPECT_EQ(bounds[0], bounds[1]);
    EXPECT_TRUE(results[0].finished);
    EXPECT_EQ(results[0].bound, results[0].value);
    for (const int bound : bounds[0]) EXPECT_LE(bound, results[0].bound);
}

TEST_F(BranchAndCutTest, any_start_ends_at_the_same_value) {
    const BranchAndCutResult from_nothing = branch_and_cut(program_, most());
    for (const std::size_t every : {1, 2, 3, 7, 1000}) {
        BranchAndCutRequest request = most();
        for (std::size_t j = 0; j < program_.columns.size(); ++j)
            request.start.push_back(j % every == 0 ? program_.columns[j].upper : 0);
        const BranchAndCutResult result = branch_and_cut(program_, request);
        EXPECT_TRUE(result.finished);
        EXPECT_EQ(result.value, from_nothing.value) << "every " << every;
    }
}

TEST_F(BranchAndCutTest, bounds_of_a_tree_cut_short_are_true_at_every_length) {
    const BranchAndCutResult whole = branch_and_cut(program_, most());
    ASSERT_TRUE(whole.value.has_value());
    for (long nodes = 1; nodes < whole.nodes; ++nodes) {
        BranchAndCutRequest request = most();
        request.most_nodes = nodes;
        const BranchAndCutResult part = branch_and_cut(program_, request);
        EXPECT_LE(part.bound, *whole.value) << nodes;
        EXPECT_GE(part.value.value_or(0), *whole.value) << nodes;
        EXPECT_EQ(part.finished, false) << nodes;
    }
}

TEST_F(BranchAndCutTest, news_of_the_best_value_leave_only_the_proof) {
    const BranchAndCutResult whole = branch_and_cut(program_, most());
    BranchAndCutRequest request = most();
    request.news = [&](long iterations) {
        EXPECT_GT(iterations, 0);
        return *whole.value;
    };
    request.on_better = [](int, const std::vector<double>&) { ADD_FAILURE() << "nothing is better"; };
    const BranchAndCutResult told = branch_and_cut(program_, request);
    EXPECT_TRUE(told.finished);
    EXPECT_EQ(told.value, whole.value);
    EXPECT_LE(told.nodes, whole.nodes);
}

TEST_F(BranchAndCutTest, values_that_no_solution_can_have_need_no_search) {
    // Fewest if-needed hours with as many placed as possible.
    BranchAndCutRequest request;
    Program::Row placed{-static_cast<double>(*branch_and_cut(program_, most()).value), 1e30, {}};
    for (std::size_t j = 0; j < program_.columns.size(); ++j) {
        request.objective.push_back(program_.columns[j].cost);
        if (program_.columns[j].people > 0)
            placed.terms.emplace_back(static_cast<int>(j), program_.columns[j].people);
    }
    request.extra_rows.push_back(std::move(placed));
    const int least = *branch_and_cut(program_, request).value;
    request.known = least;
    EXPECT_GT(branch_and_cut(program_, request).nodes, 1) << "otherwise nothing is tested here";
    request.reachable = [least](int value) { return std::max(value, least); };
    const BranchAndCutResult told = branch_and_cut(program_, request);
    EXPECT_EQ(told.nodes, 1);
    EXPECT_TRUE(told.finished);
    EXPECT_EQ(told.bound, least);
}

}  // namespace
}  // namespace convene::test
