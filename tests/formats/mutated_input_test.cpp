// Readers under broken input: whatever the bytes, they answer with a value or with faults. The sanitizers of
// the dev build watch; fuzz/ goes further with clang.
#include <gtest/gtest.h>

#include <random>

#include "formats/availability.h"
#include "formats/cohort_file.h"
#include "formats/plan_file.h"
#include "tests/support/files.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

/// One to eight small accidents: bytes flipped, cut out, doubled, or swapped for the likes of JSON.
std::string damaged(std::string text, std::mt19937& random) {
    constexpr std::string_view kPieces = "{}[]\",:0-9e.\\n\xFF\xC3 tfu";
    const auto below = [&random](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
    for (std::size_t accidents = 1 + below(8); accidents > 0 && !text.empty(); --accidents) {
        const std::size_t at = below(text.size());
        const std::size_t length = 1 + below(12);
        switch (below(4)) {
            case 0:
                text[at] = kPieces[below(kPieces.size())];
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, text.substr(below(text.size()), length));
                break;
            default:
                text.insert(at, 1, kPieces[below(kPieces.size())]);
                break;
        }
    }
    return text;
}

TEST(MutatedInput, cohort_files_are_read_or_refused_with_faults) {
    std::mt19937 random(1);
    const std::string good = test::read_data("contract.cohort.json");
    int read = 0;
    for (int i = 0; i < 1500; ++i) {
        const std::string text = damaged(good, random);
        const auto file = read_cohort_file(text, test::zone_table(), {.set_faulty_people_aside = i % 2 == 0});
        if (!file) {
            ASSERT_FALSE(file.error().empty()) << text;
            for (const InputFault& fault : file.error())
                ASSERT_EQ(printable(to_string(fault)), to_string(fault));
            continue;
        }
        ++read;
        ASSERT_TRUE(Problem::build(file->problem)) << text;
        const std::string written = write_cohort_file(*file);
        const auto again = read_cohort_file(written, test::zone_table());
        ASSERT_TRUE(again) << written;
        ASSERT_EQ(write_cohort_file(*again), written);
    }
    EXPECT_GT(read, 10);
    EXPECT_LT(read, 1400);
}

TEST(MutatedInput, plans_are_read_or_refused_with_faults) {
    std::mt19937 random(2);
    const std::string good = test::read_data("contract.plan.json");
    int read = 0;
    for (int i = 0; i < 1500; ++i) {
        const std::string text = damaged(good, random);
        const auto file = read_plan_file(text);
        if (!file) {
            ASSERT_FALSE(file.error().empty()) << text;
            continue;
        }
        ++read;
        const auto again = read_plan_file(write_plan_file(file->plan, std::nullopt));
        ASSERT_TRUE(again) << text;
        ASSERT_EQ(again->plan, file->plan) << text;
    }
    EXPECT_GT(read, 10);
    EXPECT_LT(read, 1400);
}

TEST(MutatedInput, hours_and_times_are_read_or_refused) {
    std::mt19937 random(3);
    for (int i = 0; i < 3000; ++i) {
        const auto by_day =
            parse_availability_json(damaged(R"({"Monday":["08:00-08:30","23:30-24:00"]})", random));
        if (by_day) {
            ASSERT_EQ(parse_availability_json(to_availability_json(*by_day)).value(), *by_day);
        }
        const auto intervals =
            parse_interval_string(damaged("M09:00 M10:00, W20:00 R08:00, U23:00 M01:00", random));
        if (intervals) {
            ASSERT_EQ(parse_interval_string(to_interval_string(*intervals)).value(), *intervals);
        }
        const auto start = parse_weekly_start(damaged("Sunday 23:30 - Monday 00:30", random));
        if (start) {
            ASSERT_EQ(parse_weekly_start(to_string(*start)), start);
        }
    }
}

}  // namespace
}  // namespace convene
