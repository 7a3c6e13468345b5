#include "discord/interactions_endpoint/interactions_endpoint.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "discord/rest/curl_transport.h"
#include "http/server.h"

namespace convene::discord {
namespace {

using namespace std::chrono_literals;

std::string hex(const unsigned char* bytes, std::size_t size) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += {kDigits[bytes[i] >> 4U], kDigits[bytes[i] & 15U]};
    return text;
}

/// Discord's end: signs with a key of its own.
class Signer {
public:
    Signer() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free) {}

    [[nodiscard]] std::string public_key() const {
        std::array<unsigned char, 32> bytes{};
        std::size_t size = bytes.size();
        EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size);
        return hex(bytes.data(), size);
    }
    [[nodiscard]] std::string sign(const std::string& message) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        std::array<unsigned char, 64> bytes{};
        std::size_t size = bytes.size();
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
        EVP_DigestSign(context.get(), bytes.data(), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size());
        return hex(bytes.data(), size);
    }
    [[nodiscard]] http::Request post(const std::string& body, std::chrono::sys_seconds at) const {
        http::Request request;
        request.method = "POST";
        request.path = {"interactions"};
        const std::string timestamp = std::to_string(at.time_since_epoch().count());
        request.headers = {{"x-signature-timestamp", timestamp},
                           {"x-signature-ed25519", sign(timestamp + body)}};
        request.body = body;
        return request;
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

class Endpoint : public testing::Test {
protected:
    int status(const http::Request& request) { return endpoint_.answer(request, now_).status; }

    const std::chrono::sys_seconds now_{1'800'000'000s};
    Signer discord_;
    std::vector<std::string> heard_;
    bool safe_ = true;
    InteractionsEndpoint endpoint_{discord_.public_key(), [this](const std::string& body) {
                                       heard_.push_back(body);
                                       return safe_;
                                   }};
};

TEST_F(Endpoint, a_ping_is_answered_by_a_pong_and_told_to_nobody) {
    const http::Response response = endpoint_.answer(discord_.post(R"({"type":1})", now_), now_);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"type":1})");
    EXPECT_NE(std::find(response.headers.begin(), response.headers.end(),
                        std::pair<std::string, std::string>("Content-Type", "application/json")),
              response.headers.end());
    EXPECT_TRUE(heard_.empty());
}

TEST_F(Endpoint, an_interaction_is_handed_on_byte_for_byte_and_answered_202_with_nothing) {
    const std::string body = R"({"type": 2,  "id":"7", "token":"tok", "data":{"name":"schedule"}})";
    const http::Response response = endpoint_.answer(discord_.post(body, now_), now_);
    EXPECT_EQ(response.status, 202);
    EXPECT_TRUE(response.body.empty());
    EXPECT_EQ(heard_, std::vector<std::string>{body});
}

TEST_F(Endpoint, what_may_still_be_lost_is_not_accepted) {
    safe_ = false;
    EXPECT_EQ(status(discord_.post(R"({"type":2,"id":"7"})", now_)), 503);
    EXPECT_EQ(heard_.size(), 1U);
}

TEST_F(Endpoint, whatever_discord_did_not_sign_is_401_and_told_to_nobody) {
    const http::Request good = discord_.post(R"({"type":2,"id":"7"})", now_);
    const auto altered = [&](const std::function<void(http::Request&)>& alter) {
        http::Request request = good;
        alter(request);
        return status(request);
    };
    ASSERT_EQ(status(good), 202);
    heard_.clear();
    EXPECT_EQ(altered([](auto& r) { r.body += " "; }), 401);
    EXPECT_EQ(altered([](auto& r) { r.body = R"({"type":1})"; }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers["x-signature-timestamp"] = "1800000001"; }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers.erase("x-signature-timestamp"); }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers.erase("x-signature-ed25519"); }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers["x-signature-ed25519"] = ""; }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers["x-signature-ed25519"] = std::string(128, '0'); }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers["x-signature-ed25519"] = std::string(128, 'z'); }), 401);
    EXPECT_EQ(altered([](auto& r) { r.headers["x-signature-ed25519"].pop_back(); }), 401);
    EXPECT_EQ(altered([&](auto& r) {
                  r.headers["x-signature-ed25519"] += ", " + r.headers["x-signature-ed25519"];
              }),
              401);
    EXPECT_EQ(status(Signer().post(R"({"type":2,"id":"7"})", now_)), 401) << "another key";
    EXPECT_EQ(status(Signer().post(R"({"type":1})", now_)), 401) << "Discord tests endpoints with such pings";
    EXPECT_TRUE(heard_.empty());
}

