#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class Events : public SandboxTest {
protected:
    Events() {
        voice =
            client
                .create(
                    {{"name", "V"}, {"type", 2}, {"permission_overwrites", hidden_from_all_but(client.at)}})
                .id();
        path = client.guild() + "/scheduled-events";
    }
    json listed() const { return client.rest("GET", path).body; }
    void pass_hours(int hours) const {
        client.control("POST", "/clock", {{"advance_seconds", hours * 3600}});
    }

    std::string voice;
    std::string path;
};

TEST_F(Events, creation_answers_200_with_the_whole_object) {
    const Reply made = client.create_event(voice, 24, {{"description", "[ref:k7f3]"}});
    ASSERT_EQ(made.status, 200) << made.text;
    EXPECT_EQ(made.body["status"], 1);
    EXPECT_EQ(made.body["channel_id"], voice);
    EXPECT_EQ(made.body["creator_id"], client.at.bot_user_id);
    EXPECT_EQ(made.body["description"], "[ref:k7f3]");
    EXPECT_TRUE(made.body["entity_metadata"].is_null());
    EXPECT_TRUE(made.body["scheduled_start_time"].get<std::string>().ends_with("+00:00"));
    EXPECT_EQ(client.rest("GET", path + "/" + made.id()).body["id"], made.id());
}

TEST_F(Events, an_offset_is_understood_and_answered_in_utc) {
    const Reply made = client.create_event(
        voice, 24, {{"scheduled_start_time", "2099-01-15T20:45:00+05:45"}, {"scheduled_end_time", nullptr}});
    EXPECT_EQ(made.body["scheduled_start_time"], "2099-01-15T15:00:00+00:00");
}

