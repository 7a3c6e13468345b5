#include "app/schedule_cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/queries/cohorts.h"
#include "app/queries/people.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ScheduleCohort : public ::testing::Test {
protected:
    SchedulingResult schedule(const ScheduleOptions& options = {}) {
        auto result = schedule_cohort(store_, zone_table(), clock_, cohort_, options);
        if (!result) throw std::runtime_error(to_string(result.error().front()));
        return *std::move(result);
    }
    CohortSnapshot now() { return *store_.load_cohort(cohort_); }
    void add_participants(int count, const std::string& prefix, std::string_view hours_text) {
        for (int i = 1; i <= count; ++i)
            store_.add_participant(cohort_, prefix + std::to_string(i), "UTC", hours_text);
    }
    GroupingStatus standing(const char* person) {
        const CohortSnapshot cohort = now();
        return signup_of(cohort, *find_person(cohort, person))->grouping_status;
    }
    int awaiting() {
        const auto cohorts = get_schedulable_cohorts(store_);
        return cohorts.empty() ? 0 : cohorts.front().pending_users;
    }

    MemoryStore store_;
    SetClock clock_{instant("2025-01-01T12:00:00Z")};
    CohortId cohort_ = store_.add_cohort("Spring");
};

TEST_F(ScheduleCohort, forms_a_group_and_persists_all_of_it) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    const SchedulingResult result = schedule();
    EXPECT_EQ(result.status, ScheduleStatus::scheduled);
    EXPECT_EQ(result.pending_users, 4);
    EXPECT_EQ(result.placed, 4);
    const CohortSnapshot cohort = now();
    ASSERT_EQ(cohort.groups.size(), 1u);
    const GroupRow& group = cohort.groups.front();
    EXPECT_EQ(group.group_name, "Group 1");
    EXPECT_EQ(group.status, GroupStatus::forming);
    EXPECT_EQ(group.recurring_meeting_time_utc, "Tuesday 18:00");
    EXPECT_EQ(group.members.size(), 5u);
    ASSERT_EQ(group.meetings.size(), 8u);
    EXPECT_EQ(group.meetings.front().scheduled_time, instant("2025-01-21T18:00:00Z"));
    EXPECT_EQ(result.groups.front().group_id, group.group_id);
    EXPECT_EQ(result.groups.front().members.front().user_id, f);
    for (const SignupRow& signup : cohort.signups) {
        EXPECT_EQ(signup.grouping_status, GroupingStatus::grouped);
        EXPECT_EQ(signup.grouping_attempt_count, 1);
    }
    const StoredRun run = store_.list_runs(cohort_).front();
    EXPECT_EQ(run.run_id, result.run_id);
    EXPECT_EQ(run.run.status, "optimal");
    EXPECT_EQ(run.run.job_id, result.job_id);
    EXPECT_THAT(run.run.result, HasSubstr("convene/plan@1"));
}

TEST_F(ScheduleCohort, pitfall_13_one_facilitator_leads_one_group_at_one_hour) {
    store_.add_facilitator(cohort_, "f", "UTC", "Mon 00:00-01:00", 3);
    add_participants(8, "p", "Mon 00:00-01:00");
    ScheduleOptions options;
    options.overrides.min_size = 3;
    options.overrides.max_size = 5;
    const SchedulingResult result = schedule(options);
    EXPECT_EQ(result.groups.size(), 1u);
    EXPECT_EQ(result.placed, 5);
    EXPECT_EQ(result.unassigned.size(), 3u);
}

TEST_F(ScheduleCohort, pitfall_15_the_facilitator_is_not_counted_unless_asked) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(3, "p", "Tue 18:00-19:00");
    EXPECT_EQ(schedule().placed, 0);
    store_.rows(cohort_).cohort.settings.rules.count_facilitator = true;
    EXPECT_EQ(schedule().placed, 3);
}

