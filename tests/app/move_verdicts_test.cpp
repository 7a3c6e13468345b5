#include "app/move_verdicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "app/apply_changes.h"
#include "app/current_plan.h"
#include "app/judge_edit.h"
#include "app/membership_edits.h"
#include "app/queries/people.h"
#include "app/spare_starts.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

const Instant kNow = instant("2025-01-01T00:00:00Z");

/// Groups, hours, pins and sets by lot: much of it breaks rules already, as on real boards.
class RandomBoard {
public:
    explicit RandomBoard(unsigned seed) : random_(seed) {
        store_.rows(cohort_).cohort.settings.rules.min_size = 2;
        store_.rows(cohort_).cohort.settings.rules.max_size = 4;
        store_.rows(cohort_).cohort.settings.rules.count_facilitator = pick(3) == 0;
        if (pick(4) == 0) store_.rows(cohort_).cohort.settings.anchor = "facilitator";
        std::vector<UserId> leaders;
        for (int i = 0; i < 4; ++i)
            leaders.push_back(store_.add_facilitator(cohort_, "f" + std::to_string(i), zone_by_lot(),
                                                     hours_by_lot(), 1 + pick(2)));
        for (int i = 0; i < 14; ++i)
            people_.push_back(store_.add_participant(cohort_, "p" + std::to_string(i), zone_by_lot(),
                                                     hours_by_lot(), pick(2) ? "Wed 16:00-21:00" : ""));
        std::size_t next = 0;
        for (int g = 0; g < 4; ++g) {
            std::vector<UserId> members;
            for (int m = 1 + pick(4); m > 0 && next < 11; --m) members.push_back(people_[next++]);
            const UserId leader = leaders[static_cast<std::size_t>(pick(3))];
            const GroupId group =
                store_.add_group(cohort_, "Group " + std::to_string(g), pick(2) ? "Tue 18:00" : "Wed 18:00",
                                 pick(5) == 0 ? UserId{} : leader, members);
            GroupRow& row = store_.group(cohort_, group);
            row.pinned = pick(4) == 0;
            if (pick(3) == 0) row.meetings[2].scheduled_time += std::chrono::hours(24);
            if (!row.members.empty() && pick(3) == 0) row.members.front().pinned = true;
        }
        CohortSnapshot& rows = store_.rows(cohort_);
        rows.together.push_back({people_[0], people_[5]});
        rows.together.push_back({people_[2], people_[12]});
        rows.apart.push_back({people_[1], people_[6], people_[13]});
    }

    CohortSnapshot snapshot() { return *store_.load_cohort(cohort_); }

private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    std::string zone_by_lot() {
        return std::vector<std::string>{"UTC", "America/New_York",
                                        "Asia/Kolkata"}[static_cast<std::size_t>(pick(3))];
    }
    std::string hours_by_lot() {
        return std::vector<std::string>{"always", "Tue 10:00-24:00", "Wed 12:00-24:00, Tue 18:00-20:00",
                                        "Mon 09:00-12:00", ""}[static_cast<std::size_t>(pick(5))];
    }

    std::mt19937 random_;
    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
    std::vector<UserId> people_;
};

std::vector<std::string> words(const std::vector<Violation>& violations) {
    std::vector<std::string> all;
    for (const Violation& violation : violations)
        all.push_back(violation.rule + ' ' + violation.group + ' ' + violation.message);
    return all;
}

TEST(MoveVerdicts, say_what_the_edit_itself_would_say) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        RandomBoard board(seed);
        const CohortSnapshot cohort = board.snapshot();
        const auto state = make_board_state(cohort, zone_table());
        ASSERT_TRUE(state) << to_string(state.error().front());
        for (const SignupRow& signup : cohort.signups) {
            const auto verdicts = move_verdicts(*state, signup.user_id, zone_table(), kNow);
            ASSERT_TRUE(verdicts);
            for (const MoveVerdict& verdict : verdicts->groups) {
                const GroupRow& group = *group_of(cohort, verdict.group_id);
                const EditDraft draft =
                    signup.role == Role::facilitator
                        ? draft_lead(cohort, signup.user_id, group, zone_table(), kNow)
                        : draft_move(cohort, signup.user_id, group, zone_table(), kNow).value();
                const std::string where =
                    "seed " + std::to_string(seed) + ": " + signup.reference + " to " + group.group_name;
                EXPECT_EQ(verdict.here, draft.changes.empty()) << where;
                if (draft.changes.empty()) continue;
                const auto expected = new_violations(cohort, draft.changes, zone_table());
                ASSERT_TRUE(expected);
                EXPECT_THAT(words(verdict.violations), ::testing::UnorderedElementsAreArray(words(*expected)))
                    << where;
                CohortSnapshot after = cohort;
                apply_changes(draft.changes, after);
                const auto state_after = make_board_state(after, zone_table());
                ASSERT_TRUE(state_after);
                EXPECT_EQ(verdict.after, score_of(state_after->problem.problem, state_after->plan)) << where;
            }
        }
    }
}

TEST(MoveVerdicts, of_a_stranger_there_are_none) {
    RandomBoard board(1);
    const auto state = make_board_state(board.snapshot(), zone_table());
    EXPECT_FALSE(move_verdicts(*state, UserId{4711}, zone_table(), kNow));
}

TEST(SpareStarts, are_the_times_that_all_share_and_the_facilitator_does_not_lead_elsewhere) {
    MemoryStore store;
    const CohortId cohort = store.add_cohort("Spring");
    const UserId leader =
        store.add_facilitator(cohort, "f", "UTC", "Tue 18:00-20:00, Wed 18:00-20:00, Thu 18:00-19:00");
    std::vector<UserId> first;
    std::vector<UserId> second;
    for (const char* name : {"a", "b", "c", "d"})
        first.push_back(store.add_participant(cohort, name, "UTC", "Tue 18:00-20:00, Wed 18:00-19:00",
                                              "Thu 18:00-19:00"));
    for (const char* name : {"e", "g", "h", "i"})
        second.push_back(store.add_participant(cohort, name, "UTC", "Wed 18:00-20:00"));
    const GroupId group = store.add_group(cohort, "Group 1", "Tue 18:00", leader, first);
    store.add_group(cohort, "Group 2", "Wed 18:00", leader, second);
    const auto state = make_board_state(*store.load_cohort(cohort), zone_table());
    ASSERT_TRUE(state);
    std::vector<std::string> found;
    for (const SpareStart& spare : spare_starts(*state, group, zone_table()))
        found.push_back(to_string(spare.start) + " " + std::to_string(spare.if_needed));
    EXPECT_EQ(found, (std::vector<std::string>{"Tuesday 18:30 0", "Tuesday 19:00 0", "Thursday 18:00 4"}));
}

}  // namespace
}  // namespace convene::test
