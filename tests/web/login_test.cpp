#include <gtest/gtest.h>

#include "web/login/rate_limit.h"
#include "web/login/secrets.h"
#include "web/login/sessions.h"

namespace convene::web {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct SetTime {
    Sessions::TimePoint now{seconds(1'700'000'000)};
    [[nodiscard]] Sessions::Now asked() {
        return [this] { return now; };
    }
};

TEST(Sessions, a_login_token_expires_after_a_day) {
    SetTime time;
    Sessions sessions("key", time.asked());
    const std::string token = sessions.login_token("Ana");
    time.now += hours(25);
    EXPECT_EQ(sessions.redeem(token), nullptr);
}

TEST(Sessions, a_login_token_of_before_a_restart_is_void_and_a_share_token_is_not) {
    SetTime time;
    Sessions before("key", time.asked());
    const std::string login = before.login_token("Ana");
    const std::string share = before.share_token(CohortId{3});
    time.now += seconds(10);
    Sessions after("key", time.asked());
    EXPECT_EQ(after.redeem(login), nullptr);
    const SessionPtr guest = after.redeem(share);
    ASSERT_NE(guest, nullptr);
    EXPECT_EQ(guest->only, CohortId{3});
    EXPECT_FALSE(guest->may_change());
}

TEST(Sessions, a_session_ends_when_it_was_not_used_for_half_a_day) {
    SetTime time;
    Sessions sessions("key", time.asked());
    const std::string id = sessions.open("Ana")->id;
    time.now += hours(11);
    EXPECT_NE(sessions.find(id), nullptr);
    time.now += hours(11);
    EXPECT_NE(sessions.find(id), nullptr);
    time.now += hours(13);
    EXPECT_EQ(sessions.find(id), nullptr);
}

TEST(Sessions, a_token_signed_with_another_key_opens_nothing) {
    SetTime time;
    Sessions ours("key", time.asked());
    Sessions theirs("other", time.asked());
    EXPECT_EQ(ours.redeem(theirs.login_token("Eve")), nullptr);
    EXPECT_EQ(ours.redeem(theirs.share_token(CohortId{1})), nullptr);
}

TEST(Secrets, a_signed_payload_comes_back_and_any_change_of_it_does_not) {
    const std::string token = sign("who: Ana", "key");
    EXPECT_EQ(verified(token, "key"), "who: Ana");
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'Q' ? 'R' : 'Q';
        // The last letter of each half carries bits that nothing uses.
        EXPECT_EQ(verified(changed, "key").value_or("who: Ana"), "who: Ana");
    }
    EXPECT_FALSE(verified(token, "other key"));
    EXPECT_FALSE(verified("", "key"));
    EXPECT_FALSE(verified(".", "key"));
    EXPECT_NE(random_secret(), random_secret());
}

TEST(RateLimit, refills_at_its_rate_and_for_each_name_alone) {
    RateLimit limit(2, 1);
    RateLimit::TimePoint now{};
    EXPECT_TRUE(limit.take("a", now));
    EXPECT_TRUE(limit.take("a", now));
    EXPECT_FALSE(limit.take("a", now));
    EXPECT_TRUE(limit.take("b", now));
    now += seconds(1);
    EXPECT_TRUE(limit.take("a", now));
    EXPECT_FALSE(limit.take("a", now));
}

}  // namespace
}  // namespace convene::web
