// The description of the API says what the code does: every path, and the form of every reply.
#include <gmock/gmock.h>

#include <set>

#include "tests/web/board_fixture.h"

namespace convene::test {
namespace {

using nlohmann::json;

/// As much of JSON Schema as the description uses.
class Schema {
public:
    explicit Schema(const json& description) : description_(description) {}

    void check(const json& schema, const json& value, const std::string& where) {
        if (schema.contains("$ref")) {
            const std::string name =
                schema.at("$ref").get<std::string>().substr(std::string("#/components/schemas/").size());
            check(description_.at("components").at("schemas").at(name), value, where);
            return;
        }
        if (schema.contains("oneOf")) {
            if (!value.is_null()) check(schema.at("oneOf")[0], value, where);
            return;
        }
        if (schema.contains("type")) check_type(schema.at("type"), value, where);
        if (schema.contains("enum") &&
            std::find(schema.at("enum").begin(), schema.at("enum").end(), value) == schema.at("enum").end())
            faults.push_back(where + ": " + value.dump() + " is none of " + schema.at("enum").dump());
        if (value.is_array() && schema.contains("items"))
            for (std::size_t i = 0; i < value.size(); ++i) check(schema.at("items"), value[i], where + "[]");
        if (value.is_object()) check_members(schema, value, where);
    }

    std::vector<std::string> faults;

private:
    static bool is(const std::string& type, const json& value) {
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
               (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null());
    }
    void check_type(const json& type, const json& value, const std::string& where) {
        bool fits = false;
        if (type.is_string()) {
            fits = is(type, value);
        } else {
            for (const auto& one : type) fits = fits || is(one, value);
        }
        if (!fits) faults.push_back(where + ": " + value.dump().substr(0, 60) + " is not " + type.dump());
    }
    void check_members(const json& schema, const json& value, const std::string& where) {
        for (const auto& name : schema.value("required", json::array()))
            if (!value.contains(name)) faults.push_back(where + ": lacks " + name.get<std::string>());
        for (const auto& [name, member] : value.items()) {
            const json properties = schema.value("properties", json::object());
            if (properties.contains(name)) {
                check(properties.at(name), member, where + "." + name);
            } else if (!schema.value("additionalProperties", true)) {
                faults.push_back(where + ": " + name + " is not described");
            }
        }
    }

    const json& description_;
};

class OpenApi : public BoardFixture {
protected:
    void SetUp() override {
        open(kSqlite);
        schedule();
        description_ = client().get("/openapi.json").json();
    }

    /// The reply is as described for `path`, and its status too.
    json ask(HttpClient& client, const std::string& method, const std::string& path, const std::string& asked,
             const std::optional<json>& body = {}) {
        std::string lower = method;
        for (char& c : lower) c = static_cast<char>(std::tolower(c));
        const json& operation = description_.at("paths").at("/api/v1" + path).at(lower);
        Schema schema(description_);
        if (body)
            schema.check(operation.at("requestBody").at("content").at("application/json").at("schema"), *body,
                         "body of " + path);
        const HttpReply reply =
            client.send(method, "/api/v1" + asked, body ? std::optional(body->dump()) : std::nullopt);
        const std::string status = std::to_string(reply.status);
        EXPECT_TRUE(operation.at("responses").contains(status))
            << method << ' ' << asked << " gave " << status << ' ' << reply.body;
        const json& described = operation.at("responses").value(status, json::object());
        json document;
        if (described.contains("content") && described.at("content").contains("application/json")) {
            document = reply.json();
            schema.check(described.at("content").at("application/json").at("schema"), document,
                         method + " " + path);
        }
        EXPECT_THAT(schema.faults, ::testing::IsEmpty());
        asked_.insert(method + " /api/v1" + path);
        return document;
    }

    /// Every event of a finished job is as described.
    void check_events(HttpClient& client, const std::string& job, const std::string& form) {
        Schema schema(description_);
        const auto told = events(client, job);
        EXPECT_FALSE(told.empty());
        for (const json& event : told)
            schema.check(description_.at("components").at("schemas").at(form), event, form);
        EXPECT_THAT(schema.faults, ::testing::IsEmpty());
    }

