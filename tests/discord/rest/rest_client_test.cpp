#include "discord/rest/rest_client.h"

#include <gtest/gtest.h>

#include <deque>

namespace convene::discord {
namespace {

using std::chrono::milliseconds;
using Reply = tl::expected<HttpResponse, TransportFault>;

// Answers from a list and remembers what it was asked.
class ScriptedTransport : public HttpTransport {
public:
    std::deque<Reply> replies;
    std::vector<HttpRequest> asked;

    Reply send(const HttpRequest& request) override {
        asked.push_back(request);
        if (replies.empty()) return HttpResponse{200, {}, "{}"};
        Reply reply = replies.front();
        replies.pop_front();
        return reply;
    }
};

const Route kCreate(Method::post, "/guilds/{guild_id}/channels", {"1"});
const Route kRead(Method::get, "/guilds/{guild_id}/channels", {"1"});
const Route kGrant(Method::put, "/channels/{channel_id}/permissions/{user_id}", {"7", "9"});

struct Fixture : testing::Test {
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    RestClient client = make();

    RestClient make() {
        RestClient::Settings settings;
        settings.api_base = "http://127.0.0.1:1/api/v10";
        settings.token = "very-secret";
        settings.user_agent = "DiscordBot (https://example.org, 1)";
        settings.first_retry_pause = milliseconds(0);
        settings.limits.silent_block = milliseconds(0);
        return {settings, transport};
    }
    tl::expected<RestReply, RestError> send(const Route& route, const std::string& body = "") {
        return client.send({route, body, "why not"}, [] { return false; });
    }
};
using RestClientTest = Fixture;

TEST_F(RestClientTest, post_in_doubt_is_never_repeated) {
    for (const Reply& doubt : {Reply(HttpResponse{500, {}, ""}), Reply(HttpResponse{502, {}, ""}),
                               Reply(HttpResponse{503, {}, ""}), Reply(HttpResponse{504, {}, ""}),
                               Reply(tl::unexpected(TransportFault{true, "timeout"}))}) {
        transport->asked.clear();
        transport->replies = {doubt};
        const auto result = send(kCreate, "{}");
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, RestError::Kind::unknown_outcome);
        EXPECT_EQ(transport->asked.size(), 1U);
    }
}

TEST_F(RestClientTest, post_that_never_left_is_repeated) {
    transport->replies = {tl::unexpected(TransportFault{false, "refused"}), HttpResponse{201, {}, "{}"}};
    EXPECT_EQ(send(kCreate, "{}")->status, 201);
}

TEST_F(RestClientTest, put_and_get_are_repeated_after_trouble) {
    transport->replies = {HttpResponse{500, {}, ""}, tl::unexpected(TransportFault{true, "reset"}),
                          HttpResponse{204, {}, ""}};
    EXPECT_EQ(send(kGrant, "{}")->status, 204);
    transport->replies = {HttpResponse{502, {}, ""}, HttpResponse{200, {}, "[]"}};
    EXPECT_EQ(send(kRead)->status, 200);
}

TEST_F(RestClientTest, trouble_without_end_is_told_as_such) {
    transport->replies.assign(9, HttpResponse{500, {}, ""});
    const auto result = send(kRead);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, RestError::Kind::unreachable);
    EXPECT_EQ(transport->asked.size(), 5U);
}

TEST_F(RestClientTest, post_refused_for_its_rate_was_not_carried_out_and_goes_again) {
    transport->replies = {
        HttpResponse{429, {{"retry-after", "0"}, {"x-ratelimit-scope", "shared"}}, R"({"retry_after":0.0})"},
        HttpResponse{201, {}, "{}"}};
    EXPECT_EQ(send(kCreate, "{}")->status, 201);
}

TEST_F(RestClientTest, refusal_carries_the_code) {
    transport->replies = {HttpResponse{403, {}, R"({"code":50013,"message":"Missing Permissions"})"}};
    const auto result = send(kCreate, "{}");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, RestError::Kind::refused);
    EXPECT_EQ(result.error().api.code, error_code::kMissingPermissions);
}

TEST_F(RestClientTest, headers_are_as_discord_demands_and_the_token_is_in_no_message) {
    transport->replies = {HttpResponse{401, {}, R"({"message":"401: Unauthorized","code":0})"}};
    const auto result = send(kCreate, "{}");
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().bad_token());
    EXPECT_EQ(result.error().message.find("very-secret"), std::string::npos);
    std::map<std::string, std::string> headers(transport->asked[0].headers.begin(),
                                               transport->asked[0].headers.end());
    EXPECT_EQ(headers["Authorization"], "Bot very-secret");
    EXPECT_EQ(headers["User-Agent"], "DiscordBot (https://example.org, 1)");
    EXPECT_EQ(headers["Content-Type"], "application/json");
    EXPECT_EQ(headers["X-Audit-Log-Reason"], "why%20not");
    EXPECT_EQ(transport->asked[0].url, "http://127.0.0.1:1/api/v10/guilds/1/channels");
}

TEST_F(RestClientTest, stop_ends_a_wait_for_the_limit) {
    transport->replies = {HttpResponse{429,
                                       {{"retry-after", "3600"}, {"x-ratelimit-scope", "user"}},
                                       R"({"retry_after":3600.0,"global":false})"}};
    int polls = 0;
    const auto result = client.send({kCreate, "{}", ""}, [&] { return ++polls > 3; });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, RestError::Kind::stopped);
}

}  // namespace
}  // namespace convene::discord
