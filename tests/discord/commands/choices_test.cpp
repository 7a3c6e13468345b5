#include <gtest/gtest.h>

#include "discord/commands/slash_command.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

TEST(CohortChoice, shows_the_name_with_its_count) {
    EXPECT_EQ(cohort_choice(CohortId{7}, "AI Safety - Jan 2025", "24 pending"),
              (Choice{"AI Safety - Jan 2025 (24 pending)", "7"}));
}

TEST(CohortChoice, a_long_name_is_cut_and_the_count_stays) {
    std::string name;
    for (int i = 0; i < 80; ++i) name += "😀";
    const Choice choice = cohort_choice(CohortId{7}, name, "24 pending");
    EXPECT_LE(discord_length(choice.name), 100U);
    EXPECT_TRUE(choice.name.ends_with(" (24 pending)"));
    EXPECT_EQ(cohort_choice(CohortId{7}, " \n ", "1 pending").name, "cohort 7 (1 pending)");
}

TEST(Matching, pitfall_52_the_28th_of_30_cohorts_is_found) {
    std::vector<Choice> choices;
    for (int i = 1; i <= 30; ++i)
        choices.push_back(cohort_choice(CohortId{i}, "Course " + std::to_string(i), "4 pending"));
    EXPECT_EQ(matching(choices, "").size(), 25U);
    const auto found = matching(choices, " course 28 ");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].value, "28");
}

TEST(Matching, names_that_begin_with_it_come_first) {
    const std::vector<Choice> choices{{"Advanced AI (1 pending)", "1"}, {"AI Safety (2 pending)", "2"}};
    const auto found = matching(choices, "ai");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].value, "2");
    EXPECT_TRUE(matching(choices, "zebra").empty());
}

}  // namespace
}  // namespace convene::discord
