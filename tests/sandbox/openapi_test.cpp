// Every kind of answer against Discord's own description of its API, which is
// not ours to ship.
#include "openapi_schema.h"
#include "sandbox_client.h"
#include "tests/exchanges/differences.h"

namespace convene::sandbox {
namespace {

class Described : public SandboxTest {
protected:
    void SetUp() override {
        schema = OpenApiSchema::find(CONVENE_OPENAPI_BESIDE);
        if (!schema) GTEST_SKIP() << OpenApiSchema::kAbsent;
    }
    /// Checks the answer, and that the log filed the request under this operation.
    Reply expect(const std::string& operation, int status, const Reply& reply) {
        EXPECT_EQ(reply.status, status) << operation << ' ' << reply.text;
        const json body = reply.text.empty() ? json(nullptr) : reply.body;
        for (const std::string& fault : schema->faults_of_answer(operation, status, body)) {
            const std::string marked = (status == 429 ? "429 " : "") + fault;
            EXPECT_GE(explanation(Difference::In::answer, operation, marked), 0)
                << operation << ' ' << status << ' ' << fault;
        }
        EXPECT_EQ(client.requests().back()["bucket"], operation);
        return reply;
    }

    std::optional<OpenApiSchema> schema;
};

TEST_F(Described, answers_fit_the_description) {
    settings({{"guild_members_intent", true}});
    client.join("555", true);
    const std::string guild = client.guild();
    const std::string events = guild + "/scheduled-events";
    expect("get_my_user", 200, client.rest("GET", "/users/@me"));
    expect("get_my_application", 200, client.rest("GET", "/applications/@me"));
    expect("get_bot_gateway", 200, client.rest("GET", "/gateway/bot"));
    expect("get_guild", 200, client.rest("GET", guild));
    expect("get_guild", 200, client.rest("GET", guild + "?with_counts=true"));
    expect("list_guild_roles", 200, client.rest("GET", guild + "/roles"));
    expect("get_guild_member", 200, client.rest("GET", guild + "/members/555"));
    expect("get_guild_member", 404, client.rest("GET", guild + "/members/556"));
    expect("list_guild_members", 200, client.rest("GET", guild + "/members?limit=5"));
    expect("search_guild_members", 200, client.rest("GET", guild + "/members/search?query=u"));

    const std::string category =
        expect("create_guild_channel", 201, client.create({{"name", "C"}, {"type", 4}})).id();
    const std::string text = expect("create_guild_channel", 201,
                                    client.create({{"name", "t"}, {"parent_id", category}, {"topic", "x"}}))
                                 .id();
    const std::string voice =
        expect("create_guild_channel", 201,
               client.create({{"name", "v"},
                              {"type", 2},
                              {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}}))
            .id();
    expect("create_guild_channel", 400, client.create({{"name", ""}}));
    expect("list_guild_channels", 200, client.rest("GET", guild + "/channels"));
    expect("bulk_update_guild_channels", 204,
           client.rest("PATCH", guild + "/channels", {{{"id", text}, {"position", 3}}}));
    expect("get_channel", 200, client.rest("GET", "/channels/" + voice));
    expect("get_channel", 404, client.rest("GET", "/channels/77"));
    expect("update_channel", 200, client.rest("PATCH", "/channels/" + text, {{"topic", "y"}}));
    expect("set_channel_permission_overwrite", 204,
           client.rest("PUT", "/channels/" + text + "/permissions/555", {{"type", 1}, {"allow", "1024"}}));
    expect("delete_channel_permission_overwrite", 204,
           client.rest("DELETE", "/channels/" + text + "/permissions/555"));

    const Reply event = expect(
        "create_guild_scheduled_event", 200,
        client.create_event(
            voice, 24,
            {{"recurrence_rule",
              {{"start", client.in_hours(24)}, {"frequency", 2}, {"interval", 1}, {"by_weekday", {1}}}}}));
    expect("create_guild_scheduled_event", 200,
           client.rest("POST", events,
                       {{"name", "out"},
                        {"entity_type", 3},
                        {"privacy_level", 2},
                        {"scheduled_start_time", client.in_hours(2)},
                        {"scheduled_end_time", client.in_hours(3)},
                        {"entity_metadata", {{"location", "park"}}}}));
    expect("create_guild_scheduled_event", 400, client.create_event(voice, -5));
    expect("list_guild_scheduled_events", 200, client.rest("GET", events + "?with_user_count=true"));
    expect("get_guild_scheduled_event", 200, client.rest("GET", events + "/" + event.id()));
    expect("update_guild_scheduled_event", 200,
           client.rest("PATCH", events + "/" + event.id(), {{"name", "n"}}));
    expect("delete_guild_scheduled_event", 204, client.rest("DELETE", events + "/" + event.id()));

    const std::string messages = "/channels/" + text + "/messages";
    client.control("POST", "/act",
                   {{"user_id", client.at.admin_user_id},
                    {"method", "PUT"},
                    {"path", "/channels/" + text + "/permissions/" + client.at.bot_user_id},
                    {"body", {{"type", 1}, {"allow", "2251799813685248"}}}});
    const json rich = {
        {"content", "hi <@555>"},
        {"nonce", "n"},
        {"embeds",
         {{{"title", "t"},
           {"color", 5},
           {"timestamp", client.in_hours(0)},
           {"footer", {{"text", "f"}}},
           {"author", {{"name", "a"}}},
           {"fields", {{{"name", "n"}, {"value", "v"}, {"inline", true}}}}}}},
        {"components",
         {{{"type", 1}, {"components", {{{"type", 2}, {"style", 1}, {"label", "l"}, {"custom_id", "c"}}}}}}}};
    const std::string message = expect("create_message", 200, client.say(text, rich)).id();
    expect("create_message", 400, client.say(text, json::object()));
    expect("create_pin", 204, client.rest("PUT", messages + "/pins/" + message));
    expect("list_pins", 200, client.rest("GET", messages + "/pins"));
    expect("list_messages", 200, client.rest("GET", messages));
    expect("get_message", 200, client.rest("GET", messages + "/" + message));
    expect("update_message", 200, client.rest("PATCH", messages + "/" + message, {{"content", "y"}}));
    expect("delete_pin", 204, client.rest("DELETE", messages + "/pins/" + message));
    expect("delete_message", 204, client.rest("DELETE", messages + "/" + message));
    expect("list_guild_audit_log_entries", 200, client.rest("GET", guild + "/audit-logs"));
    expect("delete_channel", 200, client.rest("DELETE", "/channels/" + voice));
}

TEST_F(Described, every_429_of_discords_own_fits_it_too) {
    settings({{"rate_limits", true},
              {"buckets", {{"create_guild_channel", {{"limit", 1}, {"window_ms", 60'000}}}}}});
    expect("create_guild_channel", 201, client.create({{"name", "x"}}));
    expect("create_guild_channel", 429, client.create({{"name", "x"}}));
    client.control("POST", "/faults", {{{"mode", "rate_limit_shared"}, {"path", "/roles"}, {"code", 20029}}});
    expect("list_guild_roles", 429, client.rest("GET", client.guild() + "/roles"));
}

}  // namespace
}  // namespace convene::sandbox