TEST_F(Endpoint, what_was_signed_more_than_five_minutes_ago_or_ahead_is_refused) {
    EXPECT_EQ(status(discord_.post(R"({"type":2})", now_ - 5min)), 202);
    EXPECT_EQ(status(discord_.post(R"({"type":2})", now_ - 5min - 1s)), 401);
    EXPECT_EQ(status(discord_.post(R"({"type":2})", now_ + 5min)), 202);
    EXPECT_EQ(status(discord_.post(R"({"type":2})", now_ + 5min + 1s)), 401);
    EXPECT_EQ(heard_.size(), 2U);
}

TEST_F(Endpoint, a_timestamp_that_is_no_time_is_401_even_when_signed) {
    for (const std::string timestamp :
         {"", "now", "-5", "1800000000.5", "99999999999999999999", " 1800000000"}) {
        http::Request request = discord_.post(R"({"type":2})", now_);
        request.headers["x-signature-timestamp"] = timestamp;
        request.headers["x-signature-ed25519"] = discord_.sign(timestamp + request.body);
        EXPECT_EQ(status(request), 401) << timestamp;
    }
}

TEST_F(Endpoint, signed_nonsense_is_400_and_other_methods_405) {
    for (const char* body : {"", "{", "[]", "{}", R"({"type":"1"})"})
        EXPECT_EQ(status(discord_.post(body, now_)), 400) << body;
    http::Request get = discord_.post("", now_);
    get.method = "GET";
    EXPECT_EQ(status(get), 405);
}

TEST(PublicKeyTest, the_vectors_of_rfc_8032_hold) {
    // RFC 8032, section 7.1, tests 2 and 3.
    const PublicKey second("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = read_signature(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b"
        "2eaeb4302a"
        "eeb00d291612bb0c00",
        "1");
    ASSERT_TRUE(signature);
    EXPECT_TRUE(second.verifies(signature->signature, "\x72"));
    EXPECT_FALSE(second.verifies(signature->signature, "\x73"));
    const PublicKey third("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    const auto other = read_signature(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c"
        "15e9716ed2"
        "8dc027beceea1ec40a",
        "1");
    EXPECT_TRUE(third.verifies(other->signature, "\xaf\x82"));
    EXPECT_FALSE(second.verifies(other->signature, "\xaf\x82"));
}

TEST(PublicKeyTest, anything_else_is_no_key) {
    for (const std::string& text :
         {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g'),
          std::string(32, 'a') + ":" + std::string(31, 'a')}) {
        EXPECT_THROW(PublicKey{text}, std::invalid_argument) << text;
    }
}

TEST(EndpointServer, serves_signed_interactions_over_a_socket) {
    const Signer discord;
    std::vector<std::string> heard;
    const InteractionsEndpoint endpoint(discord.public_key(), [&](const std::string& body) {
        heard.push_back(body);
        return true;
    });
    http::Server server({}, [&](const http::Request& request) {
        return endpoint.answer(request, std::chrono::system_clock::now());
    });
    CurlTransport transport;
    const auto post = [&](const std::string& body, bool forged) {
        const http::Request made =
            discord.post(body, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        HttpRequest request;
        request.method = "POST";
        request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/interactions";
        request.headers = {{"Content-Type", "application/json"},
                           {"X-Signature-Ed25519", made.header("x-signature-ed25519")},
                           {"X-Signature-Timestamp", made.header("x-signature-timestamp")}};
        request.body = forged ? body + "!" : body;
        const auto response = transport.send(request);
        return response ? std::pair(response->status, response->body) : std::pair(0, std::string());
    };
    EXPECT_EQ(post(R"({"type":1})", false), std::pair(200, std::string(R"({"type":1})")));
    EXPECT_EQ(post(R"({"type":2,"id":"9"})", false), std::pair(202, std::string()));
    EXPECT_EQ(post(R"({"type":2,"id":"9"})", true).first, 401);
    EXPECT_EQ(post(std::string(2 << 20, 'x'), false).first, 413);
    server.stop();
    EXPECT_EQ(heard.size(), 1U);
}

}  // namespace
}  // namespace convene::discord