TEST_F(Events, what_is_wrong_is_named_by_field) {
    const auto fault = [&](const json& change, const char* field) {
        return client.create_event(voice, 24, change).field_error(field);
    };
    EXPECT_EQ(client.create_event(voice, -1).field_error("scheduled_start_time"),
              "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST");
    EXPECT_EQ(fault({{"scheduled_end_time", client.in_hours(24)}}, "scheduled_end_time"),
              "GUILD_SCHEDULED_EVENT_END_BEFORE_START");
    EXPECT_EQ(fault({{"scheduled_start_time", "2099-01-15T15:00:00"}}, "scheduled_start_time"),
              "DATE_TIME_TYPE_PARSE");
    EXPECT_EQ(fault({{"name", std::string(101, 'x')}}, "name"), "BASE_TYPE_BAD_LENGTH");
    EXPECT_EQ(fault({{"description", std::string(1001, 'x')}}, "description"), "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(fault({{"channel_id", nullptr}}, "channel_id"), "BASE_TYPE_REQUIRED");
    EXPECT_EQ(fault({{"privacy_level", 1}}, "privacy_level"), "BASE_TYPE_CHOICES");
    EXPECT_EQ(fault({{"entity_metadata", {{"location", "here"}}}}, "entity_metadata"),
              "GUILD_SCHEDULED_EVENT_ENTITY_METADATA_INVALID");
    EXPECT_EQ(client.rest("POST", path, json::object()).field_error("entity_type"), "BASE_TYPE_REQUIRED");
    EXPECT_TRUE(client.state()["scheduled_events"].empty());
}

TEST_F(Events, need_create_events_view_and_connect_in_their_channel) {
    EXPECT_EQ(client.create_event(client.general()).code(), 50024);
    EXPECT_EQ(client.create_event("77").code(), 10003);
    const auto in_voice_with = [&](const char* bot_bits) {
        const Reply made =
            client.create({{"name", "V"},
                           {"type", 2},
                           {"permission_overwrites", hidden_from_all_but(client.at, {}, bot_bits)}});
        return client.create_event(made.id());
    };
    EXPECT_EQ(in_voice_with("1049600").status, 200);  // the rest is held in the guild
    EXPECT_EQ(in_voice_with("1024").code(), 50001);   // no CONNECT
    EXPECT_EQ(in_voice_with("0").code(), 50013);      // no VIEW_CHANNEL
    const Reply refusing = client.create(
        {{"name", "V"},
         {"type", 2},
         {"permission_overwrites", {{{"id", client.at.guild_id}, {"type", 0}, {"deny", "17592186044416"}}}}});
    EXPECT_EQ(client.create_event(refusing.id()).code(), 50013);  // no CREATE_EVENTS
}

TEST_F(Events, one_that_nobody_started_is_cancelled_hours_later_and_leaves_the_list) {
    const std::string id = client.create_event(voice, 1).id();
    pass_hours(2);
    EXPECT_EQ(client.rest("GET", path + "/" + id).body["status"], 1);
    pass_hours(4);
    EXPECT_EQ(client.rest("GET", path + "/" + id).body["status"], 4);
    EXPECT_TRUE(listed().empty());
    settings({{"list_finished_events", true}});
    EXPECT_EQ(listed().size(), 1U);
    EXPECT_EQ(client.rest("PATCH", path + "/" + id, {{"name", "x"}}).code(), 180000);
}

TEST_F(Events, go_from_scheduled_to_active_to_completed_and_no_other_way) {
    const std::string at = path + "/" + client.create_event(voice).id();
    EXPECT_EQ(client.rest("PATCH", at, {{"status", 3}}).field_error("status"),
              "GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION");
    EXPECT_EQ(client.rest("PATCH", at, {{"status", 2}}).body["status"], 2);
    EXPECT_EQ(client
                  .rest("PATCH", at,
                        {{"scheduled_start_time", client.in_hours(48)}, {"scheduled_end_time", nullptr}})
                  .field_error("scheduled_start_time"),
              "GUILD_SCHEDULED_EVENT_INVALID_START_BY_STATUS");
    EXPECT_EQ(client.rest("PATCH", at, {{"status", 3}}).body["status"], 3);
}

TEST_F(Events, an_active_one_ends_minutes_after_its_channel_is_empty) {
    const std::string at = path + "/" + client.create_event(voice).id();
    ASSERT_EQ(client.rest("PATCH", at, {{"status", 2}}).status, 200);
    client.control("POST", "/clock", {{"advance_seconds", 900}});
    EXPECT_EQ(client.rest("GET", at).body["status"], 3);
}

TEST_F(Events, pitfall_55_one_can_be_moved_but_not_into_the_past) {
    const std::string at = path + "/" + client.create_event(voice).id();
    const std::string later = client.in_hours(72);
    EXPECT_EQ(
        client
            .rest("PATCH", at, {{"scheduled_start_time", later}, {"scheduled_end_time", client.in_hours(73)}})
            .status,
        200);
    EXPECT_EQ(client.rest("PATCH", at, {{"scheduled_start_time", client.in_hours(-1)}})
                  .field_error("scheduled_start_time"),
              "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST");
}

TEST_F(Events, on_a_channel_the_bot_cannot_view_are_not_listed_and_not_shown) {
    const std::string open_voice = client.create({{"name", "V"}, {"type", 2}}).id();
    const std::string id = client.create_event(open_voice).id();
    const json hide = {{"user_id", client.at.admin_user_id},
                       {"method", "PUT"},
                       {"path", "/channels/" + open_voice + "/permissions/" + client.at.guild_id},
                       {"body", {{"type", 0}, {"deny", "1024"}}}};
    ASSERT_EQ(client.control("POST", "/act", hide).status, 204);
    EXPECT_TRUE(listed().empty());
    EXPECT_EQ(client.rest("GET", path + "/" + id).code(), 50001);
    EXPECT_EQ(client.rest("GET", path + "/77").code(), 10070);
}

TEST_F(Events, someone_elses_take_manage_events) {
    const json of_admin = {{"user_id", client.at.admin_user_id},
                           {"method", "POST"},
                           {"path", path},
                           {"body",
                            {{"name", "theirs"},
                             {"channel_id", voice},
                             {"entity_type", 2},
                             {"privacy_level", 2},
                             {"scheduled_start_time", client.in_hours(5)}}}};
    const Reply made = client.control("POST", "/act", of_admin);
    ASSERT_EQ(made.status, 200) << made.text;
    EXPECT_EQ(client.rest("DELETE", path + "/" + made.id()).status, 204);  // the bot holds it
    EXPECT_EQ(client.rest("DELETE", path + "/" + made.id()).code(), 10070);
}

TEST_F(Events, a_weekly_rule_takes_one_weekday_and_no_count) {
    const json weekly = {
        {"start", client.in_hours(24)}, {"frequency", 2}, {"interval", 1}, {"by_weekday", {2}}};
    const Reply made = client.create_event(voice, 24, {{"recurrence_rule", weekly}});
    ASSERT_EQ(made.status, 200) << made.text;
    EXPECT_EQ(made.body["recurrence_rule"]["frequency"], 2);
    json counted = weekly;
    counted["count"] = 8;
    EXPECT_NE(
        client.create_event(voice, 24, {{"recurrence_rule", counted}}).field_error("recurrence_rule.count"),
        "");
    json twice = weekly;
    twice["by_weekday"] = {2, 4};
    EXPECT_NE(client.create_event(voice, 24, {{"recurrence_rule", twice}})
                  .field_error("recurrence_rule.by_weekday"),
              "");

    pass_hours(24 + 5);
    const json moved = client.rest("GET", path + "/" + made.id()).body;
    EXPECT_EQ(moved["status"], 1);
    EXPECT_GT(moved["scheduled_start_time"], made.body["scheduled_start_time"]);
}

TEST(FullCalendar, pitfall_42_the_101st_uncompleted_one_is_30038_and_time_frees_the_places) {
    const TemporaryFile file(
        R"({"channels": [{"type": "voice", "name": "Room"}], "settings": {"rate_limits": false},
        "events": [{"name": "theirs", "start": "2099-01-15T15:00:00Z", "channel": "Room", "count": 98}]})");
    Options options;
    options.guild_file = file.path;
    const SandboxProcess process(options);
    const SandboxClient client(process.endpoints());
    const std::string voice =
        client.create({{"name", "V"}, {"type", 2}, {"permission_overwrites", hidden_from_all_but(client.at)}})
            .id();
    ASSERT_EQ(client.create_event(voice, 1).status, 200);
    ASSERT_EQ(client.create_event(voice, 2).status, 200);
    const Reply refused = client.create_event(voice, 3);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), 30038);
    client.control("POST", "/clock",
                   {{"advance_seconds", 5 * 3600 + 60}});  // the first start is four hours gone
    EXPECT_EQ(client.create_event(voice, 3).status, 200);
    EXPECT_EQ(client.create_event(voice, 3).code(), 30038);
}

}  // namespace
}  // namespace convene::sandbox
