#include "app/import_cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kFile = R"({"format": "convene/cohort@1",
 "cohort": {"name": "Spring", "course": "Safety", "start_date": "2025-01-15", "number_of_group_meetings": 8,
            "meeting_minutes": 90, "anchor": "facilitator"},
 "rules": {"min_size": 2, "max_size": 5},
 "people": [
  {"id": "f", "name": "Fay", "email": "fay@example.org", "discord_id": "123456789012345678", "role": "facilitator",
   "max_groups": 3, "timezone": "Europe/London", "available": {"Tuesday": ["18:00-20:00"]}},
  {"id": "a", "name": "Ana", "role": "participant", "timezone": "America/New_York",
   "available": {"Tuesday": ["23:00-01:00"]}, "if_needed": {"Monday": ["08:00-09:00"]}},
  {"id": "b", "role": "participant", "timezone": "UTC"}],
 "together": [["a", "b"]], "apart": []})";

class ImportCohort : public ::testing::Test {
protected:
    tl::expected<ImportOutcome, InputFaults> import(std::string_view text,
                                                    std::optional<std::string> cohort = {}) {
        return import_cohort_file(store_, zone_table(), text, {std::move(cohort)});
    }
    MemoryStore store_;
};

TEST_F(ImportCohort, everything_in_the_file_reaches_the_store) {
    const auto outcome = import(kFile);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->people, 3);
    EXPECT_EQ(outcome->report.people_created, 3);
    EXPECT_TRUE(outcome->report.cohort_created);
    const CohortSnapshot cohort = *store_.load_cohort(outcome->report.cohort_id);
    EXPECT_EQ(cohort.cohort.course_name, "Safety");
    EXPECT_EQ(cohort.cohort.settings.meeting_minutes, 90);
    EXPECT_EQ(cohort.cohort.settings.anchor, "facilitator");
    EXPECT_EQ(cohort.cohort.settings.rules.max_size, 5);
    ASSERT_EQ(cohort.signups.size(), 3u);
    EXPECT_EQ(cohort.signups[0].email, "fay@example.org");
    EXPECT_EQ(cohort.signups[0].max_active_groups, 3);
    EXPECT_EQ(cohort.signups[1].timezone, "America/New_York");
    EXPECT_THAT(*cohort.signups[1].availability_local, HasSubstr("23:00-24:00"));
    EXPECT_EQ(cohort.together.size(), 1u);
}

TEST_F(ImportCohort, the_same_file_again_changes_nobody) {
    ASSERT_TRUE(import(kFile));
    const auto again = import(kFile);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->report.cohort_created);
    EXPECT_EQ(again->report.people_unchanged, 3);
    EXPECT_EQ(store_.list_cohorts().size(), 1u);
}

TEST_F(ImportCohort, any_fault_writes_nothing_and_all_faults_are_told) {
    std::string text = kFile;
    text.replace(text.find("Europe/London"), 13, "Mars/Olympus");
    text.replace(text.find("18:00-20:00"), 11, "18:00-99:00");
    const auto outcome = import(text);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().size(), 2u);
    EXPECT_TRUE(store_.list_cohorts().empty());
}

TEST_F(ImportCohort, a_named_cohort_receives_the_people_and_an_unknown_name_makes_one) {
    const CohortId existing = store_.add_cohort("Autumn");
    const auto into = import(kFile, "autumn");
    ASSERT_TRUE(into);
    EXPECT_EQ(into->report.cohort_id, existing);
    EXPECT_EQ(into->cohort_name, "Autumn");
    const auto created = import(kFile, "Winter");
    ASSERT_TRUE(created);
    EXPECT_EQ(created->cohort_name, "Winter");
    EXPECT_TRUE(created->report.cohort_created);
}

TEST_F(ImportCohort, the_beginning_of_a_name_is_another_name) {
    store_.add_cohort("Autumn 2025");
    const auto outcome = import(kFile, "Autumn");
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->report.cohort_created);
}

TEST_F(ImportCohort, an_unknown_id_is_a_fault) {
    const auto outcome = import(kFile, "4711");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().front().path, "cohort");
    EXPECT_TRUE(store_.list_cohorts().empty());
}

}  // namespace
}  // namespace convene::test
