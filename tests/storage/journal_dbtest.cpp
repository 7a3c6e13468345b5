// What realization reads, and the journal that must survive anything.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

class Journal : public StoreContract {
protected:
    Journal() {
        spring_ = cohorts().import_cohort(spring_cohort()).cohort_id;
        const CohortSnapshot before = load(spring_);
        group_ = cohorts().commit_schedule(before, one_group_of_all(before), some_run()).new_groups.at(0);
    }

    [[nodiscard]] JournalEntry intent(DiscordObject object) const {
        JournalEntry entry;
        entry.key.object = object;
        entry.key.cohort_id = spring_;
        if (object != DiscordObject::category) entry.key.group_id = group_;
        entry.guild_id = "900";
        entry.marker = "convene:1:" + std::to_string(static_cast<int>(object));
        entry.applied = R"({"name":"group-1"})";
        entry.begun_at = at(2025, 1, 12, 8, 5);
        return entry;
    }

    void create(DiscordObject object, const std::string& id) {
        realizations().complete_operation(realizations().begin_operation(intent(object)).operation_id, id,
                                          "{}");
    }

    CohortId spring_;
    GroupId group_;
};
CONVENE_ON_BOTH_DATABASES(Journal);

TEST_P(Journal, an_entry_is_in_doubt_from_begin_to_complete) {
    const JournalEntry begun = realizations().begin_operation(intent(DiscordObject::text_channel));
    EXPECT_EQ(begun.attempts, 1);
    EXPECT_TRUE(begun.in_doubt());
    JournalEntry expected = intent(DiscordObject::text_channel);
    expected.operation_id = begun.operation_id;
    expected.attempts = 1;
    EXPECT_EQ(begun, expected);
    EXPECT_EQ(another()->realizations().load_journal(spring_), std::vector{begun});

    realizations().complete_operation(begun.operation_id, "111", R"({"name":"group-one"})");
    const auto journal = another()->realizations().load_journal(spring_);
    ASSERT_EQ(journal.size(), 1U);
    EXPECT_EQ(journal[0].discord_id, "111");
    EXPECT_EQ(journal[0].applied, R"({"name":"group-one"})");
    EXPECT_FALSE(journal[0].in_doubt());
}

TEST_P(Journal, the_same_thing_is_journaled_once_however_often_it_is_begun) {
    for (const DiscordObject object : {DiscordObject::category, DiscordObject::text_channel}) {
        const JournalEntry first = realizations().begin_operation(intent(object));
        JournalEntry again = intent(object);
        again.marker = "another";
        again.begun_at = at(2025, 1, 12, 9);
        const JournalEntry second = realizations().begin_operation(again);
        EXPECT_EQ(second.operation_id, first.operation_id);
        EXPECT_EQ(second.attempts, 2);
        EXPECT_EQ(second.marker, "another");
        EXPECT_EQ(second.begun_at, at(2025, 1, 12, 9));
    }
    EXPECT_EQ(realizations().load_journal(spring_).size(), 2U);
    JournalEntry overflow = intent(DiscordObject::category);
    overflow.key.ordinal = 1;
    (void)realizations().begin_operation(overflow);
    EXPECT_EQ(realizations().load_journal(spring_).size(), 3U);
}

TEST_P(Journal, the_database_itself_refuses_a_second_row_for_one_thing) {
    (void)realizations().begin_operation(intent(DiscordObject::category));
    EXPECT_THROW(
        sql("INSERT INTO convene_discord_operations (object, cohort_id, ordinal, guild_id, marker, applied, "
            "attempts, begun_at, given_up, note) SELECT object, cohort_id, ordinal, guild_id, marker, "
            "applied, attempts, begun_at, given_up, note FROM convene_discord_operations"),
        storage::DatabaseError);
}

TEST_P(Journal, beginning_again_puts_a_finished_entry_in_doubt) {
    create(DiscordObject::text_channel, "111");
    const JournalEntry again = realizations().begin_operation(intent(DiscordObject::text_channel));
    EXPECT_TRUE(again.in_doubt());
    EXPECT_FALSE(again.discord_id.has_value());
}

TEST_P(Journal, a_refused_create_is_not_in_doubt) {
    const JournalEntry begun = realizations().begin_operation(intent(DiscordObject::text_channel));
    realizations().refuse_operation(begun.operation_id, "403");
    const JournalEntry entry = realizations().load_journal(spring_).at(0);
    EXPECT_EQ(entry.attempts, 0);
    EXPECT_EQ(entry.note, "403");
    EXPECT_FALSE(entry.in_doubt());
    EXPECT_EQ(realizations().begin_operation(intent(DiscordObject::text_channel)).attempts, 1);
}

