#include "app/queries/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_store.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

class FindPerson : public ::testing::Test {
protected:
    FindPerson() {
        ana_ = store_.add_participant(cohort_, "p1", "UTC", "always");
        SignupRow& ana = store_.signup(cohort_, ana_);
        ana.nickname = "Ana";
        ana.email = "Ana@X.org";
        ana.discord_id = "123456789012345678";
        anabel_ = store_.add_participant(cohort_, "p2", "UTC", "always");
        store_.signup(cohort_, anabel_).nickname = "Anabel";
    }

    CohortSnapshot snapshot() { return *store_.load_cohort(cohort_); }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    UserId ana_;
    UserId anabel_;
};

TEST_F(FindPerson, reference_user_id_discord_id_email_and_nickname_find_the_same_person) {
    for (const std::string& text :
         {std::string("p1"), std::to_string(ana_.value), std::string("123456789012345678"),
          std::string("ana@x.ORG"), std::string("ANA")}) {
        const auto found = find_person(snapshot(), text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(*found, ana_) << text;
    }
}

TEST_F(FindPerson, a_beginning_that_fits_two_people_names_both) {
    const auto found = find_person(snapshot(), "an");
    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().front().message, HasSubstr("Ana (user"));
    EXPECT_THAT(found.error().front().message, HasSubstr("Anabel (user"));
}

TEST_F(FindPerson, nobody_of_that_name_is_a_fault_with_the_nearest_name) {
    const auto found = find_person(snapshot(), "Anabell");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().front().path, "person");
    EXPECT_THAT(found.error().front().message, HasSubstr("Anabel"));
}

TEST_F(FindPerson, pitfall_29_two_people_without_discord_ids_stay_two) {
    EXPECT_TRUE(people_named(snapshot(), "").empty());
    EXPECT_NE(*find_person(snapshot(), "p1"), *find_person(snapshot(), "Anabel"));
}

TEST_F(FindPerson, a_running_group_hides_an_ended_one_of_the_same_name) {
    const GroupId ended = store_.add_group(cohort_, "Group 1", "Tue 18:00", UserId{}, {ana_});
    store_.group(cohort_, ended).status = GroupStatus::cancelled;
    EXPECT_EQ(*find_group(snapshot(), "group 1"), ended);
    const GroupId running = store_.add_group(cohort_, "Group 1", "Tue 19:00", UserId{}, {ana_});
    EXPECT_EQ(*find_group(snapshot(), "group 1"), running);
    EXPECT_EQ(*find_group(snapshot(), std::to_string(ended.value)), ended);
}

TEST(DisplayName, falls_back_from_nickname_to_username_to_email_to_number) {
    SignupRow signup;
    signup.user_id = UserId{12};
    EXPECT_EQ(signup.display_name(), "user 12");
    signup.email = "ana.b@x.org";
    EXPECT_EQ(signup.display_name(), "ana.b");
    signup.discord_username = "ana_b";
    EXPECT_EQ(signup.display_name(), "ana_b");
    signup.nickname = "";
    EXPECT_EQ(signup.display_name(), "ana_b");
    signup.nickname = "Ana";
    EXPECT_EQ(signup.display_name(), "Ana");
}

}  // namespace
}  // namespace convene::test
