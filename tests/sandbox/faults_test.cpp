#include <thread>

#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

/// Tries to create one channel under a fault, and counts what came of it.
class Faults : public SandboxTest {
protected:
    void order(const json& fault) const {
        const Reply ordered = client.control("POST", "/faults", json::array({fault}));
        ASSERT_EQ(ordered.status, 200) << ordered.text;
    }
    Reply attempt(long timeout_ms = 120'000) const {
        return client.rest("POST", client.guild() + "/channels", {{"name", "x"}}, {}, timeout_ms);
    }
    std::size_t made() const { return client.state()["channels"].size() - 1; }
    json last_request() const { return client.requests().back(); }
};

TEST_F(Faults, drop_before_makes_nothing_and_says_nothing) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "drop_before"}});
    EXPECT_EQ(attempt().outcome, CURLE_GOT_NOTHING);
    EXPECT_EQ(made(), 0U);
    EXPECT_EQ(last_request()["fault"], "drop_before");
    EXPECT_TRUE(last_request()["status"].is_null());
    EXPECT_EQ(last_request()["committed"], false);
}

TEST_F(Faults, drop_after_commit_makes_it_and_says_nothing) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "drop_after_commit"}});
    EXPECT_EQ(attempt().outcome, CURLE_GOT_NOTHING);
    EXPECT_EQ(made(), 1U);
    EXPECT_EQ(last_request()["committed"], true);
}

TEST_F(Faults, error_500_after_commit_makes_it_and_denies_it) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "error_500_after_commit"}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.code(), 0);
    EXPECT_EQ(made(), 1U);
}

TEST_F(Faults, error_502_makes_nothing_and_answers_html) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "error_502"}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 502);
    EXPECT_TRUE(reply.body.is_discarded());
    EXPECT_EQ(made(), 0U);
}

TEST_F(Faults, hang_makes_nothing_and_holds_until_the_client_gives_up) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "hang"}});
    EXPECT_EQ(attempt(200).outcome, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(made(), 0U);
}

TEST_F(Faults, hang_after_commit_makes_it_and_holds_until_the_client_gives_up) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "hang_after_commit"}});
    EXPECT_EQ(attempt(200).outcome, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(made(), 1U);
}

TEST_F(Faults, late_commit_makes_it_only_after_the_client_gave_up) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"nth", 1}, {"mode", "late_commit"}, {"delay_ms", 0}});
    std::thread patient([&] { EXPECT_EQ(attempt(400).outcome, CURLE_OPERATION_TIMEDOUT); });
    while (client.requests().empty()) std::this_thread::yield();
    EXPECT_EQ(made(), 0U);
    patient.join();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (made() == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_EQ(made(), 1U);
    EXPECT_EQ(client.requests()[0]["committed"], true);
}

TEST_F(Faults, a_shared_429_makes_nothing_and_shows_requests_remaining) {
    settings({{"rate_limits", true}});
    order({{"method", "POST"},
           {"path", "/channels$"},
           {"nth", 1},
           {"mode", "rate_limit_shared"},
           {"retry_after", 30},
           {"code", 20029}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(reply.body["global"], false);
    EXPECT_EQ(reply.body["retry_after"], 30.0);
    EXPECT_EQ(reply.body["code"], 20029);
    EXPECT_EQ(reply.headers.at("x-ratelimit-scope"), "shared");
    EXPECT_EQ(reply.headers.at("retry-after"), "30");
    EXPECT_NE(reply.headers.at("x-ratelimit-remaining"), "0");
    EXPECT_TRUE(last_request()["violation"].is_null());

    EXPECT_EQ(attempt().status, 429);
    EXPECT_TRUE(last_request()["violation"].is_string());
    client.control("POST", "/clock", {{"advance_seconds", 30}});
    EXPECT_EQ(attempt().status, 201);
    EXPECT_EQ(made(), 1U);
}

TEST_F(Faults, cloudflares_429_is_a_page_without_bucket_headers_and_blocks_everything) {
    settings({{"rate_limits", true}});
    order({{"method", "POST"},
           {"path", "/channels$"},
           {"nth", 1},
           {"mode", "cloudflare_429"},
           {"retry_after", 30}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 429);
    EXPECT_TRUE(reply.body.is_discarded());
    EXPECT_FALSE(reply.headers.contains("x-ratelimit-bucket"));
    EXPECT_FALSE(reply.headers.contains("via"));
    EXPECT_EQ(reply.headers.at("retry-after"), "30");
    EXPECT_EQ(client.rest("GET", "/users/@me").status, 429);
    client.control("POST", "/clock", {{"advance_seconds", 30}});
    EXPECT_EQ(client.rest("GET", "/users/@me").status, 200);
}

TEST_F(Faults, a_504_hides_that_it_was_made) {
    order({{"method", "POST"}, {"path", "/channels$"}, {"mode", "error_504_after_commit"}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 504);
    EXPECT_TRUE(reply.body.is_discarded());
    EXPECT_EQ(made(), 1U);
}

TEST_F(Faults, any_refusal_of_discords_can_be_ordered) {
    order({{"method", "POST"},
           {"path", "/channels$"},
           {"mode", "refuse"},
           {"status", 400},
           {"code", 20031},
           {"message", "Channel name contains a banned word"}});
    const Reply reply = attempt();
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.code(), 20031);
    EXPECT_EQ(made(), 0U);
}

TEST_F(Faults, the_nth_matching_request_is_struck_and_no_other) {
    order({{"method", "POST"}, {"path", "^/guilds/[0-9]+/channels$"}, {"nth", 3}, {"mode", "error_502"}});
    std::vector<long> seen;
    for (int i = 0; i < 4; ++i) {
        (void)client.rest("GET", client.guild() + "/channels");
        seen.push_back(attempt().status);
    }
    EXPECT_EQ(seen, (std::vector<long>{201, 201, 502, 201}));
    client.control("DELETE", "/faults");
    EXPECT_TRUE(client.control("GET", "/faults").body.empty());
}

TEST_F(Faults, a_bad_description_is_refused_whole) {
    const Reply reply = client.control(
        "POST", "/faults", {{{"mode", "hang"}, {"path", "a"}}, {{"mode", "explode"}, {"path", "("}}});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.body["faults"].size(), 2U);
    EXPECT_TRUE(client.control("GET", "/faults").body.empty());
}

}  // namespace
}  // namespace convene::sandbox
