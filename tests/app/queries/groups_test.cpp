#include "app/queries/groups.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

/// One cohort with one group, in memory.
class OneGroupStore : public RealizationStore {
public:
    OneGroupStore() {
        cohort.cohort_id = CohortId{1};
        cohort.cohort_name = "AI Safety - Jan 2025";
        cohort.number_of_group_meetings = 2;
        cohort.meeting_minutes = 90;
        RealizationGroup group;
        group.group_id = GroupId{7};
        group.group_name = "Group 1";
        group.meeting_time_utc = "Wednesday 15:30";
        group.members = {{UserId{3}, "123456", "Alice", Role::facilitator, "America/New_York"},
                         {UserId{4}, std::nullopt, "Bob", Role::participant, "Europe/London"}};
        group.meetings = {{MeetingId{1}, instant("2025-01-22T15:30:00Z"), std::nullopt},
                          {MeetingId{2}, instant("2025-01-29T15:30:00Z"), std::nullopt}};
        cohort.groups.push_back(group);
    }

    std::optional<CohortRealization> get_cohort_groups_for_realization(CohortId id) override {
        return id == cohort.cohort_id ? std::optional(cohort) : std::nullopt;
    }
    std::vector<JournalEntry> load_journal(CohortId) override { return {}; }
    std::vector<std::string> list_foreign_discord_ids(CohortId) override { return {}; }
    JournalEntry begin_operation(const JournalEntry& intent) override { return intent; }
    void complete_operation(std::int64_t, const std::string&, const std::string&) override {}
    void refuse_operation(std::int64_t, const std::string&) override {}
    void record_applied(std::int64_t, const std::string&) override {}
    void give_up_operation(std::int64_t, bool, const std::string&) override {}
    void save_discord_channel_ids(GroupId, const std::string& text, const std::string& voice) override {
        cohort.groups.front().discord_text_channel_id = text;
        cohort.groups.front().discord_voice_channel_id = voice;
    }
    void save_cohort_category_id(CohortId, const std::string& category) override {
        cohort.discord_category_id = category;
    }

    CohortRealization cohort;
};

TEST(GroupWelcome, carries_what_the_specification_names) {
    OneGroupStore store;
    const auto welcome = get_group_welcome_data(store, CohortId{1}, GroupId{7});
    ASSERT_TRUE(welcome);
    EXPECT_EQ(welcome->group_name, "Group 1");
    EXPECT_EQ(welcome->cohort_name, "AI Safety - Jan 2025");
    EXPECT_EQ(welcome->meeting_time_utc, (GroupWelcomeData::MeetingTime{"Wednesday", 15, 30}));
    EXPECT_EQ(welcome->first_meeting_date, date("2025-01-22"));
    EXPECT_EQ(welcome->number_of_meetings, 2);
    EXPECT_FALSE(welcome->first_event_url);
    ASSERT_EQ(welcome->members.size(), 2u);
    EXPECT_EQ(welcome->members[0].role, Role::facilitator);
}

TEST(GroupWelcome, pitfall_47_members_who_are_not_on_the_server_are_in_it_all_the_same) {
    OneGroupStore store;
    const auto welcome = get_group_welcome_data(store, CohortId{1}, GroupId{7});
    EXPECT_EQ(welcome->members[1].name, "Bob");
    EXPECT_FALSE(welcome->members[1].discord_id);
}

TEST(GroupWelcome, pitfall_57_the_meeting_length_is_the_cohorts) {
    OneGroupStore store;
    EXPECT_EQ(get_group_welcome_data(store, CohortId{1}, GroupId{7})->meeting_minutes, 90);
}

TEST(GroupWelcome, an_unknown_cohort_or_group_has_none) {
    OneGroupStore store;
    EXPECT_FALSE(get_group_welcome_data(store, CohortId{2}, GroupId{7}));
    EXPECT_FALSE(get_group_welcome_data(store, CohortId{1}, GroupId{8}));
    EXPECT_FALSE(get_cohort_groups_for_realization(store, CohortId{2}));
}

TEST(DiscordIds, are_saved_when_they_are_digits_and_refused_otherwise) {
    OneGroupStore store;
    save_discord_channel_ids(store, GroupId{7}, "111", "222");
    save_cohort_category_id(store, CohortId{1}, "333");
    EXPECT_EQ(store.cohort.groups.front().discord_voice_channel_id, "222");
    EXPECT_EQ(store.cohort.discord_category_id, "333");
    EXPECT_THROW(save_discord_channel_ids(store, GroupId{7}, "", "222"), std::invalid_argument);
    EXPECT_THROW(save_discord_channel_ids(store, GroupId{7}, "111", "2x2"), std::invalid_argument);
    EXPECT_THROW(save_cohort_category_id(store, CohortId{1}, "123456789012345678901"), std::invalid_argument);
}

}  // namespace
}  // namespace convene::test
