#include "discord/rest/rate_limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <vector>

namespace convene::discord {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Route kCreateChannel(Method::post, "/guilds/{guild_id}/channels", {"1"});
const Route kSendTo7(Method::post, "/channels/{channel_id}/messages", {"7"});
const Route kSendTo8(Method::post, "/channels/{channel_id}/messages", {"8"});

TimePoint at(int ms) {
    return TimePoint{} + seconds(1000) + milliseconds(ms);
}

LimitReply allowed(int limit, int remaining, double reset_epoch_s, double reset_after_s,
                   const std::string& bucket = "abc") {
    LimitReply reply;
    reply.status = 200;
    reply.limit = limit;
    reply.remaining = remaining;
    reply.reset_epoch_s = reset_epoch_s;
    reply.reset_after_s = reset_after_s;
    reply.bucket = bucket;
    return reply;
}

TEST(RateLimiter, unknown_route_is_tried_with_one_request_at_a_time) {
    RateLimiter limiter;
    EXPECT_EQ(limiter.next_allowed(kCreateChannel, at(0)), at(0));
    const auto first = limiter.begin(kCreateChannel, at(0));
    EXPECT_EQ(limiter.next_allowed(kCreateChannel, at(1)), TimePoint::max());
    limiter.finish(first, allowed(5, 4, 2, 1.0), at(100));
    EXPECT_EQ(limiter.next_allowed(kCreateChannel, at(100)), at(100));
}

TEST(RateLimiter, requests_under_way_have_taken_their_allowance) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kCreateChannel, at(0)), allowed(3, 2, 2, 1.0), at(50));
    (void)limiter.begin(kCreateChannel, at(50));
    (void)limiter.begin(kCreateChannel, at(50));
    const TimePoint next = limiter.next_allowed(kCreateChannel, at(51));
    EXPECT_GE(next, at(1050));
    EXPECT_LE(next, at(1060));
}

TEST(RateLimiter, foretells_how_long_its_windows_make_further_requests_wait) {
    RateLimiter limiter;
    EXPECT_EQ(limiter.time_for(kCreateChannel, 100, at(0)), Duration::zero())
        << "nobody has told a limit yet";
    // Five in ten seconds, four left: the ninth further one goes in the next window, the tenth after that.
    limiter.finish(limiter.begin(kCreateChannel, at(0)), allowed(5, 4, 10, 10.0), at(0));
    EXPECT_EQ(limiter.time_for(kCreateChannel, 4, at(0)), Duration::zero());
    const auto near = [](Duration actual, int expected_s) {
        return std::abs(std::chrono::duration<double>(actual).count() - expected_s) < 0.1;
    };
    EXPECT_TRUE(near(limiter.time_for(kCreateChannel, 9, at(0)), 10));
    EXPECT_TRUE(near(limiter.time_for(kCreateChannel, 10, at(0)), 20));
    EXPECT_TRUE(near(limiter.time_for(kCreateChannel, 14, at(4000)), 16))
        << "6 s of this window, one whole one";
}

TEST(RateLimiter, replies_out_of_order_do_not_give_allowance_back) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kCreateChannel, at(0)), allowed(3, 2, 2, 1.0), at(50));
    const auto second = limiter.begin(kCreateChannel, at(51));
    const auto third = limiter.begin(kCreateChannel, at(52));
    limiter.finish(third, allowed(3, 0, 2, 0.9), at(100));
    limiter.finish(second, allowed(3, 1, 2, 0.9), at(101));
    EXPECT_GT(limiter.next_allowed(kCreateChannel, at(102)), at(900));
}

TEST(RateLimiter, reset_times_keep_their_fractions) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kCreateChannel, at(0)), allowed(1, 0, 2.25, 0.25), at(100));
    const TimePoint next = limiter.next_allowed(kCreateChannel, at(100));
    EXPECT_GE(next, at(350));
    EXPECT_LE(next, at(360));
}

TEST(RateLimiter, channels_share_a_hash_but_not_an_allowance) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kSendTo7, at(0)), allowed(1, 0, 2, 5.0), at(10));
    EXPECT_GT(limiter.next_allowed(kSendTo7, at(11)), at(5000));
    EXPECT_EQ(limiter.next_allowed(kSendTo8, at(11)), at(11));
}