TEST_F(ScheduleCohort, pitfall_18_a_paused_facilitator_leads_no_group) {
    store_.add_facilitator(cohort_, "f", "UTC", "always", 0);
    add_participants(4, "p", "always");
    const SchedulingResult result = schedule();
    EXPECT_THAT(result.groups, IsEmpty());
    EXPECT_EQ(result.unassigned.size(), 4u);
    EXPECT_EQ(result.idle_facilitators, std::vector<std::string>{"f"});
}

TEST_F(ScheduleCohort, pitfall_19_hours_taken_by_another_cohort_are_blocked) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    const CohortId other = store_.add_cohort("Autumn");
    store_.add_group(other, "Group 1", "Tue 18:00", f, {});
    EXPECT_THAT(schedule().groups, IsEmpty());
    store_.rows(other).cohort.status = CohortStatus::completed;
    EXPECT_EQ(schedule().groups.size(), 1u);
}

TEST_F(ScheduleCohort, plans_to_choose_from_are_shown_and_nothing_is_written) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00, Wed 18:00-19:00", 1);
    add_participants(4, "p", "Tue 18:00-19:00, Wed 18:00-19:00");
    const CohortSnapshot before = now();
    ScheduleOptions options;
    options.plans = 3;
    const SchedulingResult result = schedule(options);
    EXPECT_EQ(result.status, ScheduleStatus::planned);
    ASSERT_EQ(result.alternatives.size(), 1u);
    ASSERT_EQ(result.alternatives.front().groups.size(), 1u);
    EXPECT_EQ(result.alternatives.front().placed, 4);
    EXPECT_NE(result.alternatives.front().groups.front().meetings, result.groups.front().meetings);
    EXPECT_EQ(now(), before);
}

TEST_F(ScheduleCohort, the_accepted_plan_is_written_as_it_was_shown) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00, Wed 18:00-19:00", 1);
    add_participants(4, "p", "Tue 18:00-19:00, Wed 18:00-19:00");
    ScheduleOptions options;
    options.plans = 2;
    const ScheduledGroup shown = schedule(options).alternatives.at(0).groups.at(0);
    options.accept = 2;
    const SchedulingResult result = schedule(options);
    EXPECT_EQ(result.status, ScheduleStatus::scheduled);
    EXPECT_THAT(result.alternatives, IsEmpty());
    ASSERT_EQ(now().groups.size(), 1u);
    EXPECT_EQ(now().groups.front().recurring_meeting_time_utc, shown.meeting_time_utc);
    EXPECT_THAT(store_.list_runs(cohort_).front().run.options, HasSubstr("\"accepted_plan\":2"));
}

TEST_F(ScheduleCohort, a_plan_that_does_not_exist_cannot_be_accepted) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00", 1);
    add_participants(4, "p", "Tue 18:00-19:00");
    const CohortSnapshot before = now();
    ScheduleOptions options;
    options.accept = 2;
    const auto result = schedule_cohort(store_, zone_table(), clock_, cohort_, options);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().front().path, "accept");
    EXPECT_EQ(now(), before);
    EXPECT_THAT(store_.list_runs(cohort_), IsEmpty()) << "bad input leaves no run behind";
}

TEST_F(ScheduleCohort, pitfall_26_at_the_deadline_nothing_found_is_not_written_as_an_answer) {
    store_.add_facilitator(cohort_, "f", "UTC", "always");
    add_participants(4, "p", "always");
    const CohortSnapshot before = now();
    ScheduleOptions options;
    options.deadline = std::chrono::steady_clock::now();
    const SchedulingResult result = schedule(options);
    if (result.placed == 0) {
        EXPECT_EQ(result.status, ScheduleStatus::out_of_time);
        EXPECT_EQ(now(), before);
    } else {
        EXPECT_EQ(result.status, ScheduleStatus::scheduled) << "the solver had a plan at once";
    }
    EXPECT_GE(result.plan.bound.placed, result.plan.objective.placed);
}

