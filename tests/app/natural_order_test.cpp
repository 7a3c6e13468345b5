#include "app/natural_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace convene::test {
namespace {

TEST(NaturalOrder, numbers_in_names_count_as_numbers) {
    std::vector<std::string> names = {"Person 13", "Person 3", "Person 33", "Person 2b",
                                      "Person",    "Åsa",      "Ann"};
    std::sort(names.begin(), names.end(), natural_less);
    EXPECT_EQ(names, (std::vector<std::string>{"Ann", "Person", "Person 2b", "Person 3", "Person 13",
                                               "Person 33", "Åsa"}));
}

TEST(NaturalOrder, more_digits_than_any_integer_holds_are_compared_all_the_same) {
    EXPECT_TRUE(natural_less("99999999999999999999999", "100000000000000000000000"));
    EXPECT_FALSE(natural_less("100000000000000000000000", "99999999999999999999999"));
}

TEST(NaturalOrder, names_that_differ_have_an_order_and_equal_ones_none) {
    EXPECT_NE(natural_less("Group 01", "Group 1"), natural_less("Group 1", "Group 01"));
    EXPECT_FALSE(natural_less("Group 1", "Group 1"));
    EXPECT_FALSE(natural_less("", ""));
}

}  // namespace
}  // namespace convene::test