TEST(RateLimiter, routes_with_one_hash_share_an_allowance) {
    const Route edit(Method::patch, "/guilds/{guild_id}/channels", {"1"});
    RateLimiter limiter;
    limiter.finish(limiter.begin(edit, at(0)), allowed(2, 1, 2, 5.0), at(10));
    limiter.finish(limiter.begin(kCreateChannel, at(20)), allowed(2, 0, 2, 4.9), at(30));
    EXPECT_GT(limiter.next_allowed(edit, at(31)), at(4000));
}

TEST(RateLimiter, shared_429_pauses_its_route_even_with_allowance_left) {
    RateLimiter limiter;
    LimitReply reply = allowed(5, 4, 2, 1.0);
    reply.status = 429;
    reply.retry_after_s = 3.5;
    limiter.finish(limiter.begin(kSendTo7, at(0)), reply, at(100));
    EXPECT_GE(limiter.next_allowed(kSendTo7, at(100)), at(3600));
    EXPECT_EQ(limiter.next_allowed(kSendTo8, at(100)), at(100));
}

TEST(RateLimiter, a_process_leaves_half_of_its_first_second_to_one_that_may_have_died_before_it) {
    const Route read(Method::get, "/guilds/{guild_id}", {"1"});
    RateLimiter limiter;
    LimitReply unlimited;
    unlimited.status = 200;
    for (int i = 0; i < 22; ++i) {
        ASSERT_EQ(limiter.next_allowed(read, at(i)), at(i)) << i;
        limiter.finish(limiter.begin(read, at(i)), unlimited, at(i));
    }
    EXPECT_GT(limiter.next_allowed(read, at(30)), at(1000))
        << "the last three are for routes yet to be tried";
    for (int i = 0; i < 3; ++i) {
        const Route untried(Method::get, "/channels/{channel_id}/" + std::to_string(i), {"7"});
        ASSERT_EQ(limiter.next_allowed(untried, at(30)), at(30));
        limiter.finish(limiter.begin(untried, at(30)), unlimited, at(30));
    }
    EXPECT_GT(limiter.next_allowed(kSendTo7, at(31)), at(1000)) << "there are no more than 25";
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(limiter.next_allowed(read, at(1100 + i)), at(1100 + i)) << "all of the next one: " << i;
        limiter.finish(limiter.begin(read, at(1100 + i)), unlimited, at(1100 + i));
    }
}

TEST(RateLimiter, what_is_slow_to_arrive_counts_among_what_is_sent_later) {
    RateLimiter::Settings settings;
    settings.requests_per_second = 3;
    settings.in_first_second = 3;
    RateLimiter limiter(settings);
    limiter.measured(milliseconds(10), milliseconds(20));
    const Route routes[] = {Route(Method::post, "/channels/{channel_id}/messages", {"1"}),
                            Route(Method::post, "/channels/{channel_id}/messages", {"2"}),
                            Route(Method::post, "/channels/{channel_id}/messages", {"3"})};
    const auto slow = limiter.begin(routes[0], at(0));
    limiter.finish(limiter.begin(routes[1], at(0)), allowed(5, 4, 2, 1.0, "b"), at(20));
    limiter.finish(limiter.begin(routes[2], at(0)), allowed(5, 4, 2, 1.0, "c"), at(20));
    // The first is still under way and may arrive at any moment: two go beside it, no third.
    (void)limiter.begin(routes[1], at(1100));
    (void)limiter.begin(routes[2], at(1100));
    EXPECT_GT(limiter.next_allowed(kSendTo7, at(1110)), at(1110));
    limiter.finish(slow, allowed(5, 4, 2, 1.0, "a"), at(1120));
    // It was counted at 1100 at the latest, as no way back was ever shorter than the shortest exchange.
    EXPECT_EQ(limiter.next_allowed(kSendTo7, at(1120)), at(1100) + milliseconds(1050));
}

