// The API from outside, on both databases.
#include <gmock/gmock.h>

#include "tests/web/board_fixture.h"

namespace convene::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class Api : public BoardFixture, public ::testing::WithParamInterface<BoardDatabase> {
protected:
    void SetUp() override {
        open(GetParam());
        schedule();
    }

    static nlohmann::json list(const nlohmann::json& reply, const char* name) { return reply.at(name); }
    static nlohmann::json group_of(const nlohmann::json& board, std::int64_t person) {
        for (const auto& group : board.at("groups"))
            for (const auto& member : group.at("members"))
                if (member.at("user_id") == person) return group;
        return {};
    }
    static const nlohmann::json& participant(const nlohmann::json& group) {
        for (const auto& member : group.at("members"))
            if (member.at("role") == "participant") return member;
        throw std::runtime_error("a group without participants");
    }
    /// A move that the verdicts allow: person and group.
    std::pair<std::int64_t, std::int64_t> possible_move(HttpClient& client, const nlohmann::json& board) {
        for (const auto& group : board.at("groups")) {
            for (const auto& member : group.at("members")) {
                if (member.at("role") != "participant") continue;
                const std::int64_t person = member.at("user_id");
                for (const auto& verdict :
                     list(client.get(at("/people/" + std::to_string(person) + "/verdicts")).json(), "groups"))
                    if (!verdict.at("here") && verdict.at("violations").empty())
                        return {person, verdict.at("group_id")};
            }
        }
        throw std::runtime_error("nobody can be moved");
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, Api, ::testing::Values(kSqlite, kPostgresql),
                         [](const auto& database) { return database.param.name; });

TEST_P(Api, a_board_shows_every_group_and_whoever_is_in_none) {
    HttpClient client = this->client();
    const auto board = client.get(at()).json();
    EXPECT_EQ(board.at("score").at("placed"), 53);
    EXPECT_EQ(board.at("score").at("if_needed"), 9);
    EXPECT_EQ(board.at("participants"), 60);
    EXPECT_EQ(board.at("groups").size(), 13U);
    int waiting = 0;
    for (const auto& person : board.at("waiting")) waiting += person.at("role") == "participant" ? 1 : 0;
    EXPECT_EQ(waiting, 7);
    EXPECT_EQ(client.get("/cohorts/999").status, 404);
}

TEST_P(Api, an_edit_moves_a_person_and_undo_and_redo_follow) {
    HttpClient client = this->client();
    const auto before = client.get(at()).json();
    const auto [person, group] = possible_move(client, before);
    const std::int64_t home = group_of(before, person).at("group_id");

    const auto moved = client.post(
        at("/edits"),
        {{"command", "move"}, {"person", person}, {"group", group}, {"version", before.at("version")}});
    ASSERT_EQ(moved.status, 200) << moved.body;
    EXPECT_EQ(moved.json().at("status"), "done");
    const auto after = client.get(at()).json();
    EXPECT_EQ(group_of(after, person).at("group_id"), group);
    EXPECT_THAT(after.at("undo").get<std::string>(), HasSubstr("moves"));

    const auto undone = client.post(at("/edits"), {{"command", "undo"}, {"version", after.at("version")}});
    EXPECT_EQ(undone.json().at("status"), "done") << undone.body;
    EXPECT_EQ(group_of(client.get(at()).json(), person).at("group_id"), home);

    const auto redone =
        client.post(at("/edits"), {{"command", "redo"}, {"version", undone.json().at("version")}});
    EXPECT_EQ(redone.json().at("status"), "done") << redone.body;
    EXPECT_EQ(group_of(client.get(at()).json(), person).at("group_id"), group);

    const auto again =
        client.post(at("/edits"), {{"command", "undo"}, {"version", redone.json().at("version")}});
    EXPECT_EQ(again.json().at("status"), "done") << again.body;
    EXPECT_EQ(group_of(client.get(at()).json(), person).at("group_id"), home);
    EXPECT_EQ(client.get(at("/edits")).json().at("edits").size(), 4U);
}

TEST_P(Api, of_two_who_edit_the_same_version_the_second_learns_what_the_first_did) {
    HttpClient ana = client();
    HttpClient ben = client();
    const auto seen = ana.get(at()).json();
    const auto& group = seen.at("groups").front();
    const std::int64_t id = group.at("group_id");
    ASSERT_EQ(
        ana.post(at("/edits"),
                 {{"command", "rename"}, {"group", id}, {"text", "Owls"}, {"version", seen.at("version")}})
            .status,
        200);

    const auto late = ben.post(at("/edits"), {{"command", "rename"},
                                              {"group", id},
                                              {"text", "Larks"},
                                              {"version", seen.at("version")},
                                              {"last_edit_id", seen.at("last_edit_id")}});
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.refusal(), "stale");
    const auto edits = late.json().at("error").at("edits");
    ASSERT_EQ(edits.size(), 1U);
    EXPECT_THAT(edits[0].at("summary").get<std::string>(), HasSubstr("Owls"));
    EXPECT_EQ(ben.get(at()).json().at("groups").front().at("group_name"), "Owls");
}

