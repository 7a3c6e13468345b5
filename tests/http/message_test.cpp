#include "http/message.h"

#include <gtest/gtest.h>

namespace convene::http {
namespace {

TEST(Message, targets_are_split_and_decoded) {
    Request request;
    ASSERT_TRUE(parse_target("/api/v1/x%20y?zone=Europe%2FBerlin&a=1+2&b", request));
    EXPECT_EQ(request.path, (std::vector<std::string>{"api", "v1", "x y"}));
    EXPECT_EQ(request.query.at("zone"), "Europe/Berlin");
    EXPECT_EQ(request.query.at("a"), "1 2");
    EXPECT_EQ(request.query.at("b"), "");
    Request other;
    EXPECT_FALSE(parse_target("http://elsewhere/", other));
    EXPECT_FALSE(parse_target("/%2", other));
}

TEST(Message, a_cookie_is_found_by_its_whole_name) {
    Request request;
    request.headers["cookie"] = "xconvene_session=1; convene_session=2; convene=3";
    EXPECT_EQ(request.cookie("convene_session"), "2");
    EXPECT_EQ(request.cookie("session"), "");
}

}  // namespace
}  // namespace convene::http
