// tests/discord_sandbox/gateway_tls_fixture.h: a gateway behind TLS, with certificates made on the spot.
#pragma once
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>

#include "tests/discord_sandbox/gateway_fixture.h"
#include "tests/discord_sandbox/one_at_a_time_server.h"
#include "tests/support/program.h"

namespace convene::discord {

/// Speaks TLS to the outside and passes everything on to a port of this machine.
class TlsFront {
public:
    TlsFront(std::uint16_t behind, const std::string& certificate, const std::string& key)
        : identity_(certificate, key), behind_(behind), server_([this](int outside) { serve(outside); }) {}
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] int arrived() const { return arrived_; }
    [[nodiscard]] int shaken_hands() const { return shaken_hands_; }

private:
    void serve(int outside) {
        ++arrived_;
        const auto socket = identity_.accept(outside, 5s);
        if (!socket) return;
        ++shaken_hands_;
        server_.pass_on(*socket, behind_);
    }

    http::TlsIdentity identity_;
    std::uint16_t behind_;
    std::atomic<int> arrived_ = 0;
    std::atomic<int> shaken_hands_ = 0;
    OneAtATimeServer server_;  // last: its thread uses the rest
};

/// GET /gateway/bot names another address than the sandbox would.
class OtherAddress : public HttpTransport {
public:
    explicit OtherAddress(std::string url) : url_(std::move(url)) {}
    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override {
        auto response = real_.send(request);
        if (response && request.url.ends_with("/gateway/bot")) {
            Json body = Json::parse(response->body);
            body["url"] = url_;
            response->body = body.dump();
        }
        return response;
    }

private:
    CurlTransport real_;
    std::string url_;
};

class GatewayTlsTest : public GatewayClientTest {
protected:
    /// For `name`, and its own authority.
    void make_certificate(const std::string& name) {
        const auto made = convene::test::run_program(
            "/usr/bin/openssl", {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                                 "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                                 "subjectAltName=DNS:" + name, "-keyout", key(), "-out", certificate()});
        ASSERT_EQ(made.exit_code, 0) << made.err;
    }
    void trust_it() { ::setenv("SSL_CERT_FILE", certificate().c_str(), 1); }
    // Whatever proxy the machine has is none of these tests' business.
    void SetUp() override { ::setenv("no_proxy", "*", 1); }
    void TearDown() override {
        for (const char* name : {"SSL_CERT_FILE", "no_proxy", "https_proxy"}) ::unsetenv(name);
    }

    [[nodiscard]] std::string certificate() const { return folder_.path() / "certificate.pem"; }
    [[nodiscard]] std::string key() const { return folder_.path() / "key.pem"; }
    [[nodiscard]] std::uint16_t sandbox_port() const {
        const std::string url = sandbox_.endpoints().gateway;
        return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    }
    std::unique_ptr<GatewayClient> connect_to(const TlsFront& front, const std::string& host, Heard& heard) {
        return connect_to(fmt::format("wss://{}:{}/gateway", host, front.port()), heard);
    }
    std::unique_ptr<GatewayClient> connect_to(const std::string& url, Heard& heard) {
        return std::make_unique<GatewayClient>(configuration(),
                                               rest_client(std::make_shared<OtherAddress>(url)), std::nullopt,
                                               heard.callbacks());
    }
    static void await_attempts(const GatewayClient& client, std::uint64_t wanted) {
        for (int i = 0; i < 1000 && client.status().connections < wanted; ++i)
            std::this_thread::sleep_for(10ms);
        EXPECT_GE(client.status().connections, wanted) << "it goes on trying";
    }

    convene::test::TestFolder folder_;
};

}  // namespace convene::discord