TEST_P(Api, a_move_that_breaks_a_rule_is_refused_with_its_number_and_carried_out_when_forced) {
    HttpClient client = this->client();
    const auto board = client.get(at()).json();
    const std::int64_t person = participant(board.at("groups").front()).at("user_id");
    std::int64_t unfit = 0;
    for (const auto& verdict :
         list(client.get(at("/people/" + std::to_string(person) + "/verdicts")).json(), "groups"))
        if (!verdict.at("here") && !verdict.at("violations").empty()) unfit = verdict.at("group_id");
    ASSERT_NE(unfit, 0);
    nlohmann::json order = {
        {"command", "move"}, {"person", person}, {"group", unfit}, {"version", board.at("version")}};
    const auto refused = client.post(at("/edits"), order).json();
    EXPECT_EQ(refused.at("status"), "refused");
    EXPECT_THAT(refused.at("violations")[0].at("rule").get<std::string>(), HasSubstr("R"));
    order["force"] = true;
    EXPECT_EQ(client.post(at("/edits"), order).json().at("status"), "done");
    EXPECT_TRUE(client.get(at("/edits")).json().at("edits")[0].at("forced"));
}

TEST_P(Api, a_group_moves_to_one_of_its_spare_starts) {
    HttpClient client = this->client();
    const auto board = client.get(at()).json();
    for (const auto& group : board.at("groups")) {
        const std::int64_t id = group.at("group_id");
        const auto starts = client.get(at("/groups/" + std::to_string(id) + "/starts")).json();
        if (starts.at("starts").empty()) continue;
        const std::string start = starts.at("starts")[0].at("start");
        const auto reply = client.post(
            at("/edits"),
            {{"command", "retime"}, {"group", id}, {"text", start}, {"version", board.at("version")}});
        EXPECT_EQ(reply.json().at("status"), "done") << reply.body;
        for (const auto& now : list(client.get(at("/groups")).json(), "groups"))
            if (now.at("group_id") == id) {
                EXPECT_EQ(now.at("anchor_start"), start);
                EXPECT_TRUE(now.at("violations").empty());
            }
        return;
    }
    FAIL() << "no group has a spare start";
}

