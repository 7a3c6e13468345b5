// The server against clients that are slow, greedy or malformed.
#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace convene::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A connection that writes whatever it likes.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
        if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            ADD_FAILURE() << "cannot connect";
        const timeval patience{10, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~RawClient() { ::close(descriptor_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False once the server has hung up.
    bool write(const std::string& bytes) {
        return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(bytes.size());
    }
    /// Until the server closes the connection.
    std::string read_to_the_end() {
        std::string all;
        char piece[4096];
        ssize_t count = 0;
        while ((count = ::recv(descriptor_, piece, sizeof piece, 0)) > 0)
            all.append(piece, static_cast<std::size_t>(count));
        ended_ = count == 0 || errno == ECONNRESET;
        return all;
    }
    /// Whether the last read ended because the server closed, not because the test lost patience.
    [[nodiscard]] bool ended() const { return ended_; }

private:
    int descriptor_;
    bool ended_ = false;
};

Response echo(const Request& request) {
    return {200, {}, request.method + ' ' + request.body, {}};
}

class HttpServer : public ::testing::Test {
protected:
    void open(const ServerLimits& limits, Handler handler = echo) {
        ServerOptions options;
        options.limits = limits;
        server_ = std::make_unique<Server>(options, std::move(handler));
    }
    std::unique_ptr<Server> server_;
};

TEST_F(HttpServer, two_requests_on_one_connection_are_answered_in_turn) {
    open({});
    RawClient client(server_->port());
    client.write(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string told = client.read_to_the_end();
    EXPECT_THAT(told, StartsWith("HTTP/1.1 200 OK"));
    EXPECT_THAT(told, HasSubstr("POST hi"));
    EXPECT_THAT(told, HasSubstr("GET "));
}

TEST_F(HttpServer, a_request_that_trickles_in_is_cut_off_as_a_whole) {
    ServerLimits limits;
    limits.within_request = milliseconds(150);
    open(limits);
    RawClient client(server_->port());
    // Each byte comes in good time; the request as a whole does not.
    bool open_still = client.write("GET / HTTP/1.1\r\nX: ");
    for (int i = 0; i < 200 && open_still; ++i) {
        ::usleep(10'000);
        open_still = client.write("x");
    }
    EXPECT_FALSE(open_still);
    EXPECT_EQ(client.read_to_the_end(), "");
    EXPECT_TRUE(client.ended());
}

TEST_F(HttpServer, a_silent_connection_is_closed) {
    ServerLimits limits;
    limits.between_requests = milliseconds(50);
    open(limits);
    RawClient client(server_->port());
    EXPECT_EQ(client.read_to_the_end(), "");
    EXPECT_TRUE(client.ended());
}

TEST_F(HttpServer, a_body_and_a_head_beyond_their_limits_are_refused) {
    ServerLimits limits;
    limits.body_bytes = 100;
    limits.header_bytes = 512;
    open(limits);
    RawClient large(server_->port());
    large.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n");
    EXPECT_THAT(large.read_to_the_end(), StartsWith("HTTP/1.1 413"));
    RawClient chunked(server_->port());
    chunked.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nc8\r\n" +
                  std::string(200, 'x') + "\r\n");
    EXPECT_THAT(chunked.read_to_the_end(), StartsWith("HTTP/1.1 413"));
    RawClient long_head(server_->port());
    long_head.write("GET / HTTP/1.1\r\nX: " + std::string(600, 'x') + "\r\n\r\n");
    EXPECT_THAT(long_head.read_to_the_end(), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpServer, what_is_no_http_is_refused) {
    open({});
    for (const char* nonsense :
         {"\x16\x03\x01\x02 hello\r\n\r\n", "GET\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
        RawClient client(server_->port());
        client.write(nonsense);
        EXPECT_THAT(client.read_to_the_end(), StartsWith("HTTP/1.1 400")) << nonsense;
    }
}

TEST_F(HttpServer, one_address_cannot_take_every_connection) {
    ServerLimits limits;
    limits.connections_of_one_address = 2;
    open(limits);
    RawClient first(server_->port());
    RawClient second(server_->port());
    RawClient third(server_->port());
    EXPECT_EQ(third.read_to_the_end(), "");
    EXPECT_TRUE(third.ended());
    first.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(first.read_to_the_end(), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServer, whoever_does_not_read_a_long_answer_is_cut_off) {
    ServerLimits limits;
    limits.writing = milliseconds(100);
    open(limits, [](const Request&) { return Response{200, {}, std::string(64U << 20U, 'x'), {}}; });
    RawClient client(server_->port());
    client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ::usleep(400'000);
    EXPECT_LT(client.read_to_the_end().size(), 64U << 20U);
    EXPECT_TRUE(client.ended());
}

TEST_F(HttpServer, what_a_handler_throws_is_not_told) {
    open({}, [](const Request&) -> Response { throw std::runtime_error("secret of the database"); });
    RawClient client(server_->port());
    client.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string told = client.read_to_the_end();
    EXPECT_THAT(told, StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(told, ::testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace convene::http