TEST_F(ScheduleCohort, pitfall_27_somebody_without_hours_is_listed_with_the_reason) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    store_.add_participant(cohort_, "empty", "UTC", "");
    const SchedulingResult result = schedule();
    ASSERT_EQ(result.unassigned.size(), 1u);
    EXPECT_EQ(result.unassigned.front().name, "empty");
    EXPECT_EQ(result.unassigned.front().reason, UnplacedReason::no_availability);
    EXPECT_EQ(standing("empty"), GroupingStatus::ungroupable);
}

TEST_F(ScheduleCohort, pitfall_28_malformed_hours_set_one_aside_and_the_run_goes_on) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    const UserId bad = store_.add_participant(cohort_, "bad", "UTC", "always");
    store_.signup(cohort_, bad).availability_local = "9-10";
    const SchedulingResult result = schedule();
    EXPECT_EQ(result.placed, 4);
    EXPECT_EQ(result.pending_users, 5);
    ASSERT_EQ(result.set_aside.size(), 1u);
    EXPECT_EQ(result.set_aside.front().name, "bad");
    EXPECT_THAT(result.unassigned, IsEmpty()) << "told once, with what to mend";
    EXPECT_EQ(standing("bad"), GroupingStatus::ungroupable);
    EXPECT_EQ(awaiting(), 0);
}

TEST_F(ScheduleCohort, pitfall_29_two_people_without_discord_ids_are_two) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "", "Tue 18:00-19:00");
    for (SignupRow& signup : store_.rows(cohort_).signups) EXPECT_FALSE(signup.discord_id);
    EXPECT_EQ(schedule().placed, 4);
}

TEST_F(ScheduleCohort, pitfall_30_nobody_is_told_that_an_idle_facilitator_is_at_capacity) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00", 2);
    add_participants(3, "p", "Tue 18:00-19:00");
    const SchedulingResult result = schedule();
    for (const UnassignedPerson& person : result.unassigned)
        EXPECT_NE(person.reason, UnplacedReason::facilitator_capacity);
}

TEST_F(ScheduleCohort, pitfall_31_who_was_removed_yesterday_gets_a_seat_today) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(5, "p", "Tue 18:00-19:00");
    schedule();
    GroupRow& group = store_.rows(cohort_).groups.front();
    const auto participant = std::find_if(group.members.begin(), group.members.end(), [](const auto& member) {
        return member.role == Role::participant;
    });
    participant->status = MembershipStatus::dropped;
    const UserId dropped = participant->user_id;
    const SchedulingResult again = schedule();
    EXPECT_EQ(again.status, ScheduleStatus::scheduled);
    ASSERT_EQ(again.additions.size(), 1u);
    EXPECT_EQ(again.additions.front().members.front().user_id, dropped);
    EXPECT_EQ(now().groups.front().members.size(), 6u) << "the old place is used again";
}

TEST_F(ScheduleCohort, pitfall_32_newcomers_get_free_seats_and_the_second_run_changes_nothing) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00, Wed 18:00-19:00", 2);
    add_participants(5, "p", "Tue 18:00-19:00");
    schedule();
    const GroupRow before = now().groups.front();
    add_participants(2, "new", "Tue 18:00-19:00, Wed 18:00-19:00");
    const SchedulingResult result = schedule();
    EXPECT_THAT(result.groups, IsEmpty());
    ASSERT_EQ(result.additions.size(), 1u);
    EXPECT_EQ(result.additions.front().group_id, before.group_id);
    EXPECT_EQ(result.additions.front().size, 7);
    const GroupRow after = now().groups.front();
    EXPECT_EQ(after.meetings, before.meetings);
    for (const MembershipRow& member : before.members) EXPECT_THAT(after.members, Contains(member));

    const CohortSnapshot settled = now();
    const SchedulingResult second = schedule();
    EXPECT_EQ(second.status, ScheduleStatus::nothing_to_schedule);
    EXPECT_EQ(now(), settled);
    EXPECT_EQ(store_.list_runs(cohort_).size(), 3u);
    EXPECT_EQ(store_.list_runs(cohort_).front().run.status, "nothing_to_schedule");
}