TEST_P(Api, a_week_is_postponed_on_the_version_seen_and_undo_and_redo_follow) {
    HttpClient client = this->client();
    const auto before = client.get(at()).json();
    const auto& group = before.at("groups").front();
    const auto meetings = [&] {
        std::vector<std::pair<std::string, bool>> list;
        const auto board = client.get(at()).json();
        for (const auto& meeting : board.at("groups").front().at("meetings"))
            list.emplace_back(meeting.at("start"), meeting.at("was_rescheduled"));
        return list;
    };
    const auto were = meetings();
    nlohmann::json order = {{"command", "postpone"},
                            {"group", group.at("group_id")},
                            {"week", 3},
                            {"force", true},
                            {"version", before.at("version")}};
    const auto reply = client.post(at("/edits"), order);
    ASSERT_EQ(reply.json().at("status"), "done") << reply.body;
    const auto are = meetings();
    EXPECT_EQ(are[1], were[1]);
    for (std::size_t week = 2; week < were.size(); ++week) {
        EXPECT_NE(are[week].first, were[week].first);
        EXPECT_TRUE(are[week].second);
    }
    EXPECT_EQ(are[2].first.substr(0, 10), were[3].first.substr(0, 10));
    EXPECT_EQ(client.post(at("/edits"), order).refusal(), "stale");
    EXPECT_EQ(meetings(), are);
    const auto newest = client.get(at("/edits")).json().at("edits")[0];
    EXPECT_EQ(newest.at("command"), "postpone");
    EXPECT_EQ(newest.at("author"), "ana");

    const auto step = [&](const char* command, bool force) {
        const auto version = client.get(at()).json().at("version");
        return client.post(at("/edits"), {{"command", command}, {"version", version}, {"force", force}})
            .json()
            .at("status");
    };
    EXPECT_EQ(step("undo", false), "done");
    EXPECT_EQ(meetings(), were);
    EXPECT_EQ(step("redo", false), "refused");  // what had to be forced has to be forced again
    EXPECT_EQ(meetings(), were);
    EXPECT_EQ(step("redo", true), "done");
    EXPECT_EQ(meetings(), are);

    order["version"] = client.get(at()).json().at("version");
    order["week"] = 99;
    EXPECT_EQ(client.post(at("/edits"), order).refusal(), "bad_edit");
    order["week"] = 0;
    EXPECT_EQ(client.post(at("/edits"), order).refusal(), "bad_request");
    order["week"] = 2;
    order["to"] = "some day";
    EXPECT_EQ(client.post(at("/edits"), order).refusal(), "bad_edit");
    EXPECT_EQ(meetings(), are);
}

TEST_P(Api, a_run_gives_a_plan_that_is_written_when_accepted_and_leaves_pinned_groups_alone) {
    HttpClient client = this->client();
    const auto board = client.get(at()).json();
    const auto pinned = board.at("groups").front();
    ASSERT_EQ(
        client
            .post(at("/edits"),
                  {{"command", "pin"}, {"group", pinned.at("group_id")}, {"version", board.at("version")}})
            .status,
        200);

    const auto started = client.post(at("/runs"), {{"reform", true}, {"time_limit_seconds", 60}});
    ASSERT_EQ(started.status, 202) << started.body;
    const auto done = last_event(client, started.json().at("job"));
    ASSERT_EQ(done.at("type"), "done") << done;
    const std::string plan = std::to_string(done.at("plan_ids")[0].get<int>());
    const auto kept = client.get(at("/plans/" + plan)).json();
    EXPECT_FALSE(kept.at("stale"));
    EXPECT_EQ(kept.at("dissolved"), board.at("groups").size() - 1);

    const auto accepted = client.post(at("/plans/" + plan + "/accept"));
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    const auto after = client.get(at()).json();
    EXPECT_GE(after.at("score").at("placed"), 52);
    bool found = false;
    for (const auto& group : after.at("groups")) {
        EXPECT_TRUE(group.at("violations").empty());
        if (group.at("group_id") != pinned.at("group_id")) continue;
        found = true;
        EXPECT_EQ(group.at("meeting_time_utc"), pinned.at("meeting_time_utc"));
        EXPECT_GE(group.at("members").size(), pinned.at("members").size());
    }
    EXPECT_TRUE(found);
    EXPECT_EQ(client.post(at("/plans/" + plan + "/accept")).status, 404);
}

