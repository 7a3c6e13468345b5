#include "app/group_names.h"

#include <gtest/gtest.h>

namespace convene::test {
namespace {

std::vector<std::string> next(const std::vector<std::string>& existing, std::size_t count) {
    CohortSnapshot cohort;
    for (const std::string& name : existing) {
        cohort.groups.emplace_back();
        cohort.groups.back().group_name = name;
        cohort.groups.back().status = GroupStatus::cancelled;
    }
    return next_group_names(cohort, count);
}

using Names = std::vector<std::string>;

TEST(GroupNames, begin_at_one_and_go_on_after_the_highest) {
    EXPECT_EQ(next({}, 2), (Names{"Group 1", "Group 2"}));
    EXPECT_EQ(next({"Group 3", "Group 1"}, 1), (Names{"Group 4"}));
    EXPECT_EQ(next({" GROUP 9 "}, 1), (Names{"Group 10"}));
}

TEST(GroupNames, other_names_do_not_count) {
    EXPECT_EQ(next({"Early birds", "Group B", "Group 7b", "Group -5", "Group 99999999999999", "Group"}, 1),
              (Names{"Group 1"}));
}

}  // namespace
}  // namespace convene::test