TEST_P(Journal, giving_up_is_a_mark_that_is_lifted) {
    const JournalEntry begun = realizations().begin_operation(intent(DiscordObject::event));
    realizations().give_up_operation(begun.operation_id, true, "it was deleted by hand");
    EXPECT_TRUE(realizations().load_journal(spring_).at(0).given_up);
    EXPECT_EQ(realizations().load_journal(spring_).at(0).note, "it was deleted by hand");
    realizations().give_up_operation(begun.operation_id, false, "");
    EXPECT_FALSE(realizations().load_journal(spring_).at(0).given_up);
    realizations().record_applied(begun.operation_id, "[1]");
    EXPECT_EQ(realizations().load_journal(spring_).at(0).applied, "[1]");
}

TEST_P(Journal, completing_writes_the_columns_of_the_specification) {
    const MeetingId meeting = load(spring_).groups[0].meetings[1].meeting_id;
    create(DiscordObject::category, "1");
    JournalEntry overflow = intent(DiscordObject::category);
    overflow.key.ordinal = 1;
    realizations().complete_operation(realizations().begin_operation(overflow).operation_id, "9", "{}");
    create(DiscordObject::text_channel, "2");
    create(DiscordObject::voice_channel, "3");
    JournalEntry event = intent(DiscordObject::event);
    event.key.meeting_id = meeting;
    realizations().complete_operation(realizations().begin_operation(event).operation_id, "4", "{}");
    create(DiscordObject::welcome_message, "5");

    EXPECT_EQ(value("discord_category_id", "FROM cohorts"), "1");
    EXPECT_EQ(value("discord_text_channel_id", "FROM groups"), "2");
    EXPECT_EQ(value("discord_voice_channel_id", "FROM groups"), "3");
    const std::string second = "FROM meetings WHERE meeting_id = " + std::to_string(meeting.value);
    EXPECT_EQ(value("discord_event_id", second), "4");
    EXPECT_EQ(value("discord_voice_channel_id", second), "3");
    EXPECT_EQ(value("count(*)", "FROM meetings WHERE discord_event_id IS NULL"), "1");
    EXPECT_TRUE(cohorts().get_realizable_cohorts().empty());
    EXPECT_EQ(cohorts().list_cohorts().at(0).realized, 1);
}

TEST_P(Journal, ids_of_other_cohorts_are_foreign_and_own_ones_are_not) {
    create(DiscordObject::text_channel, "2");
    CohortImport import = spring_cohort();
    import.cohort_name = "Autumn";
    const CohortId autumn = cohorts().import_cohort(import).cohort_id;
    realizations().save_cohort_category_id(autumn, "77");
    EXPECT_EQ(realizations().list_foreign_discord_ids(autumn), std::vector<std::string>{"2"});
    EXPECT_EQ(realizations().list_foreign_discord_ids(spring_), std::vector<std::string>{"77"});
}

TEST_P(Journal, unknown_operations_groups_and_cohorts_are_errors) {
    EXPECT_THROW(realizations().complete_operation(99, "1", "{}"), StoreFailure);
    EXPECT_THROW(realizations().refuse_operation(99, ""), StoreFailure);
    EXPECT_THROW(realizations().give_up_operation(99, true, ""), StoreFailure);
    EXPECT_THROW(realizations().save_discord_channel_ids(GroupId{99}, "1", "2"), StoreFailure);
    EXPECT_THROW(realizations().save_cohort_category_id(CohortId{99}, "1"), StoreFailure);
}

TEST_P(Journal, the_journal_outlives_the_cohort) {
    (void)realizations().begin_operation(intent(DiscordObject::text_channel));
    sql("DELETE FROM cohorts");
    EXPECT_EQ(value("count(*)", "FROM groups"), "0");
    EXPECT_EQ(value("count(*)", "FROM groups_users"), "0");
    EXPECT_EQ(value("count(*)", "FROM meetings"), "0");
    EXPECT_EQ(value("count(*)", "FROM convene_runs"), "0");
    EXPECT_EQ(realizations().load_journal(spring_).size(), 1U);
}

