#include "cli/demo/server_tree.h"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

constexpr const char* kState = R"({
    "guild": {"name": "Rehearsal"},
    "members": [{"user": {"id": "1", "username": "ann"}, "nick": "Participant 1"}, {"user": {"id": "2", "username": "bo"}}],
    "channels": [{"id": "10", "type": 4, "name": "Spring", "position": 0},
                 {"id": "12", "type": 2, "name": "Group 1 Voice", "parent_id": "10", "position": 1},
                 {"id": "11", "type": 0, "name": "group-1", "parent_id": "10", "position": 0}],
    "scheduled_events": [
        {"channel_id": "12", "name": "Meeting 2", "scheduled_start_time": "2027-01-04T18:00:00+00:00"},
        {"channel_id": "12", "name": "Meeting 1", "scheduled_start_time": "2026-12-28T17:00:00+00:00"}],
    "messages": {"11": [{"content": "Welcome!\nSee you."}]}})";

std::string ask(const std::string& path) {
    if (path == "/state") return kState;
    if (path == "/visible?user_id=1") return R"({"channels": [{"id": "10"}, {"id": "11"}, {"id": "12"}]})";
    return R"({"channels": []})";
}

TEST(ServerTree, shows_who_sees_what_the_dates_in_order_and_the_welcome) {
    EXPECT_EQ(draw_tree(server_tree(ask, Pen(false), 100), Pen(false)),
              "Rehearsal (2 members)\n"
              "└─ Spring  category, seen by 1 of 2\n"
              "   ├─ #group-1  text\n"
              "   │    seen by Participant 1\n"
              "   │    the welcome message:\n"
              "   │    > Welcome!\n"
              "   │    > See you.\n"
              "   └─ Group 1 Voice  voice\n"
              "        2 scheduled events, from “Meeting 1” on: at 17:00 UTC on 2026-12-28; at 18:00 UTC on "
              "2027-01-04\n");
}

}  // namespace
}  // namespace convene::cli
