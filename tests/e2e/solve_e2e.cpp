// `solve` and `check` on the example cohorts, against the proven numbers of tests/data/instances/README.md.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

struct Proven {
    const char* name;
    int placed;
    int if_needed;
};

class Instances : public ::testing::TestWithParam<Proven> {};

TEST_P(Instances, the_plan_is_valid_and_proven_to_be_the_best) {
    const Proven proven = GetParam();
    const Rehearsal rehearsal;
    const ProgramResult solved = rehearsal.convene({"solve", instance(proven.name), "--time-limit", "300"});
    ASSERT_EQ(solved.exit_code, 0) << solved.err;
    const auto plan = nlohmann::json::parse(solved.out);
    EXPECT_EQ(plan.at("status"), "optimal");
    EXPECT_EQ(plan.at("objective").at("placed"), proven.placed);
    EXPECT_EQ(plan.at("objective").at("if_needed"), proven.if_needed);
    EXPECT_EQ(plan.at("bound"), plan.at("objective"));
    const ProgramResult checked = rehearsal.convene({"check", instance(proven.name), "-"}, solved.out);
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

INSTANTIATE_TEST_SUITE_P(Proven, Instances,
                         ::testing::Values(Proven{"24", 12, 1}, Proven{"60", 53, 9}, Proven{"100-dst", 78, 7},
                                           Proven{"300", 293, 16}, Proven{"1000", 963, 61},
                                           Proven{"1000-dst", 934, 39}),
                         [](const auto& each) {
                             std::string name = each.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return "cohort_" + name;
                         });

nlohmann::json without_time(const std::string& plan) {
    auto document = nlohmann::json::parse(plan);
    document.erase("elapsed_ms");
    return document;
}

TEST(Solve, pitfall_20_the_same_seed_gives_the_same_plan_with_any_number_of_threads) {
    const Rehearsal rehearsal;
    const ProgramResult one = rehearsal.convene({"solve", instance("60"), "--seed", "7", "--threads", "1"});
    const ProgramResult four = rehearsal.convene({"solve", instance("60"), "--seed", "7", "--threads", "4"});
    ASSERT_EQ(one.exit_code, 0) << one.err;
    EXPECT_EQ(without_time(one.out), without_time(four.out));
}

TEST(Solve, reads_standard_input_and_writes_nothing_but_the_plan_to_standard_output) {
    const Rehearsal rehearsal;
    std::ostringstream cohort;
    cohort << std::ifstream(instance("24")).rdbuf();
    const ProgramResult result = rehearsal.convene({"solve", "-"}, cohort.str());
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out).at("format"), "convene/plan@1");
    EXPECT_EQ(result.err, "") << "progress is silent when standard error is no terminal";
    const ProgramResult asked = rehearsal.convene({"solve", "--json", "-"}, cohort.str());
    EXPECT_EQ(without_time(asked.out), without_time(result.out));
}

TEST(Solve, pitfall_26_an_interrupt_prints_the_best_plan_so_far_and_ends_with_130) {
    const Rehearsal rehearsal;
    Program program(CONVENE_PROGRAM, {"solve", instance("1000"), "--time-limit", "300"}, rehearsal.options());
    program.wait_until_it_catches(SIGINT);
    program.send(SIGINT);
    const ProgramResult result = program.wait();
    EXPECT_EQ(result.exit_code, 130) << result.err;
    const auto plan = nlohmann::json::parse(result.out);
    EXPECT_EQ(plan.at("status"), "feasible");
    EXPECT_EQ(rehearsal.convene({"check", instance("1000"), "-"}, result.out).exit_code, 0);
}

TEST(Check, pitfall_25_each_broken_rule_is_named_and_the_exit_code_is_1) {
    const Rehearsal rehearsal;
    auto plan = nlohmann::json::parse(rehearsal.convene({"solve", instance("24")}).out);
    ASSERT_FALSE(plan.at("groups").empty());
    auto& participants = plan["groups"][0]["participants"];
    while (participants.size() > 1) participants.erase(participants.size() - 1);
    const ProgramResult result = rehearsal.convene({"check", instance("24"), "-"}, plan.dump());
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.out.find("R2 "), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("R10 "), std::string::npos) << result.out;
}

}  // namespace
}  // namespace convene::test
