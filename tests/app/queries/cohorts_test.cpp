#include "app/queries/cohorts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_store.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

class FindCohort : public ::testing::Test {
protected:
    std::string message(std::string_view text) {
        const auto found = find_cohort(store_, text);
        return found ? "found " + found->cohort_name : to_string(found.error().front());
    }

    MemoryStore store_;
};

TEST_F(FindCohort, id_name_case_and_unique_beginning_all_find_it) {
    const CohortId id = store_.add_cohort("AI Safety - Jan 2025");
    store_.add_cohort("Biosecurity - Jan 2025");
    for (const std::string& text : {std::to_string(id.value), std::string("AI Safety - Jan 2025"),
                                    std::string("ai safety - JAN 2025"), std::string("  ai saf ")}) {
        const auto found = find_cohort(store_, text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(found->cohort_id, id) << text;
    }
}

TEST_F(FindCohort, a_whole_name_wins_over_longer_names_that_begin_with_it) {
    store_.add_cohort("Spring 2025");
    const CohortId wanted = store_.add_cohort("Spring");
    const auto found = find_cohort(store_, "spring");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->cohort_id, wanted);
}

TEST_F(FindCohort, an_ambiguous_beginning_names_the_candidates_with_their_ids) {
    const CohortId first = store_.add_cohort("Spring A");
    const CohortId second = store_.add_cohort("Spring B");
    EXPECT_THAT(message("spr"), HasSubstr(std::to_string(first.value) + " (Spring A)"));
    EXPECT_THAT(message("spr"), HasSubstr(std::to_string(second.value) + " (Spring B)"));
}

TEST_F(FindCohort, a_misspelt_name_is_answered_with_the_nearest) {
    store_.add_cohort("Biosecurity");
    store_.add_cohort("Governance");
    EXPECT_THAT(message("Biosecurty"), HasSubstr("did you mean \"Biosecurity\"?"));
    EXPECT_THAT(message("xyz"), ::testing::Not(HasSubstr("did you mean")));
}

TEST_F(FindCohort, an_empty_text_finds_nothing_even_when_there_is_one_cohort) {
    store_.add_cohort("Spring");
    EXPECT_THAT(message(" "), HasSubstr("neither the id nor the name"));
}

TEST_F(FindCohort, without_cohorts_it_says_to_import_one) {
    EXPECT_THAT(message("Spring"), HasSubstr("import one first"));
}

TEST(SchedulableCohorts, pitfall_34_when_everyone_is_grouped_no_cohort_is_pending) {
    MemoryStore store;
    const CohortId cohort = store.add_cohort("Spring");
    const UserId f = store.add_facilitator(cohort, "f", "UTC", "always");
    const UserId p = store.add_participant(cohort, "p", "UTC", "always");
    EXPECT_EQ(get_schedulable_cohorts(store).size(), 1u);
    store.add_group(cohort, "Group 1", "Tue 18:00", f, {p});
    EXPECT_TRUE(get_schedulable_cohorts(store).empty());
    EXPECT_EQ(get_realizable_cohorts(store).size(), 1u);
}

}  // namespace
}  // namespace convene::test