TEST_F(ScheduleCohort, who_stays_ungroupable_is_told_again_but_nothing_is_written) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    add_participants(1, "lonely", "Sat 03:00-04:00");
    schedule();
    const CohortSnapshot settled = now();
    const SchedulingResult again = schedule();
    EXPECT_EQ(again.status, ScheduleStatus::nothing_to_schedule);
    ASSERT_EQ(again.unassigned.size(), 1u);
    EXPECT_EQ(again.unassigned.front().reason, UnplacedReason::no_facilitator_overlap);
    EXPECT_EQ(now(), settled);
}

TEST_F(ScheduleCohort, who_was_ungroupable_is_placed_once_somebody_can_lead) {
    add_participants(4, "p", "Tue 18:00-19:00");
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "");
    schedule();
    EXPECT_EQ(standing("p1"), GroupingStatus::ungroupable);
    store_.signup(cohort_, f).availability_local = R"({"Tuesday":["18:00-19:00"]})";
    EXPECT_EQ(schedule().placed, 4);
    EXPECT_EQ(standing("p1"), GroupingStatus::grouped);
    EXPECT_EQ(store_.rows(cohort_).signups.front().grouping_attempt_count, 2);
}

TEST_F(ScheduleCohort, pitfall_33_a_second_run_at_once_is_told_and_makes_no_groups) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    std::optional<SchedulingResult> other;
    ScheduleOptions options;
    options.on_progress = [&](const ScheduleProgress&) {
        if (!other) other = schedule();
    };
    EXPECT_EQ(schedule(options).status, ScheduleStatus::scheduled);
    ASSERT_TRUE(other);
    EXPECT_EQ(other->status, ScheduleStatus::busy);
    EXPECT_EQ(now().groups.size(), 1u);
    EXPECT_EQ(schedule().status, ScheduleStatus::nothing_to_schedule) << "the second click";
    EXPECT_EQ(now().groups.size(), 1u);
}

TEST_F(ScheduleCohort, pitfall_34_everybody_who_was_tried_stops_being_pending) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    store_.add_facilitator(cohort_, "spare", "UTC", "Sat 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    add_participants(1, "lonely", "Sat 03:00-04:00");
    EXPECT_EQ(awaiting(), 7);
    schedule();
    EXPECT_EQ(awaiting(), 0);
    EXPECT_EQ(schedule().status, ScheduleStatus::nothing_to_schedule);
}

TEST_F(ScheduleCohort, an_edit_meanwhile_makes_it_solve_again_on_the_new_state) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    bool first = true;
    store_.before_commit = [&] {
        if (std::exchange(first, false)) store_.add_participant(cohort_, "late", "UTC", "Tue 18:00-19:00");
    };
    std::set<int> attempts;
    ScheduleOptions options;
    options.on_progress = [&](const ScheduleProgress& progress) { attempts.insert(progress.attempt); };
    const SchedulingResult result = schedule(options);
    EXPECT_EQ(result.status, ScheduleStatus::scheduled);
    EXPECT_EQ(result.placed, 5);
    EXPECT_EQ(attempts, (std::set<int>{1, 2}));
}

TEST_F(ScheduleCohort, a_cohort_that_never_stands_still_is_given_up_and_unchanged) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    store_.before_commit = [&] { ++store_.rows(cohort_).signups.front().grouping_attempt_count; };
    EXPECT_EQ(schedule().status, ScheduleStatus::stale);
    EXPECT_EQ(store_.commits(), 3);
    EXPECT_THAT(now().groups, IsEmpty());
    store_.before_commit = nullptr;
    EXPECT_EQ(schedule().status, ScheduleStatus::scheduled) << "the lock was released";
}