TEST(RateLimiter, global_429_pauses_everything) {
    RateLimiter limiter;
    const LimitReply reply = read_limits(
        429, {{"retry-after", "2"}, {"x-ratelimit-global", "true"}, {"x-ratelimit-scope", "global"}},
        R"({"message":"x","retry_after":1.5,"global":true})");
    limiter.finish(limiter.begin(kSendTo7, at(0)), reply, at(100));
    EXPECT_GE(limiter.next_allowed(kCreateChannel, at(100)), at(2100));
}

TEST(RateLimiter, page_of_the_network_without_times_pauses_everything_for_a_minute) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kSendTo7, at(0)), read_limits(429, {}, "<html>1015</html>"), at(100));
    EXPECT_GE(limiter.next_allowed(kCreateChannel, at(100)), at(60100));
}

TEST(RateLimiter, page_of_the_network_that_names_a_time_is_believed) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kSendTo7, at(0)), read_limits(429, {{"retry-after", "4"}}, "<html>"),
                   at(100));
    EXPECT_GE(limiter.next_allowed(kCreateChannel, at(100)), at(4100));
    EXPECT_LE(limiter.next_allowed(kCreateChannel, at(100)), at(4200));
}

TEST(RateLimiter, fifty_requests_a_second_over_all_routes) {
    RateLimiter limiter({50, 50, seconds(60)});
    for (int i = 0; i < 50; ++i) {
        const Route route(Method::get, "/channels/{channel_id}", {std::to_string(i)});
        ASSERT_EQ(limiter.next_allowed(route, at(i)), at(i));
        (void)limiter.begin(route, at(i));
    }
    EXPECT_GT(limiter.next_allowed(kCreateChannel, at(50)), at(1000));
    const Route reply(Method::post, "/interactions/{interaction_id}/{interaction_token}/callback",
                      {"1", "t"});
    EXPECT_EQ(limiter.next_allowed(reply, at(50)), at(50));
}

TEST(RateLimiter, lost_reply_counts_as_spent) {
    RateLimiter limiter;
    limiter.finish(limiter.begin(kCreateChannel, at(0)), allowed(2, 1, 2, 1.0), at(10));
    limiter.lose(limiter.begin(kCreateChannel, at(20)));
    EXPECT_GT(limiter.next_allowed(kCreateChannel, at(21)), at(900));
}

TEST(RateLimiter, reply_without_limits_leaves_the_route_free) {
    RateLimiter limiter;
    LimitReply plain;
    plain.status = 200;
    limiter.finish(limiter.begin(kCreateChannel, at(0)), plain, at(10));
    (void)limiter.begin(kCreateChannel, at(11));
    EXPECT_EQ(limiter.next_allowed(kCreateChannel, at(12)), at(12));
}

TEST(ReadLimits, nonsense_in_headers_is_as_good_as_absent) {
    const LimitReply reply =
        read_limits(200, {{"x-ratelimit-limit", "many"}, {"x-ratelimit-remaining", "-3"}}, "");
    EXPECT_FALSE(reply.limit);
    EXPECT_FALSE(reply.remaining);
}

TEST(ReadLimits, longer_of_header_and_body_is_obeyed) {
    EXPECT_DOUBLE_EQ(
        *read_limits(429, {{"retry-after", "1"}}, R"({"retry_after":0.4,"global":false})").retry_after_s,
        1.0);
    EXPECT_DOUBLE_EQ(
        *read_limits(429, {{"retry-after", "1"}}, R"({"retry_after":1.7,"global":false})").retry_after_s,
        1.7);
}

// A server with a fixed window per bucket, reached with random delays both ways.
struct Server {
    int limit;
    milliseconds window;
    TimePoint window_end{};
    int used = 0;
    int violations = 0;

    LimitReply receive(TimePoint now) {
        if (now >= window_end) {
            window_end = now + window;
            used = 0;
        }
        if (used >= limit) ++violations;
        ++used;
        const double epoch = std::chrono::duration<double>(window_end.time_since_epoch()).count();
        const double after = std::chrono::duration<double>(window_end - now).count();
        // Discord's headers carry three decimals.
        return allowed(limit, std::max(0, limit - used), std::round(epoch * 1000) / 1000,
                       std::round(after * 1000) / 1000);
    }
};

