#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/check_file.h"
#include "app/solve_file.h"
#include "formats/plan_file.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFile = R"({"format": "convene/cohort@1",
 "cohort": {"name": "Tiny", "start_date": "2025-01-15", "number_of_group_meetings": 2},
 "rules": {"min_size": 2, "max_size": 4},
 "people": [
  {"id": "f", "role": "facilitator", "timezone": "UTC", "available": {"Tuesday": ["18:00-19:00"]}},
  {"id": "a", "role": "participant", "timezone": "UTC", "available": {"Tuesday": ["18:00-19:00"]}},
  {"id": "b", "role": "participant", "timezone": "UTC", "available": {"Tuesday": ["18:00-19:00"]}},
  {"id": "c", "role": "participant", "timezone": "UTC", "available": {"Friday": ["18:00-19:00"]}}]})";

SolvedFile solved(std::string_view text = kFile) {
    auto file = solve_file(text, zone_table(), {});
    if (!file) throw std::runtime_error(to_string(file.error().front()));
    return *std::move(file);
}

std::string without_time(std::string text) {
    const std::size_t begin = text.find("\"elapsed_ms\"");
    return begin == std::string::npos ? text : text.erase(begin, text.find_first_of(",}", begin) - begin);
}

TEST(SolveFile, gives_the_best_plan_with_a_reason_for_who_is_left_out) {
    const SolvedFile file = solved();
    EXPECT_EQ(file.plan.status, PlanStatus::optimal);
    EXPECT_EQ(file.plan.objective, (Objective{2, 0}));
    ASSERT_EQ(file.plan.unplaced.size(), 1u);
    EXPECT_EQ(file.plan.unplaced.front().person, "c");
    EXPECT_EQ(file.plan.unplaced.front().reason, UnplacedReason::no_facilitator_overlap);
    EXPECT_THAT(file.plan_text, HasSubstr("\"convene/plan@1\""));
}

TEST(SolveFile, alternatives_are_whole_plans_that_check_accepts) {
    std::string text = kFile;
    for (std::size_t at = 0; (at = text.find("[\"18:00-19:00\"]", at)) != std::string::npos; at += 20)
        text.replace(at, 15, "[\"18:00-20:00\"]");
    SolveFileOptions options;
    options.plans = 2;
    const auto file = solve_file(text, zone_table(), options);
    ASSERT_TRUE(file.has_value());
    ASSERT_EQ(file->alternatives.size(), 1u);
    EXPECT_EQ(file->alternatives.front().objective, file->plan.objective);
    EXPECT_NE(file->alternatives.front().groups.front().meetings, file->plan.groups.front().meetings);
    const auto both = read_plan_file(file->plan_text);
    ASSERT_TRUE(both.has_value());
    EXPECT_THAT(both->warnings, IsEmpty());
    EXPECT_EQ(both->plan, file->plan);
    const std::size_t begin = file->plan_text.find("{\"format\"", 1);
    const std::size_t end = file->plan_text.rfind(']');
    const auto other = read_plan_file(file->plan_text.substr(begin, end - begin));
    ASSERT_TRUE(other.has_value());
    EXPECT_EQ(other->plan, file->alternatives.front());
}

TEST(SolveFile, pitfall_20_the_same_bytes_whatever_the_order_of_rows_and_the_threads) {
    std::string shuffled = kFile;
    const std::size_t first = shuffled.find("  {\"id\": \"a\"");
    const std::size_t second = shuffled.find("  {\"id\": \"b\"");
    const std::string line = shuffled.substr(first, second - first);
    shuffled.erase(first, second - first);
    shuffled.insert(shuffled.find("  {\"id\": \"f\""), line);
    SolveFileOptions many;
    many.threads = 8;
    EXPECT_EQ(without_time(solved(shuffled).plan_text), without_time(solved().plan_text));
    EXPECT_EQ(without_time(solve_file(kFile, zone_table(), many)->plan_text),
              without_time(solved().plan_text));
}

TEST(SolveFile, bad_input_comes_back_with_every_fault) {
    std::string bad = kFile;
    bad.replace(bad.find("18:00-19:00"), 11, "25:00-19:00");
    bad.replace(bad.find("\"min_size\": 2"), 13, "\"min_size\": 9");
    const auto file = solve_file(bad, zone_table(), {});
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().size(), 2u);
    EXPECT_FALSE(solve_file("", zone_table(), {}));
    EXPECT_FALSE(solve_file("[]", zone_table(), {}));
}

TEST(SolveFile, at_the_deadline_the_plan_is_valid_and_its_bound_true) {
    SolveFileOptions options;
    options.deadline = std::chrono::steady_clock::time_point::min();
    const auto file = solve_file(kFile, zone_table(), options);
    ASSERT_TRUE(file);
    EXPECT_GE(file->plan.bound.placed, 2);
    EXPECT_THAT(check_file(kFile, file->plan_text, zone_table())->violations, IsEmpty());
}

TEST(CheckFile, accepts_what_solve_gives) {
    const auto checked = check_file(kFile, solved().plan_text, zone_table());
    ASSERT_TRUE(checked);
    EXPECT_THAT(checked->violations, IsEmpty());
    EXPECT_EQ(checked->groups, 1);
    EXPECT_EQ(checked->placed, 2);
    EXPECT_EQ(checked->unplaced, 1);
}

TEST(CheckFile, pitfall_25_an_injected_fault_is_found_and_its_rule_named) {
    std::string plan = solved().plan_text;
    const std::size_t place = plan.find("\"a\"");
    ASSERT_NE(place, std::string::npos);
    plan.replace(place, 3, "\"c\"");
    const auto checked = check_file(kFile, plan, zone_table());
    ASSERT_TRUE(checked);
    std::vector<std::string> rules;
    for (const Violation& violation : checked->violations) rules.push_back(violation.rule);
    EXPECT_THAT(rules, ::testing::Contains("R3"));
    EXPECT_THAT(rules, ::testing::Contains("R10"));
}

TEST(CheckFile, faults_of_both_files_come_together_and_say_where_they_are) {
    const auto checked = check_file("{}", "nonsense", zone_table());
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().front().path, HasSubstr("cohort file: "));
    EXPECT_THAT(checked.error().back().path, HasSubstr("plan: "));
}

}  // namespace
}  // namespace convene::test
