// The way to the gateway through a proxy, as the environment names it.
#include <gmock/gmock.h>

#include "discord/doctor/examine.h"
#include "tests/discord_sandbox/gateway_tls_fixture.h"

namespace convene::discord {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Leads everybody who asks well to one port of this machine, whatever they ask for.
class ConnectProxy {
public:
    ConnectProxy(std::uint16_t behind, std::string answer)
        : behind_(behind), answer_(std::move(answer)), server_([this](int client) { lead(client); }) {}

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    /// The heads of the requests that came.
    [[nodiscard]] std::vector<std::string> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    void lead(int descriptor) {
        const auto client = http::plain_socket(descriptor);
        std::string head;
        std::array<char, 4096> piece{};
        while (head.find("\r\n\r\n") == std::string::npos) {
            const auto count = client->read(piece.data(), piece.size(), 5s);
            if (count == 0) return;
            head.append(piece.data(), count);
        }
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(head);
        }
        (void)client->write(answer_, 1s);
        if (answer_.starts_with("HTTP/1.1 200")) server_.pass_on(*client, behind_);
    }

    std::uint16_t behind_;
    std::string answer_;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    OneAtATimeServer server_;  // last: its thread uses the rest
};

class GatewayProxyTest : public GatewayTlsTest {
protected:
    void SetUp() override {
        GatewayTlsTest::SetUp();
        make_certificate("gateway.example.org");
        trust_it();
    }
    static void go_through(const ConnectProxy& proxy, const std::string& user = "") {
        ::setenv("no_proxy", "elsewhere.example", 1);
        ::setenv("https_proxy", fmt::format("http://{}127.0.0.1:{}", user, proxy.port()).c_str(), 1);
    }

    // A name that only the proxy could resolve.
    const std::string url_ = "wss://gateway.example.org/gateway";
};

TEST_F(GatewayProxyTest, the_gateway_is_reached_through_the_proxy_and_only_the_gateway_reads_what_is_said) {
    const TlsFront front(sandbox_port(), certificate(), key());
    const ConnectProxy proxy(front.port(), "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
    go_through(proxy, "bo%40t:se%3Acret@");
    Heard heard;
    const auto client = connect_to(url_, heard);
    EXPECT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    ASSERT_FALSE(proxy.asked().empty());
    const std::string head = proxy.asked().front();
    EXPECT_TRUE(head.starts_with("CONNECT gateway.example.org:443 HTTP/1.1\r\n")) << head;
    EXPECT_THAT(head, HasSubstr("\r\nHost: gateway.example.org:443\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nProxy-Authorization: Basic Ym9AdDpzZTpjcmV0\r\n")) << "bo@t:se:cret";
    EXPECT_THAT(head, Not(HasSubstr(sandbox_.endpoints().token)));
}

TEST_F(GatewayProxyTest, a_proxy_that_refuses_is_asked_again_later_and_nobody_else_instead) {
    const TlsFront front(sandbox_port(), certificate(), key());
    const ConnectProxy proxy(front.port(), "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    go_through(proxy);
    Heard heard;
    const auto client = connect_to(url_, heard);
    await_attempts(*client, 2);
    EXPECT_GE(proxy.asked().size(), 1U);
    EXPECT_EQ(front.arrived(), 0);
}

TEST_F(GatewayProxyTest, the_doctor_tells_which_way_the_gateway_is_reached) {
    const auto found = [&] {
        const auto client = rest_client(std::make_shared<OtherAddress>(url_));
        for (const DoctorLine& line :
             examine(*client, sandbox_.endpoints().guild_id, "", false, std::chrono::system_clock::now())) {
            if (line.subject == "proxy") return std::pair(line.verdict, line.finding);
        }
        return std::pair(DoctorLine::Verdict::advice, std::string("nothing"));
    };
    EXPECT_EQ(found().second, "nothing");
    ::setenv("no_proxy", "elsewhere.example", 1);
    ::setenv("https_proxy", "http://me:secret@proxy.example:3128", 1);
    EXPECT_EQ(found(), std::pair(DoctorLine::Verdict::good,
                                 std::string("the gateway is reached through proxy.example:3128")));
    ::setenv("https_proxy", "socks5://proxy.example:1080", 1);
    EXPECT_EQ(found().first, DoctorLine::Verdict::bad);
    EXPECT_THAT(found().second, HasSubstr("socks5"));
}

TEST_F(GatewayProxyTest, a_proxy_of_another_kind_is_not_gone_round) {
    ::setenv("no_proxy", "elsewhere.example", 1);
    ::setenv("https_proxy", "socks5://127.0.0.1:9", 1);
    make_certificate("localhost");
    const TlsFront front(sandbox_port(), certificate(), key());
    Heard heard;
    const auto client = connect_to(front, "localhost", heard);
    await_attempts(*client, 2);
    EXPECT_EQ(front.arrived(), 0);
}

}  // namespace
}  // namespace convene::discord