/// How long a request or its reply travels.
struct Way {
    int least_ms;
    int jitter_ms;
};

struct Drive {
    int violations = 0;
    Duration took{};
};

/// Sends `requests` to the server as fast as the limiter allows.
Drive drive(Server server, Way way, int requests, bool measuring, std::mt19937& random) {
    constexpr int kConnections = 8;
    RateLimiter limiter({100000, 100000, seconds(60)});
    struct Event {
        bool arrives;
        RateLimiter::Ticket ticket;
        TimePoint sent;
        LimitReply reply;
    };
    std::multimap<TimePoint, Event> events;
    const auto delay = [&] {
        return milliseconds(way.least_ms + static_cast<int>(random() % static_cast<unsigned>(way.jitter_ms)));
    };
    int begun = 0;
    int finished = 0;
    TimePoint now = at(0);
    while (finished < requests) {
        while (begun < requests && limiter.next_allowed(kCreateChannel, now) <= now) {
            events.emplace(now + delay(), Event{true, limiter.begin(kCreateChannel, now), now, {}});
            ++begun;
        }
        const TimePoint next =
            begun < requests ? limiter.next_allowed(kCreateChannel, now) : TimePoint::max();
        if (!events.empty() && events.begin()->first <= next) {
            const auto node = events.extract(events.begin());
            now = node.key();
            const Event& event = node.mapped();
            if (event.arrives) {
                events.emplace(now + delay(), Event{false, event.ticket, event.sent, server.receive(now)});
            } else {
                if (measuring) {
                    limiter.measured(
                        finished < kConnections ? std::optional<Duration>(delay() + delay()) : std::nullopt,
                        now - event.sent);
                }
                limiter.finish(event.ticket, event.reply, now);
                ++finished;
            }
        } else {
            EXPECT_NE(next, TimePoint::max()) << "nobody moves";
            if (next == TimePoint::max()) break;
            now = next;
        }
    }
    return {server.violations, now - at(0)};
}

TEST(RateLimiter, never_sends_into_an_exhausted_bucket_whatever_the_delays_and_wastes_little_time) {
    std::mt19937 random(20251122);
    for (int round = 0; round < 200; ++round) {
        const int limit = 1 + static_cast<int>(random() % 10);
        const Server server{limit, milliseconds(500 + random() % 5000)};
        constexpr int kRequests = 60;
        const Drive drove = drive(server, {1, 80}, kRequests, false, random);
        EXPECT_EQ(drove.violations, 0) << "round " << round;
        // kRequests need ceil(kRequests / limit) windows; each change of window costs at most one
        // round trip beyond the window itself, and the first request goes alone.
        const int windows = (kRequests + limit - 1) / limit;
        EXPECT_LE(drove.took, windows * (server.window + milliseconds(170)) + milliseconds(320))
            << "round " << round;
    }
}

TEST(RateLimiter,
     who_knows_how_far_it_is_loses_a_quarter_of_the_way_in_each_window_and_never_comes_too_early) {
    std::mt19937 random(20261127);
    for (int round = 0; round < 2000; ++round) {
        const int limit = 1 + static_cast<int>(random() % 10);
        const Server server{limit, milliseconds(500 + random() % 5000)};
        const int least = std::vector<int>{0, 1, 20, 50, 125}[random() % 5];
        const int jitter = std::vector<int>{1, 5, 20, 80, 300}[random() % 5];
        constexpr int kRequests = 60;
        const Drive drove = drive(server, {least, jitter}, kRequests, true, random);
        EXPECT_EQ(drove.violations, 0)
            << "round " << round << ", " << least << " and up to " << jitter << " ms";
        if (least < 20 || jitter > 1) continue;
        // Six connections are measured after the first six replies.
        const int windows = (kRequests + limit - 1) / limit;
        const int early_windows = 1 + 6 / limit;
        EXPECT_LE(drove.took, (windows - 1) * (server.window + milliseconds(least / 2 + 10)) +
                                  (early_windows + 2) * milliseconds(2 * least))
            << "round " << round << ", " << least << " ms";
    }
}

}  // namespace
}  // namespace convene::discord