TEST_F(ScheduleCohort, a_dry_run_writes_nothing_and_needs_no_lock) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    store_.hold_lock(cohort_, "schedule");
    const CohortSnapshot before = now();
    ScheduleOptions options;
    options.dry_run = true;
    const SchedulingResult result = schedule(options);
    EXPECT_EQ(result.status, ScheduleStatus::planned);
    EXPECT_EQ(result.groups.front().group_name, "Group 1");
    EXPECT_EQ(now(), before);
    EXPECT_EQ(schedule().status, ScheduleStatus::busy);
}

TEST_F(ScheduleCohort, an_interrupted_run_writes_nothing) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    const CohortSnapshot before = now();
    ScheduleOptions options;
    options.interrupted = [] { return true; };
    EXPECT_EQ(schedule(options).status, ScheduleStatus::interrupted);
    EXPECT_EQ(now(), before);
}

TEST_F(ScheduleCohort, a_failing_store_leaves_everything_and_the_next_run_works) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    const CohortSnapshot before = now();
    store_.fail_next("commit_schedule", Retry::safe);
    EXPECT_THROW(schedule(), StoreFailure);
    EXPECT_EQ(now(), before);
    EXPECT_EQ(schedule().status, ScheduleStatus::scheduled);
}

TEST_F(ScheduleCohort, a_commit_in_doubt_is_not_repeated) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(4, "p", "Tue 18:00-19:00");
    store_.fail_next("commit_schedule", Retry::unknown);
    EXPECT_THROW(schedule(), StoreFailure);
    EXPECT_EQ(store_.commits(), 1);
    EXPECT_EQ(now().groups.size(), 1u);
    EXPECT_EQ(schedule().status, ScheduleStatus::nothing_to_schedule);
}

TEST_F(ScheduleCohort, new_groups_are_numbered_after_all_that_ever_were) {
    const UserId f = store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    const GroupId ended = store_.add_group(cohort_, "group 7", "Sat 18:00", f, {});
    store_.group(cohort_, ended).status = GroupStatus::cancelled;
    add_participants(4, "p", "Tue 18:00-19:00");
    EXPECT_EQ(schedule().groups.front().group_name, "Group 8");
}

TEST_F(ScheduleCohort, another_meeting_length_is_kept_with_the_cohort) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-20:00");
    add_participants(4, "p", "Tue 18:00-20:00");
    ScheduleOptions options;
    options.overrides.meeting_minutes = 90;
    EXPECT_EQ(schedule(options).placed, 4);
    EXPECT_EQ(now().cohort.settings.meeting_minutes, 90);
    // Groups that meet for 90 minutes are there now.
    options.overrides.meeting_minutes = 45;
    const auto refused = schedule_cohort(store_, zone_table(), clock_, cohort_, options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().path, "meeting_length");
}

TEST_F(ScheduleCohort, an_unknown_cohort_is_a_fault) {
    EXPECT_FALSE(schedule_cohort(store_, zone_table(), clock_, CohortId{4711}));
}

TEST_F(ScheduleCohort, a_together_set_with_somebody_set_aside_waits_for_them) {
    store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
    add_participants(5, "p", "Tue 18:00-19:00");
    const UserId bad = store_.add_participant(cohort_, "bad", "UTC", "always");
    store_.signup(cohort_, bad).availability_local = "[]";
    store_.rows(cohort_).together = {{store_.rows(cohort_).signups[1].user_id, bad}};
    const SchedulingResult result = schedule();
    EXPECT_EQ(result.placed, 4);
    ASSERT_EQ(result.unassigned.size(), 1u);
    EXPECT_EQ(result.unassigned.front().name, "p1");
    EXPECT_EQ(result.unassigned.front().reason, UnplacedReason::rule_conflict);
}

}  // namespace
}  // namespace convene::test
