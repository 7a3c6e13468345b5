// tests/discord_sandbox/gateway_tls_fixture.h: a gateway behind TLS, with certificates made on the spot.
#pragma once
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>

#include "http/socket.h"
#include "tests/discord_sandbox/gateway_fixture.h"
#include "tests/support/program.h"

namespace convene::discord {

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Speaks TLS to the outside and passes everything on to a port of this machine, one connection at a time.
class TlsFront {
public:
    TlsFront(std::uint16_t behind, const std::string& certificate, const std::string& key)
        : identity_(certificate, key), behind_(behind), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        (void)::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        (void)::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~TlsFront() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int arrived() const { return arrived_; }
    [[nodiscard]] int shaken_hands() const { return shaken_hands_; }

private:
    void serve() {
        while (!stopping_) {
            const int inside = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
            if (inside < 0) return;
            ++arrived_;
            if (const auto socket = identity_.accept(inside, 5s)) {
                ++shaken_hands_;
                pass_on(*socket);
            }
            ::close(inside);
        }
    }
    void pass_on(http::Socket& outside) {
        const sockaddr_in address = loopback(behind_);
        const int inner = ::socket(AF_INET, SOCK_STREAM, 0);
        (void)::connect(inner, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::fcntl(inner, F_SETFL, O_NONBLOCK);
        const auto inside = http::plain_socket(inner);
        std::array<char, 4096> piece{};
        // Nothing to read and the end look alike: the test ends it.
        while (!stopping_) {
            if (const auto count = outside.read(piece.data(), piece.size(), 3ms))
                (void)inside->write({piece.data(), count}, 1s);
            if (const auto count = inside->read(piece.data(), piece.size(), 3ms))
                (void)outside.write({piece.data(), count}, 1s);
        }
        ::close(inner);
    }

    http::TlsIdentity identity_;
    std::uint16_t behind_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> arrived_ = 0;
    std::atomic<int> shaken_hands_ = 0;
    std::thread thread_;
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