TEST_P(Api, an_accepted_plan_stands_in_the_history_and_is_undone_and_done_again_as_a_whole) {
    HttpClient client = this->client();
    const auto before = client.get(at()).json();
    const auto edit = [&](const char* command) {
        return client
            .post(at("/edits"), {{"command", command}, {"version", client.get(at()).json().at("version")}})
            .json();
    };
    const auto seats = [](const nlohmann::json& board) {
        std::map<std::string, std::vector<std::int64_t>> found;
        for (const auto& group : board.at("groups"))
            for (const auto& member : group.at("members"))
                found[group.at("group_name").get<std::string>() +
                      group.at("meeting_time_utc").get<std::string>()]
                    .push_back(member.at("user_id"));
        return found;
    };
    const auto started = client.post(at("/runs"), {{"reform", true}, {"max_size", 6}}).json();
    const std::string plan =
        std::to_string(last_event(client, started.at("job")).at("plan_ids")[0].get<int>());
    const auto accepted = client.post(at("/plans/" + plan + "/accept")).json();
    const auto after = client.get(at()).json();
    ASSERT_NE(seats(after), seats(before));

    const auto newest = client.get(at("/edits")).json().at("edits")[0];
    EXPECT_EQ(newest.at("command"), "accept");
    EXPECT_EQ(newest.at("author"), "ana");
    EXPECT_EQ(newest.at("run_id"), accepted.at("run_id"));
    EXPECT_TRUE(accepted.at("can_be_undone"));
    const auto run = client.get(at("/runs")).json().at("runs")[0];
    EXPECT_EQ(run.at("run_id"), accepted.at("run_id"));
    EXPECT_EQ(run.at("author"), "ana");
    EXPECT_THAT(after.at("undo").get<std::string>(), HasSubstr("13 dissolved"));

    EXPECT_EQ(edit("undo").at("status"), "done");
    EXPECT_EQ(seats(client.get(at()).json()), seats(before));
    EXPECT_EQ(edit("redo").at("status"), "done");
    EXPECT_EQ(seats(client.get(at()).json()), seats(after));

    // Once somebody has built on it, it is not torn away under them.
    const auto [person, group] = possible_move(client, after);
    ASSERT_EQ(client
                  .post(at("/edits"), {{"command", "move"},
                                       {"person", person},
                                       {"group", group},
                                       {"version", client.get(at()).json().at("version")}})
                  .status,
              200);
    EXPECT_EQ(edit("undo").at("status"), "done");
    EXPECT_EQ(edit("undo").at("status"), "done");
    EXPECT_EQ(seats(client.get(at()).json()), seats(before));
}

TEST_P(Api, an_accepted_plan_whose_groups_are_on_discord_is_not_undone) {
    HttpClient client = this->client();
    const std::string run = client.post(at("/runs"), {{"reform", true}}).json().at("job");
    const std::string plan = std::to_string(last_event(client, run).at("plan_ids")[0].get<int>());
    ASSERT_EQ(client.post(at("/plans/" + plan + "/accept")).status, 200);
    const std::string publish = client.post(at("/realization")).json().at("job");
    ASSERT_EQ(last_event(client, publish).at("status"), "done");
    const auto board = client.get(at()).json();
    const auto reply =
        client.post(at("/edits"), {{"command", "undo"}, {"version", board.at("version")}}).json();
    EXPECT_EQ(reply.at("status"), "refused");
    EXPECT_EQ(reply.at("violations").size(), board.at("groups").size());
    EXPECT_EQ(client.get(at()).json().at("version"), board.at("version"));
}

TEST_P(Api, a_page_that_comes_back_finds_what_runs_for_its_cohort) {
    HttpClient client = this->client();
    EXPECT_TRUE(client.get(at("/jobs")).json().at("jobs").empty());
    const std::string job = client.post(at("/runs"), {{"reform", true}}).json().at("job");
    const auto running = client.get(at("/jobs")).json().at("jobs");
    ASSERT_EQ(running.size(), 1U);
    EXPECT_EQ(running[0].at("job"), job);
    EXPECT_EQ(running[0].at("kind"), "solve");
    (void)last_event(client, job);
    EXPECT_TRUE(client.get(at("/jobs")).json().at("jobs")[0].at("finished"));
}

TEST_P(Api, a_plan_for_an_older_version_cannot_be_accepted) {
    HttpClient client = this->client();
    const auto started = client.post(at("/runs"), {{"reform", true}, {"time_limit_seconds", 60}}).json();
    const std::string plan =
        std::to_string(last_event(client, started.at("job")).at("plan_ids")[0].get<int>());
    const auto board = client.get(at()).json();
    ASSERT_EQ(client
                  .post(at("/edits"), {{"command", "rename"},
                                       {"group", board.at("groups")[0].at("group_id")},
                                       {"text", "Owls"},
                                       {"version", board.at("version")}})
                  .status,
              200);
    EXPECT_TRUE(client.get(at("/plans/" + plan)).json().at("stale"));
    EXPECT_EQ(client.post(at("/plans/" + plan + "/accept")).refusal(), "stale");
}

