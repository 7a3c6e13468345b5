#include "discord/rest/api_error.h"

#include <gtest/gtest.h>

namespace convene::discord {
namespace {

TEST(ApiError, outer_code_and_nested_field_errors_are_read) {
    const ApiError error = parse_api_error(400, R"({"code":50035,"message":"Invalid Form Body",
        "errors":{"parent_id":{"_errors":[{"code":"CHANNEL_PARENT_MAX_CHANNELS","message":"full"}]},
                  "embeds":{"0":{"title":{"_errors":[{"code":50,"message":"too long"}]}}}}})");
    EXPECT_EQ(error.code, error_code::kInvalidForm);
    ASSERT_EQ(error.fields.size(), 2U);
    EXPECT_EQ(error.fields[0], (FieldError{"embeds.0.title", "50", "too long"}));
    EXPECT_TRUE(error.has_field_code("CHANNEL_PARENT_MAX_CHANNELS"));
    EXPECT_FALSE(error.has_field_code("BASE_TYPE_REQUIRED"));
}

TEST(ApiError, body_that_is_no_json_gives_the_status_alone) {
    const ApiError error = parse_api_error(502, "<html>Bad Gateway</html>");
    EXPECT_EQ(error, (ApiError{502, 0, "", {}}));
    EXPECT_EQ(error.text(), "HTTP 502");
}

TEST(ApiError, strange_shapes_are_survived) {
    EXPECT_EQ(parse_api_error(400, R"({"code":"x","message":7,"errors":[1]})").code, 0);
    EXPECT_TRUE(parse_api_error(400, R"({"errors":{"a":{"_errors":"no list"}}})").fields.empty());
    EXPECT_EQ(parse_api_error(400, "[]").message, "");
}

}  // namespace
}  // namespace convene::discord