    json description_;
    std::set<std::string> asked_;
};

TEST_F(OpenApi, describes_exactly_the_paths_that_there_are) {
    std::set<std::string> described;
    for (const auto& [path, operations] : description_.at("paths").items())
        for (const char* method : {"get", "post", "delete", "put", "patch"}) {
            std::string upper = method;
            for (char& c : upper) c = static_cast<char>(std::toupper(c));
            if (operations.contains(method)) described.insert(upper + " " + path);
        }
    std::set<std::string> served;
    for (const auto& [method, path] : server_->routes()) served.insert(method + " " + path);
    EXPECT_EQ(described, served);
}

TEST_F(OpenApi, describes_every_reply_as_it_is) {
    HttpClient client = this->client();
    ask(client, "GET", "/session", "/session");
    ask(client, "POST", "/links", "/links", json{{"kind", "share"}, {"cohort", cohort_.value}});
    ask(client, "GET", "/openapi.json", "/openapi.json");
    ask(client, "GET", "/cohorts", "/cohorts");
    const json board = ask(client, "GET", "/cohorts/{cohort}", at());
    const std::string group = std::to_string(board.at("groups")[0].at("group_id").get<int>());
    const std::string person =
        std::to_string(board.at("groups")[0].at("members")[1].at("user_id").get<int>());
    const std::string cohort = "/cohorts/{cohort}";
    ask(client, "GET", cohort + "/groups", at("/groups"));
    ask(client, "GET", cohort + "/groups/{group}/starts", at("/groups/" + group + "/starts"));
    ask(client, "GET", cohort + "/checks", at("/checks"));
    ask(client, "GET", cohort + "/heat", at("/heat"));
    ask(client, "GET", cohort + "/heat/{hour}", at("/heat/18"));
    ask(client, "GET", cohort + "/people", at("/people"));
    ask(client, "GET", cohort + "/people/{person}", at("/people/" + person));
    ask(client, "GET", cohort + "/people/{person}/verdicts", at("/people/" + person + "/verdicts"));
    ask(client, "GET", cohort + "/unplaced", at("/unplaced"));
    const json renamed = ask(client, "POST", cohort + "/edits", at("/edits"),
                             json{{"command", "rename"},
                                  {"group", std::stoi(group)},
                                  {"text", "Owls"},
                                  {"version", board.at("version")}});
    ask(client, "POST", cohort + "/edits", at("/edits"),
        json{{"command", "postpone"},
             {"group", std::stoi(group)},
             {"week", 2},
             {"weeks", 2},
             {"version", renamed.at("version")}});
    ask(client, "GET", cohort + "/edits", at("/edits"));
    ask(client, "GET", cohort + "/runs", at("/runs"));
    const json run = ask(client, "POST", cohort + "/runs", at("/runs"),
                         json{{"reform", true}, {"time_limit_seconds", 60}});
    const std::string job = run.at("job");
    ask(client, "GET", "/jobs/{job}/events", "/jobs/" + job + "/events");
    check_events(client, job, "SolveEvent");
    ask(client, "GET", cohort + "/jobs", at("/jobs"));
    ask(client, "GET", "/jobs/{job}", "/jobs/" + job);
    ask(client, "DELETE", "/jobs/{job}", "/jobs/" + job);
    const json plans = ask(client, "GET", cohort + "/plans", at("/plans"));
    const std::string plan = std::to_string(plans.at("plans")[0].at("plan_id").get<int>());
    ask(client, "GET", cohort + "/plans/{plan}", at("/plans/" + plan));
    ask(client, "POST", cohort + "/plans/{plan}/accept", at("/plans/" + plan + "/accept"));
    const json again = ask(client, "POST", cohort + "/runs", at("/runs"),
                           json{{"reform", true}, {"time_limit_seconds", 60}});
    (void)last_event(client, again.at("job"));
    const json second = client.get(at("/plans")).json();
    ask(client, "DELETE", cohort + "/plans/{plan}",
        at("/plans/" + std::to_string(second.at("plans")[0].at("plan_id").get<int>())));
    ask(client, "GET", cohort + "/realization", at("/realization"));
    const json publish = ask(client, "POST", cohort + "/realization", at("/realization"));
    EXPECT_EQ(last_event(client, publish.at("job")).at("type"), "done");
    check_events(client, publish.at("job"), "PublishEvent");
    const json shown = ask(client, "GET", cohort + "/realization", at("/realization?restore=true"));
    EXPECT_FALSE(shown.at("steps")[0].at("changes").empty());
    ask(client, "POST", cohort + "/realization", at("/realization"), json{{"restore", true}});
    ask(client, "DELETE", "/session", "/session");

    // Logging in is in access_dbtest.cpp.
    for (const char* elsewhere :
         {"POST /api/v1/session", "GET /api/v1/login/discord", "GET /api/v1/login/discord/return"})
        asked_.insert(elsewhere);
    EXPECT_EQ(asked_.size(), server_->routes().size());
}

}  // namespace
}  // namespace convene::test
