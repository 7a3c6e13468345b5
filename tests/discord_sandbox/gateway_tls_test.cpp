// To whom the bot shows its token: certificates made on the spot, good and bad.
#include "tests/discord_sandbox/gateway_tls_fixture.h"

namespace convene::discord {
namespace {

TEST_F(GatewayTlsTest, a_server_with_a_trusted_certificate_for_its_name_is_talked_to) {
    make_certificate("localhost");
    trust_it();
    const TlsFront front(sandbox_port(), certificate(), key());
    Heard heard;
    const auto client = connect_to(front, "localhost", heard);
    EXPECT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    EXPECT_EQ(front.shaken_hands(), 1);
}

TEST_F(GatewayTlsTest, a_certificate_that_nobody_vouches_for_gets_no_token) {
    make_certificate("localhost");
    const TlsFront front(sandbox_port(), certificate(), key());
    Heard heard;
    const auto client = connect_to(front, "localhost", heard);
    await_attempts(*client, 3);
    EXPECT_GE(front.arrived(), 2);
    EXPECT_EQ(front.shaken_hands(), 0);
    EXPECT_EQ(history("connected"), 0);
}

TEST_F(GatewayTlsTest, a_trusted_certificate_for_another_name_gets_no_token) {
    make_certificate("gateway.example.org");
    trust_it();
    const TlsFront front(sandbox_port(), certificate(), key());
    for (const char* host : {"localhost", "127.0.0.1"}) {
        Heard heard;
        const auto client = connect_to(front, host, heard);
        await_attempts(*client, 2);
    }
    EXPECT_GE(front.arrived(), 2);
    EXPECT_EQ(history("connected"), 0);
}

}  // namespace
}  // namespace convene::discord