TEST_P(Api, publishing_shows_its_steps_and_tells_its_progress) {
    HttpClient client = this->client();
    EXPECT_EQ(client.get(at("/realization")).json().at("steps").size(), 13U);
    const auto started = client.post(at("/realization"));
    ASSERT_EQ(started.status, 202);
    const auto done = last_event(client, started.json().at("job"));
    EXPECT_EQ(done.at("status"), "done") << done;
    ASSERT_EQ(done.at("links").size(), 13U);
    const auto board = client.get(at()).json();
    EXPECT_EQ(done.at("links")[0].at("group"), board.at("groups")[0].at("group_name"));
    EXPECT_EQ(client.get(at("/runs")).json().at("runs")[0].at("author"), "ana");
    EXPECT_TRUE(client.get(at("/realization")).json().at("steps").empty());
    EXPECT_TRUE(client.get(at()).json().at("groups")[0].at("realized"));
}

TEST_P(Api, what_people_changed_by_hand_is_taken_back_when_that_is_asked_for) {
    HttpClient client = this->client();
    const std::string first = client.post(at("/realization")).json().at("job");
    ASSERT_EQ(last_event(client, first).at("status"), "done");
    EXPECT_EQ(client.get(at("/realization")).json().at("notes")[0].at("kind"), "drift");
    const auto plan = client.get(at("/realization?restore=true")).json();
    ASSERT_EQ(plan.at("steps").size(), 1U);
    EXPECT_EQ(plan.at("steps")[0].at("changes")[0].at("after"), "as it was");
    const std::string plain = client.post(at("/realization"), {{"restore", false}}).json().at("job");
    EXPECT_EQ(last_event(client, plain).at("status"), "nothing_to_do");
    const std::string restoring = client.post(at("/realization"), {{"restore", true}}).json().at("job");
    EXPECT_EQ(last_event(client, restoring).at("done").size(), 1U);
    EXPECT_EQ(client.post(at("/realization"), {{"restore", "yes"}}).status, 400);
}

TEST_P(Api, who_is_free_in_an_hour_adds_up_to_the_heat_map) {
    HttpClient client = this->client();
    const auto heat = client.get(at("/heat?zone=Europe/Berlin")).json();
    ASSERT_EQ(heat.at("cells").size(), 168U);
    for (const int hour : {0, 18, 66, 167}) {
        const auto& cell = heat.at("cells")[static_cast<std::size_t>(hour)];
        const auto who =
            client.get(at("/heat/" + std::to_string(hour) + "?zone=Europe/Berlin")).json().at("people");
        EXPECT_EQ(static_cast<int>(who.size()),
                  cell[0].get<int>() + cell[1].get<int>() + cell[2].get<int>() + cell[3].get<int>());
    }
    EXPECT_EQ(client.get(at("/heat?zone=Mars/Olympus")).status, 400);
}

TEST_P(Api, malformed_requests_are_refused_without_harm) {
    HttpClient client = this->client();
    const std::string edits = "/api/v1" + at("/edits");
    EXPECT_EQ(client.send("POST", edits, "{").status, 400);
    EXPECT_EQ(client.send("POST", edits, "[]").status, 400);
    EXPECT_EQ(client.send("POST", edits, "{}", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(client.post(at("/edits"), {{"command", "explode"}, {"version", "x"}}).status, 400);
    EXPECT_EQ(client.post(at("/edits"), {{"command", "move"}, {"version", 7}}).status, 400);
    EXPECT_EQ(client.post(at("/runs"), {{"min_size", 0}}).status, 400);
    EXPECT_EQ(client.get("/cohorts/1x").status, 404);
    EXPECT_EQ(client.get("/nothing").status, 404);
    EXPECT_EQ(client.send("PUT", "/api/v1/cohorts").status, 405);
    EXPECT_THAT(client.send("GET", "/api/v1/%zz").status, AnyOf(400, 404));
    EXPECT_EQ(client.send("POST", edits, std::string(2'000'000, 'x')).status, 413);
}

}  // namespace
}  // namespace convene::test
