#include "app/changes_json.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

Inverse every_kind() {
    CohortChanges changes;
    changes.members = {{GroupId{1}, UserId{2}, Role::facilitator, MembershipStatus::dropped},
                       {GroupId{1}, UserId{3}, Role::participant, MembershipStatus::active}};
    changes.signups = {{SignupId{4}, GroupingStatus::ungroupable, false}};
    changes.names = {{GroupId{1}, "Früh \"1\"\n"}};
    changes.times = {{GroupId{1},
                      "Tuesday 18:00",
                      "Europe/London",
                      "Tuesday 18:00",
                      {{MeetingId{9}, instant("2025-01-21T18:00:00Z")}}}};
    changes.statuses = {{GroupId{1}, GroupStatus::cancelled}};
    changes.pins = {{GroupId{1}, std::nullopt, true}, {GroupId{1}, UserId{2}, false}};
    return {changes, {}};
}

TEST(ChangesJson, every_kind_of_change_reads_back_as_it_was) {
    const std::string text = to_json(every_kind());
    const auto read = inverse_from_json(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(to_json(*read), text);
    ASSERT_EQ(read->made.members.size(), 2u);
    EXPECT_EQ(read->made.members[0].status, MembershipStatus::dropped);
    EXPECT_EQ(read->made.members[0].role, Role::facilitator);
    EXPECT_EQ(read->made.signups[0].grouping_status, GroupingStatus::ungroupable);
    EXPECT_EQ(read->made.names[0].group_name, "Früh \"1\"\n");
    EXPECT_EQ(read->made.times[0].meetings[0].time, instant("2025-01-21T18:00:00Z"));
    EXPECT_EQ(read->made.statuses[0].status, GroupStatus::cancelled);
    EXPECT_FALSE(read->made.pins[0].user_id);
    EXPECT_EQ(read->made.pins[1].user_id, UserId{2});
    EXPECT_TRUE(read->undo.empty());
}

TEST(ChangesJson, anything_else_is_refused_and_never_half_read) {
    for (const char* text : {"", "[]", "{}", "{\"made\":{}}", "{\"made\":{\"members\":[{}]},\"undo\":{}}",
                             "{\"made\":{\"members\":[{\"group\":1,\"user\":2,\"role\":\"cat\",\"status\":"
                             "\"active\"}]},\"undo\":{}}",
                             "{\"made\":{\"names\":[{\"group\":\"1\",\"name\":\"x\"}]},\"undo\":{}}"})
        EXPECT_FALSE(inverse_from_json(text)) << text;
}

}  // namespace
}  // namespace convene::test