TEST_P(Journal, pitfall_39_kill_9_after_begin_leaves_the_entry_in_doubt) {
    const JournalEntry wanted = intent(DiscordObject::text_channel);
    const pid_t child = ::fork();
    if (child == 0) {
        // A process of its own with a connection of its own; it dies the moment the entry is written.
        const auto store = another();
        (void)store->realizations().begin_operation(wanted);
        ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    const auto journal = another()->realizations().load_journal(spring_);
    ASSERT_EQ(journal.size(), 1U);
    EXPECT_TRUE(journal[0].in_doubt());
    EXPECT_EQ(journal[0].marker, wanted.marker);
}

TEST_P(Journal, kill_9_frees_the_lock_of_the_cohort) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto store = another();
        const auto lock = store->cohorts().try_lock_cohort(spring_, "realize");
        const char held = lock ? 'y' : 'n';
        if (::write(ready[1], &held, 1) != 1) ::_exit(1);
        ::pause();
    }
    char held = 'n';
    ASSERT_EQ(::read(ready[0], &held, 1), 1);
    EXPECT_EQ(held, 'y');
    EXPECT_EQ(cohorts().try_lock_cohort(spring_, "realize"), nullptr);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    // A server notices the broken connection a moment later.
    std::unique_ptr<CohortLock> lock;
    for (const auto deadline = std::chrono::steady_clock::now() + 10s;
         !lock && std::chrono::steady_clock::now() < deadline;) {
        lock = cohorts().try_lock_cohort(spring_, "realize");
    }
    EXPECT_NE(lock, nullptr);
}

class Realization : public Journal {};
CONVENE_ON_BOTH_DATABASES(Realization);

TEST_P(Realization, groups_come_with_members_meetings_and_ids) {
    sql("UPDATE users SET discord_id = '42', nickname = 'Zed' WHERE email = 'f1@example.org'");
    sql("UPDATE users SET timezone = NULL WHERE email = 'p2@example.org'");
    create(DiscordObject::category, "1");
    const auto cohort = realizations().get_cohort_groups_for_realization(spring_);
    ASSERT_TRUE(cohort.has_value());
    EXPECT_EQ(cohort->cohort_name, "Spring");
    EXPECT_EQ(cohort->course_name, "Course");
    EXPECT_EQ(cohort->number_of_group_meetings, 2);
    EXPECT_EQ(cohort->meeting_minutes, 60);
    EXPECT_EQ(cohort->discord_category_id, "1");
    ASSERT_EQ(cohort->groups.size(), 1U);
    const RealizationGroup& group = cohort->groups[0];
    EXPECT_EQ(group.meeting_time_utc, "Wednesday 15:00");
    EXPECT_EQ(group.anchor, "UTC");
    ASSERT_EQ(group.members.size(), 3U);
    EXPECT_EQ(group.members[0].name, "Zed");
    EXPECT_EQ(group.members[0].role, Role::facilitator);
    EXPECT_EQ(group.members[0].discord_id, "42");
    EXPECT_EQ(group.members[1].name, "Name of p1");
    EXPECT_EQ(group.members[1].timezone, "Europe/London");
    EXPECT_EQ(group.members[2].timezone, "");
    ASSERT_EQ(group.meetings.size(), 2U);
    EXPECT_EQ(group.meetings[1].scheduled_time, at(2025, 1, 22, 15));
    EXPECT_FALSE(realizations().get_cohort_groups_for_realization(CohortId{99}).has_value());
}

TEST_P(Realization, who_left_or_was_deleted_is_a_former_member) {
    sql("UPDATE groups_users SET status = 'dropped' WHERE user_id = (SELECT user_id FROM users WHERE email = "
        "'p1@example.org')");
    sql("UPDATE users SET deleted_at = '2025-01-05T00:00:00Z' WHERE email = 'p2@example.org'");
    const auto cohort = realizations().get_cohort_groups_for_realization(spring_);
    EXPECT_EQ(cohort->groups[0].members.size(), 1U);
    ASSERT_EQ(cohort->groups[0].former_members.size(), 2U);
    EXPECT_EQ(cohort->groups[0].former_members[0].name, "Name of p1");
}

TEST_P(Realization, groups_and_cohorts_that_the_platform_made_have_defaults) {
    sql("DELETE FROM convene_cohort_settings");
    sql("DELETE FROM convene_group_settings");
    const auto cohort = realizations().get_cohort_groups_for_realization(spring_);
    EXPECT_EQ(cohort->meeting_minutes, 60);
    EXPECT_EQ(cohort->groups[0].anchor, "UTC");
    const CohortSnapshot snapshot = load(spring_);
    EXPECT_EQ(snapshot.cohort.settings, CohortSettings{});
    EXPECT_FALSE(snapshot.groups[0].anchor.has_value());
}

TEST_P(Realization, the_specifications_own_functions_save_ids) {
    realizations().save_discord_channel_ids(group_, "10", "11");
    realizations().save_cohort_category_id(spring_, "12");
    EXPECT_EQ(value("discord_text_channel_id", "FROM groups"), "10");
    EXPECT_EQ(value("discord_voice_channel_id", "FROM groups"), "11");
    EXPECT_EQ(value("discord_category_id", "FROM cohorts"), "12");
}

}  // namespace
}  // namespace convene::test
