#include "discord/bot/interaction_api.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/discord/support/scripted_transport.h"

namespace convene::discord {
namespace {

using test::refusal;
using FirstAnswer = InteractionApi::FirstAnswer;
using Delivery = InteractionApi::Delivery;

const auto kLost = tl::unexpected(TransportFault{true, "reset"});

struct InteractionApiTest : testing::Test {
    std::shared_ptr<test::ScriptedTransport> transport = std::make_shared<test::ScriptedTransport>();
    std::shared_ptr<RestClient> client = test::client_over(transport);
    InteractionApi api{client, client, "9"};

    FirstAnswer answer() { return api.answer("11", "tok", write_deferral(false)); }
    Delivery edit() {
        return api.edit("tok", {}, [] { return false; });
    }
    Delivery post() {
        NewMessage message;
        message.content = "hello";
        message.nonce = "job1";
        return api.post("6", message, [] { return false; }).delivery;
    }
};

TEST_F(InteractionApiTest, a_lost_answer_is_sent_again_and_the_echo_of_the_first_is_no_stranger) {
    for (const int code : {40060, 10062}) {
        transport->replies = {kLost, refusal(code == 40060 ? 400 : 404, code)};
        EXPECT_EQ(answer(), FirstAnswer::accepted) << code;
    }
    transport->replies = {kLost, HttpResponse{204, {}, ""}};
    EXPECT_EQ(answer(), FirstAnswer::accepted);
}

TEST_F(InteractionApiTest, without_doubt_the_same_codes_mean_another_bot_or_too_late) {
    transport->replies = {refusal(400, 40060)};
    EXPECT_EQ(answer(), FirstAnswer::answered_before);
    transport->replies = {refusal(404, 10062)};
    EXPECT_EQ(answer(), FirstAnswer::too_late);
    EXPECT_EQ(transport->asked.size(), 2U);
    EXPECT_EQ(transport->asked[0].url, "http://127.0.0.1:1/api/v10/interactions/11/tok/callback");
}

TEST_F(InteractionApiTest, lost_twice_is_failed) {
    transport->replies = {kLost, kLost};
    EXPECT_EQ(answer(), FirstAnswer::failed);
}

TEST_F(InteractionApiTest, a_dead_token_is_gone_and_a_refusal_is_not) {
    for (const auto& dead : {refusal(401, 50027), refusal(404, 10015), refusal(404, 10008)}) {
        transport->replies = {dead};
        EXPECT_EQ(edit(), Delivery::gone);
    }
    transport->replies = {refusal(400, 50035)};
    EXPECT_EQ(edit(), Delivery::refused);
    transport->replies.assign(9, HttpResponse{500, {}, ""});
    EXPECT_EQ(edit(), Delivery::unreachable);
    EXPECT_EQ(api.edit("", {}, [] { return false; }), Delivery::gone) << "forgotten tokens edit nothing";
}

TEST_F(InteractionApiTest, a_message_in_doubt_is_repeated_under_its_nonce) {
    transport->replies = {kLost, HttpResponse{200, {}, "{}"}};
    EXPECT_EQ(post(), Delivery::delivered);
    ASSERT_EQ(transport->asked.size(), 2U);
    EXPECT_EQ(transport->asked[0].body, transport->asked[1].body);
    const auto body = nlohmann::json::parse(transport->asked[0].body);
    EXPECT_EQ(body["nonce"], "job1");
    EXPECT_EQ(body["enforce_nonce"], true);
    transport->replies = {refusal(403, 50001)};
    EXPECT_EQ(post(), Delivery::refused);
}

TEST_F(InteractionApiTest, an_answer_is_found_among_what_was_said_after_the_command) {
    const auto find = [&] { return api.find_answer("6", "11", [] { return false; }); };
    transport->replies = {HttpResponse{200, {}, R"([
        {"id":"40","author":{"id":"9"},"content":"later","interaction_metadata":{"id":"12"}},
        {"id":"30","author":{"id":"8"},"content":"chat","interaction_metadata":null},
        {"id":"20","author":{"id":"9"},"content":"mine","interaction_metadata":{"id":"11"}},
        {"id":"15","author":{"id":"8"},"content":"chat"}])"}};
    EXPECT_EQ(find(), "20");
    EXPECT_EQ(transport->asked.back().url,
              "http://127.0.0.1:1/api/v10/channels/6/messages?limit=100&after=11");
    for (const auto& nothing :
         {HttpResponse{200, {}, "[]"}, HttpResponse{200, {}, "no list"}, refusal(403, 50001)}) {
        transport->replies = {nothing};
        EXPECT_EQ(find(), std::nullopt);
    }
}

TEST_F(InteractionApiTest, what_was_posted_is_known_by_its_id_if_discord_says_it) {
    const auto posted = [&] { return api.post("6", {}, [] { return false; }); };
    transport->replies = {HttpResponse{200, {}, R"({"id":"50","content":"hello"})"}};
    EXPECT_EQ(posted().message_id, "50");
    transport->replies = {HttpResponse{200, {}, "<html>"}};
    EXPECT_EQ(posted().delivery, Delivery::delivered);
}

TEST_F(InteractionApiTest, a_dead_interaction_token_says_nothing_of_the_bots) {
    RestError error;
    error.api = ApiError{401, 50027, "Invalid Webhook Token", {}};
    EXPECT_FALSE(error.bad_token());
    error.api.code = 0;
    EXPECT_TRUE(error.bad_token());
}

}  // namespace
}  // namespace convene::discord
