#include "cli/terminal/table.h"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

const Pen kPlain(false);

TEST(Table, columns_line_up_and_lines_end_without_blanks) {
    Table table({{"name"}, {"size", Align::right}, {"when"}});
    table.add({"Group 1", "5", "Monday"});
    table.add({"李明", "12", ""});
    EXPECT_EQ(table.text(kPlain, 0),
              "name     size  when\n"
              "Group 1     5  Monday\n"
              "李明       12\n");
}

TEST(Table, only_columns_that_may_shrink_give_way) {
    Table table({{"id"}, {"name", Align::left, true}});
    table.add({"1", "a rather long name of a cohort"});
    EXPECT_EQ(table.text(kPlain, 16),
              "id  name\n"
              "1   a rather lo…\n");
}

TEST(Table, without_a_width_nothing_is_cut) {
    Table table({{"name", Align::left, true}});
    table.add({std::string(300, 'x')});
    EXPECT_NE(table.text(kPlain, 0).find(std::string(300, 'x')), std::string::npos);
}

TEST(Table, plain_output_has_no_escape_sequence_and_colour_does_not_move_columns) {
    Table table({{"rule"}, {"message"}});
    table.add({Cell("R1", Ink::red), "two"});
    EXPECT_EQ(table.text(kPlain, 0).find('\033'), std::string::npos);
    EXPECT_NE(table.text(Pen(true), 0).find("\033[31mR1\033[0m    two"), std::string::npos);
}

TEST(Table, a_name_with_an_escape_sequence_is_made_harmless) {
    Table table({{"name"}});
    table.add({"\033[2J"});
    EXPECT_EQ(table.text(kPlain, 0).find('\033'), std::string::npos);
}

}  // namespace
}  // namespace convene::cli
