#include "discord/rest/curl_transport.h"

#include <gtest/gtest.h>

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
