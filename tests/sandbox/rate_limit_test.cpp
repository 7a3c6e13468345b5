#include "sandbox/rest/rate_limit.h"

#include <gtest/gtest.h>

namespace convene::sandbox {
namespace {
using std::chrono::milliseconds;
using Kind = Verdict::Kind;

const Instant kStart = from_millis(1'736'953'200'000);
const Draw kMessages{"create_message", "7"};

Settings five_in_two_seconds() {
    Settings settings;
    settings.buckets = {{"create_message", {5, 2'000}}};
    return settings;
}

TEST(RateLimiter, headers_count_down_and_name_the_rest_of_the_window) {
    RateLimiter limiter;
    const Settings settings = five_in_two_seconds();
    const Verdict first = limiter.admit(kMessages, settings, kStart);
    EXPECT_EQ(first.headers.at("X-RateLimit-Limit"), "5");
    EXPECT_EQ(first.headers.at("X-RateLimit-Remaining"), "4");
    EXPECT_EQ(first.headers.at("X-RateLimit-Reset-After"), "2.000");
    EXPECT_EQ(first.headers.at("X-RateLimit-Reset"), "1736953202.000");
    const Verdict second = limiter.admit(kMessages, settings, kStart + milliseconds(750));
    EXPECT_EQ(second.headers.at("X-RateLimit-Remaining"), "3");
    EXPECT_EQ(second.headers.at("X-RateLimit-Reset-After"), "1.250");
}

TEST(RateLimiter, one_who_waits_for_reset_after_never_meets_a_429) {
    RateLimiter limiter;
    const Settings settings = five_in_two_seconds();
    Instant now = kStart;
    for (int i = 0; i < 100; ++i) {
        const Verdict verdict = limiter.admit(kMessages, settings, now);
        ASSERT_EQ(verdict.kind, Kind::admitted) << i;
        ASSERT_EQ(verdict.violation, "");
        if (verdict.headers.at("X-RateLimit-Remaining") == "0") {
            now += milliseconds(
                static_cast<long long>(std::stod(verdict.headers.at("X-RateLimit-Reset-After")) * 1000));
        }
    }
}

TEST(RateLimiter, a_request_into_an_exhausted_bucket_is_refused_and_a_violation) {
    RateLimiter limiter;
    const Settings settings = five_in_two_seconds();
    for (int i = 0; i < 5; ++i) ASSERT_EQ(limiter.admit(kMessages, settings, kStart).kind, Kind::admitted);
    const Verdict verdict = limiter.admit(kMessages, settings, kStart + milliseconds(500));
    EXPECT_EQ(verdict.kind, Kind::exhausted);
    EXPECT_DOUBLE_EQ(verdict.retry_after, 1.5);
    EXPECT_NE(verdict.violation, "");
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart + milliseconds(2000)).kind, Kind::admitted);
}

TEST(RateLimiter, other_channels_have_their_own_windows_but_the_same_bucket) {
    RateLimiter limiter;
    const Settings settings = five_in_two_seconds();
    for (int i = 0; i < 5; ++i) (void)limiter.admit(kMessages, settings, kStart);
    const Verdict other = limiter.admit({"create_message", "8"}, settings, kStart);
    EXPECT_EQ(other.kind, Kind::admitted);
    EXPECT_EQ(other.headers.at("X-RateLimit-Remaining"), "4");
    EXPECT_EQ(other.headers.at("X-RateLimit-Bucket"), bucket_hash("create_message", 0));
    EXPECT_NE(bucket_hash("create_message", 0), bucket_hash("update_message", 0));
}

TEST(RateLimiter, the_51st_request_in_a_second_meets_the_global_limit_without_bucket_headers) {
    RateLimiter limiter;
    Settings settings;
    settings.default_bucket = {1000, 1000};
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(limiter.admit({"x", std::to_string(i)}, settings, kStart).kind, Kind::admitted);
    }
    const Verdict verdict = limiter.admit({"x", "51"}, settings, kStart);
    EXPECT_EQ(verdict.kind, Kind::global);
    EXPECT_TRUE(verdict.headers.empty());
    EXPECT_NE(verdict.violation, "");
    EXPECT_EQ(limiter.admit({"x", "51"}, settings, kStart + milliseconds(1000)).kind, Kind::admitted);
}

TEST(RateLimiter, a_shared_limit_refuses_with_requests_remaining_and_is_first_nobodys_fault) {
    RateLimiter limiter;
    const Settings settings = five_in_two_seconds();
    const Verdict first = limiter.block(kMessages, settings, kStart, milliseconds(3000), 20029);
    EXPECT_EQ(first.kind, Kind::shared);
    EXPECT_EQ(first.violation, "");
    EXPECT_NE(first.headers.at("X-RateLimit-Remaining"), "0");
    EXPECT_DOUBLE_EQ(first.retry_after, 3.0);
    EXPECT_EQ(first.code, 20029);
    const Verdict hasty = limiter.admit(kMessages, settings, kStart + milliseconds(2999));
    EXPECT_EQ(hasty.kind, Kind::shared);
    EXPECT_NE(hasty.violation, "");
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart + milliseconds(3000)).kind, Kind::admitted);
}

TEST(RateLimiter, the_third_rename_in_ten_minutes_is_refused_though_the_headers_do_not_show_it) {
    RateLimiter limiter;
    const Settings settings;
    const Draw channel{"update_channel", "7"};
    const auto rename = [&](const Draw& draw) {
        return limiter.count_hidden(draw, "rename", settings.channel_rename, 20028, settings, kStart);
    };
    EXPECT_FALSE(rename(channel));
    EXPECT_FALSE(rename(channel));
    const auto refused = rename(channel);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, 20028);
    EXPECT_DOUBLE_EQ(refused->retry_after, 600.0);
    EXPECT_FALSE(rename({"update_channel", "8"}));
}

TEST(RateLimiter, strangers_share_a_limit_of_their_own) {
    RateLimiter limiter;
    Settings settings;
    settings.global_per_second = 2;
    EXPECT_EQ(limiter.admit_stranger(settings, kStart).kind, Kind::admitted);
    EXPECT_EQ(limiter.admit_stranger(settings, kStart).kind, Kind::admitted);
    const Verdict refused = limiter.admit_stranger(settings, kStart);
    EXPECT_EQ(refused.kind, Kind::global);
    EXPECT_NE(refused.violation, "");
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart).kind, Kind::admitted);
    EXPECT_EQ(limiter.admit_stranger(settings, kStart + milliseconds(1000)).kind, Kind::admitted);
}

TEST(RateLimiter, too_many_invalid_requests_block_the_address) {
    RateLimiter limiter;
    Settings settings;
    settings.invalid_requests_per_10_minutes = 3;
    for (int i = 0; i < 2; ++i) limiter.count_invalid(settings, kStart);
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart).kind, Kind::admitted);
    limiter.count_invalid(settings, kStart);
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart).kind, Kind::blocked);
    EXPECT_EQ(limiter.admit(kMessages, settings, kStart + std::chrono::minutes(11)).kind, Kind::admitted);
}

}  // namespace
}  // namespace convene::sandbox
