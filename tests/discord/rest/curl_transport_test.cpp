#include "discord/rest/curl_transport.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace convene::discord {
namespace {

TEST(ApiBase, https_anywhere_and_http_on_loopback_only) {
    for (const char* good :
         {"https://discord.com/api/v10", "http://127.0.0.1:41001/api/v10", "http://localhost:8080/api/v10",
          "http://[::1]:9/api/v10", "http://127.8.9.10/api"}) {
        EXPECT_FALSE(api_base_fault(good)) << good;
    }
    for (const char* bad : {"http://discord.com/api/v10", "http://127.0.0.1.example.org/", "http://10.0.0.1/",
                            "ftp://127.0.0.1/", "http://127.0.0.1@example.org/",
                            "http://localhost.example.org/", "nonsense", ""}) {
        EXPECT_TRUE(api_base_fault(bad)) << bad;
    }
}

/// Answers the first request of each connection and closes on the second
/// without a word: what a server does that dies after it has acted.
class SecondRequestUnanswered {
public:
    SecondRequestUnanswered() {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(listener_, 4), 0);
        EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~SecondRequestUnanswered() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
    std::atomic<int> posts{0};

private:
    void serve() {
        for (int client = accept(listener_, nullptr, nullptr); client >= 0;
             client = accept(listener_, nullptr, nullptr)) {
            for (int n = 0; n < 2; ++n) {
                std::string received;
                char buffer[4096];
                while (received.find("{}") == std::string::npos) {
                    const ssize_t size = recv(client, buffer, sizeof buffer, 0);
                    if (size <= 0) break;
                    received.append(buffer, static_cast<std::size_t>(size));
                }
                if (received.empty()) break;
                ++posts;
                const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                if (n == 0) (void)!write(client, answer.data(), answer.size());
            }
            close(client);
        }
    }
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

TEST(CurlTransport, post_on_a_kept_connection_that_dies_is_not_sent_again) {
    SecondRequestUnanswered server;
    CurlTransport transport;
    HttpRequest request;
    request.method = "POST";
    request.url = server.url();
    request.body = "{}";
    ASSERT_TRUE(transport.send(request));
    const auto second = transport.send(request);
    ASSERT_FALSE(second) << "libcurl has repeated a POST";
    EXPECT_TRUE(second.error().may_have_been_sent);
    EXPECT_EQ(server.posts, 2);
}

TEST(CurlTransport, nobody_listening_means_that_nothing_was_sent) {
    CurlTransport transport;
    HttpRequest request;
    request.method = "POST";
    request.url = "http://127.0.0.1:9/api/v10/guilds/1/channels";
    request.body = "{}";
    const auto reply = transport.send(request);
    ASSERT_FALSE(reply);
    EXPECT_FALSE(reply.error().may_have_been_sent);
}

}  // namespace
}  // namespace convene::discord
