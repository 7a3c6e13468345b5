#include "cli/terminal/display_width.h"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

TEST(DisplayWidth, letters_take_one_column_each) {
    EXPECT_EQ(display_width(""), 0);
    EXPECT_EQ(display_width("Participant 17"), 14);
    EXPECT_EQ(display_width("Álvarez"), 7);
}

TEST(DisplayWidth, a_combining_mark_takes_none) {
    EXPECT_EQ(display_width("A\u0301lvarez"), 7);
}

TEST(DisplayWidth, cjk_letters_take_two_columns) {
    EXPECT_EQ(display_width("李明"), 4);
    EXPECT_EQ(display_width("한글"), 4);
    EXPECT_EQ(display_width("ｆｕｌｌ"), 8);
}

TEST(DisplayWidth, an_emoji_takes_two_columns_however_many_code_points_it_has) {
    EXPECT_EQ(display_width("😀"), 2);
    EXPECT_EQ(display_width("👩‍🚀"), 2) << "joined: woman, joiner, rocket";
    EXPECT_EQ(display_width("👍🏽"), 2) << "with a skin tone";
    EXPECT_EQ(display_width("🇳🇵"), 2) << "a flag is two indicators";
    EXPECT_EQ(display_width("❤️"), 2) << "made an emoji by a variation selector";
}

TEST(DisplayWidth, malformed_bytes_take_one_column_each) {
    EXPECT_EQ(display_width("a\xFF\xC3"), 3);
}

TEST(Truncated, text_that_fits_is_unchanged) {
    EXPECT_EQ(truncated("abc", 3), "abc");
}

TEST(Truncated, longer_text_ends_in_an_ellipsis_within_the_columns) {
    EXPECT_EQ(truncated("abcdef", 4), "abc…");
    EXPECT_EQ(truncated("李明华", 4), "李…") << "a half letter would make three columns";
}

TEST(Truncated, a_letter_is_never_parted_from_its_marks) {
    EXPECT_EQ(truncated("e\u0301e\u0301e\u0301", 2), "e\u0301…");
}

TEST(Padded, counts_columns_and_not_bytes) {
    EXPECT_EQ(padded_right("李", 4), "李  ");
    EXPECT_EQ(padded_left("é", 3), "  é");
}

TEST(Printable, escape_sequences_and_line_breaks_cannot_reach_the_terminal) {
    EXPECT_EQ(printable("\033[31mred\n"), "\uFFFD[31mred\uFFFD");
    EXPECT_EQ(printable("evil\u202Etxt"), "evil\uFFFDtxt");
    EXPECT_EQ(printable("\x9B"), "\uFFFD");
    EXPECT_EQ(printable("naïve 李"), "naïve 李");
}

TEST(Wrapped, breaks_at_spaces_and_indents_every_line) {
    EXPECT_EQ(wrapped("one two three", 9, "  "), "  one two\n  three");
    EXPECT_EQ(wrapped("incomprehensibilities", 5, ""), "incomprehensibilities");
}

}  // namespace
}  // namespace convene::cli
