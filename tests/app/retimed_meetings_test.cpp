#include "app/retimed_meetings.h"

#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

/// A group of four meetings, Tuesdays 18:00 UTC from 21 January 2025.
class RetimedMeetings : public ::testing::Test {
protected:
    RetimedMeetings() {
        store_.rows(cohort_).cohort.number_of_group_meetings = 4;
        group_ = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {});
    }
    std::vector<std::string> retimed(std::string_view to, std::string_view now,
                                     std::string_view anchor = "UTC") {
        const auto change = time_change(store_.rows(cohort_), store_.group(cohort_, group_),
                                        {zone(anchor), *read_weekly_start(to)}, zone_table(), instant(now));
        std::vector<std::string> texts;
        if (!change) return texts;
        utc_text_ = change->recurring_meeting_time_utc;
        for (const MeetingTime& meeting : change->meetings) texts.push_back(to_iso8601(meeting.time));
        return texts;
    }

    using Texts = std::vector<std::string>;
    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    GroupId group_;
    std::string utc_text_;
};

TEST_F(RetimedMeetings, before_the_course_they_follow_the_rule_from_the_start_date) {
    // The cohort starts on Wednesday the 15th: its first Thursday is before its first Tuesday.
    EXPECT_EQ(retimed("Thu 09:00", "2025-01-01T00:00:00Z"),
              (Texts{"2025-01-16T09:00:00Z", "2025-01-23T09:00:00Z", "2025-01-30T09:00:00Z",
                     "2025-02-06T09:00:00Z"}));
}

TEST_F(RetimedMeetings, past_meetings_stay_and_the_others_move_to_the_nearest_day) {
    EXPECT_EQ(retimed("Wed 18:00", "2025-01-29T00:00:00Z"),
              (Texts{"2025-01-21T18:00:00Z", "2025-01-28T18:00:00Z", "2025-02-05T18:00:00Z",
                     "2025-02-12T18:00:00Z"}));
    EXPECT_EQ(retimed("Mon 18:00", "2025-01-29T00:00:00Z"),
              (Texts{"2025-01-21T18:00:00Z", "2025-01-28T18:00:00Z", "2025-02-03T18:00:00Z",
                     "2025-02-10T18:00:00Z"}));
}

TEST_F(RetimedMeetings, no_meeting_moves_into_the_past) {
    // On Tuesday noon the meeting of that evening cannot move to Monday.
    EXPECT_EQ(retimed("Mon 18:00", "2025-01-28T12:00:00Z"),
              (Texts{"2025-01-21T18:00:00Z", "2025-02-03T18:00:00Z", "2025-02-10T18:00:00Z",
                     "2025-02-17T18:00:00Z"}));
    EXPECT_EQ(retimed("Wed 18:00", "2025-01-20T00:00:00Z").front(), "2025-01-22T18:00:00Z")
        << "Wednesday the 15th has passed";
}

TEST_F(RetimedMeetings, a_break_between_meetings_stays) {
    auto& meetings = store_.group(cohort_, group_).meetings;
    for (std::size_t k = 2; k < 4; ++k) meetings[k].scheduled_time += std::chrono::weeks(2);
    EXPECT_EQ(retimed("Tue 19:00", "2025-01-01T00:00:00Z"),
              (Texts{"2025-01-21T19:00:00Z", "2025-01-28T19:00:00Z", "2025-02-18T19:00:00Z",
                     "2025-02-25T19:00:00Z"}));
}

TEST_F(RetimedMeetings, another_anchor_follows_its_clock_changes) {
    store_.rows(cohort_).cohort.start_date = date("2025-03-01");
    auto& meetings = store_.group(cohort_, group_).meetings;
    for (std::size_t k = 0; k < 4; ++k)
        meetings[k].scheduled_time = instant("2025-03-04T18:00:00Z") + std::chrono::weeks(k);
    EXPECT_EQ(retimed("Tue 13:00", "2025-01-01T00:00:00Z", "America/New_York"),
              (Texts{"2025-03-04T18:00:00Z", "2025-03-11T17:00:00Z", "2025-03-18T17:00:00Z",
                     "2025-03-25T17:00:00Z"}));
    EXPECT_EQ(utc_text_, "Tuesday 18:00") << "of the first meeting";
}

TEST_F(RetimedMeetings, a_forming_group_with_dates_gone_by_moves_as_one_that_has_not_met) {
    EXPECT_EQ(retimed("Thu 09:00", "2026-01-01T00:00:00Z"),
              (Texts{"2025-01-16T09:00:00Z", "2025-01-23T09:00:00Z", "2025-01-30T09:00:00Z",
                     "2025-02-06T09:00:00Z"}));
}

TEST_F(RetimedMeetings, after_the_last_meeting_of_an_active_group_there_is_nothing_to_move) {
    store_.group(cohort_, group_).status = GroupStatus::active;
    EXPECT_EQ(retimed("Wed 18:00", "2026-01-01T00:00:00Z"), Texts{});
}

TEST(ReadWeeklyStart, reads_shortened_days_and_hours_and_nothing_else) {
    EXPECT_EQ(read_weekly_start("Thursday 18:00"), weekly_start("Thursday 18:00"));
    EXPECT_EQ(read_weekly_start(" thu 9:30 "), weekly_start("Thursday 09:30"));
    for (const char* text : {"", "Th 18:00", "Thursday", "18:00", "Thursdays 18:00", "Thu 25:00", "Thu 18"})
        EXPECT_FALSE(read_weekly_start(text)) << text;
}

}  // namespace
}  // namespace convene::test
