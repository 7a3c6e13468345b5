// Interactions by HTTP, from the side of an application that has an endpoint.
#include <openssl/evp.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "gateway_client.h"
#include "sandbox/http/http_server.h"
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

std::vector<unsigned char> bytes_of(const std::string& digits) {
    std::vector<unsigned char> out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        out.push_back(static_cast<unsigned char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return out;
}

bool is_signed(const HttpRequest& request, const std::string& verify_key) {
    const auto key = bytes_of(verify_key);
    const auto signature = bytes_of(request.header("x-signature-ed25519"));
    const std::string message = request.header("x-signature-timestamp") + request.body;
    EVP_PKEY* pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size());
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, pkey);
    const int verified =
        EVP_DigestVerify(context, signature.data(), signature.size(),
                         reinterpret_cast<const unsigned char*>(message.data()), message.size());
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return verified == 1;
}

HttpResponse json_answer(int status, const json& body) {
    return {status, {{"Content-Type", "application/json"}}, body.dump()};
}

/// An application whose checks and answers the test chooses.
class Application {
public:
    explicit Application(const SandboxClient& client)
        : verify_key(client.rest("GET", "/applications/@me").body["verify_key"]),
          server_(0, [this](const HttpRequest& request) { return HttpOutcome::with(answer(request)); }) {}

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_.port()) + "/i";
    }
    json received() {
        const std::lock_guard lock(mutex_);
        return received_;
    }

    std::string verify_key;
    std::atomic<bool> credulous = false;  ///< believes every signature
    std::atomic<int> pong_status = 200;
    std::atomic<int> status = 200;
    json reply = {{"type", 4}, {"data", {{"content", "hello"}}}};  ///< null: an empty body

private:
    HttpResponse answer(const HttpRequest& request) {
        if (!credulous && !is_signed(request, verify_key)) return {401, {}, "invalid request signature"};
        const json interaction = json::parse(request.body);
        if (interaction["type"] == 1) return json_answer(pong_status, {{"type", 1}});
        const std::lock_guard lock(mutex_);
        received_.push_back(interaction);
        if (reply.is_null()) return {status, {}, ""};
        return json_answer(status, reply);
    }

    std::mutex mutex_;
    json received_ = json::array();
    HttpServer server_;
};

class EndpointTest : public SandboxTest {
protected:
    EndpointTest() : application(client) {
        const json hello = {{"name", "hello"}, {"description", "Greets"}};
        const std::string path =
            "/applications/" + client.at.application_id + "/guilds/" + client.at.guild_id + "/commands";
        EXPECT_EQ(client.rest("PUT", path, json::array({hello})).status, 200);
    }
    Reply set(const json& url) const { return client.control("POST", "/endpoint", {{"url", url}}); }
    std::string type() const {
        return client
            .control("POST", "/interactions", {{"user_id", client.at.admin_user_id}, {"command", "hello"}})
            .id();
    }
    json shown(const std::string& id) const { return client.control("GET", "/interactions/" + id).body; }
    /// The interaction once it says `status`, or as it is after five seconds.
    json wait_for(const std::string& id, const std::string& status) const {
        for (int i = 0; i < 500 && shown(id)["status"] != status; ++i) rest();
        return shown(id);
    }
    bool happened(const std::string& what) const {
        for (int i = 0; i < 500; ++i) {
            const json endpoint = client.control("GET", "/endpoint").body;
            for (const json& entry : endpoint["history"]) {
                if (entry["what"] == what) return true;
            }
            rest();
        }
        return false;
    }
    static void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }

    Application application;
};

TEST_F(EndpointTest, an_endpoint_that_checks_signatures_is_verified_and_shown) {
    const Reply set_up = set(application.url());
    ASSERT_EQ(set_up.status, 200) << set_up.text;
    EXPECT_EQ(set_up.body["verify_key"], application.verify_key);
    EXPECT_EQ(client.rest("GET", "/applications/@me").body["interactions_endpoint_url"], application.url());
}

TEST_F(EndpointTest, one_that_believes_everything_is_not) {
    application.credulous = true;
    const Reply refused = set(application.url());
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.text.find("bad signature"), std::string::npos) << refused.text;
    EXPECT_TRUE(client.rest("GET", "/applications/@me").body["interactions_endpoint_url"].is_null());
}

TEST_F(EndpointTest, one_that_answers_no_ping_is_not) {
    application.pong_status = 404;
    EXPECT_EQ(set(application.url()).status, 400);
    EXPECT_EQ(set("http://127.0.0.1:1/").status, 400);
}

TEST_F(EndpointTest, a_command_goes_there_and_not_over_the_gateway_and_the_reply_is_the_answer) {
    GatewayClient gateway(client.at.gateway);
    (void)gateway.log_in(client.at.token);
    (void)gateway.event("GUILD_CREATE");
    ASSERT_EQ(set(application.url()).status, 200);
    const std::string id = type();
    const json answered = wait_for(id, "answered");
    EXPECT_EQ(answered["content"], "hello");
    EXPECT_EQ(application.received()[0]["id"], id);
    EXPECT_EQ(gateway.names(), std::vector<std::string>{});
    EXPECT_TRUE(happened("turned a forgery away"));
    EXPECT_EQ(application.received().size(), 1U) << "the forgery was not taken for a command";
    ASSERT_EQ(set(nullptr).status, 200);
    const std::string later = type();
    EXPECT_EQ(gateway.event("INTERACTION_CREATE")["id"], later);
}

TEST_F(EndpointTest, who_believes_a_forgery_loses_the_url) {
    ASSERT_EQ(set(application.url()).status, 200);
    application.credulous = true;
    (void)type();
    EXPECT_TRUE(happened("believed a forgery: the URL is removed"));
    EXPECT_TRUE(client.control("GET", "/endpoint").body["url"].is_null());
}

TEST_F(EndpointTest, an_empty_202_leaves_the_answer_to_the_callback_route) {
    ASSERT_EQ(set(application.url()).status, 200);
    application.status = 202;
    application.reply = nullptr;
    const std::string id = type();
    ASSERT_TRUE(happened("accepted"));
    EXPECT_EQ(shown(id)["status"], "waiting");
    const std::string token = application.received()[0]["token"];
    EXPECT_EQ(client
                  .rest("POST", "/interactions/" + id + "/" + token + "/callback",
                        {{"type", 4}, {"data", {{"content", "by the callback"}}}})
                  .status,
              204);
    EXPECT_EQ(shown(id)["content"], "by the callback");
}

TEST_F(EndpointTest, an_error_or_a_reply_that_fits_nothing_is_no_answer) {
    ASSERT_EQ(set(application.url()).status, 200);
    application.status = 500;
    const std::string failed = type();
    EXPECT_TRUE(happened("endpoint answered 500"));
    EXPECT_EQ(shown(failed)["acknowledged"], false);
    application.status = 200;
    application.reply = {{"type", 8}, {"data", {{"choices", json::array()}}}};
    const std::string odd = type();
    (void)happened("turned a forgery away");
    for (int i = 0; i < 500 && shown(odd)["history"].empty(); ++i) rest();
    EXPECT_NE(shown(odd)["history"][0]["what"].get<std::string>().find("refused: 50035"), std::string::npos);
}

TEST_F(EndpointTest, the_same_interaction_can_come_twice_and_a_lost_one_never) {
    ASSERT_EQ(set(application.url()).status, 200);
    client.control("POST", "/gateway", {{"action", "duplicate"}, {"event", "INTERACTION_CREATE"}});
    const std::string id = type();
    for (int i = 0; i < 500 && application.received().size() < 2; ++i) rest();
    const json received = application.received();
    ASSERT_EQ(received.size(), 2U);
    EXPECT_EQ(received[0]["id"], id);
    EXPECT_EQ(received[1]["id"], id);
    client.control("POST", "/gateway", {{"action", "lose"}, {"event", "INTERACTION_CREATE"}});
    const std::string lost = type();
    EXPECT_EQ(shown(lost)["status"], "waiting");
    client.control("POST", "/clock", {{"advance_seconds", 4}});
    EXPECT_EQ(shown(lost)["status"], "failed");
    EXPECT_EQ(application.received().size(), 2U);
}

TEST_F(EndpointTest, single_requests_can_be_tried_with_every_kind_of_signature) {
    ASSERT_EQ(set(application.url()).status, 200);
    const auto attempt = [&](const json& how) {
        return client.control("POST", "/endpoint/try", how).body["status"];
    };
    EXPECT_EQ(attempt(json::object()), 200);
    EXPECT_EQ(attempt({{"signature", "bad"}}), 401);
    EXPECT_EQ(attempt({{"signature", "missing"}}), 401);
    EXPECT_EQ(attempt({{"signature", "other_body"}}), 401);
    const std::string id = type();
    (void)wait_for(id, "answered");
    EXPECT_EQ(attempt({{"interaction_id", id}, {"age_seconds", 600}}), 200);
    EXPECT_EQ(application.received().back()["id"], id) << "a replay, signed as long ago as was asked";
}

TEST(EndpointFile, the_key_outlives_the_process) {
    const TemporaryFile file;
    Options options;
    options.state_file = file.path;
    std::string key;
    {
        const SandboxProcess process(options);
        key = SandboxClient(process.endpoints()).rest("GET", "/applications/@me").body["verify_key"];
    }
    const SandboxProcess again(options);
    EXPECT_EQ(SandboxClient(again.endpoints()).rest("GET", "/applications/@me").body["verify_key"], key);
}

}  // namespace
}  // namespace convene::sandbox
