// Hundreds of random evenings on a bad network, against a simulated gateway.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/discord/support/simulated_gateway.h"

namespace convene::discord {
namespace {

using namespace std::chrono_literals;
using Milliseconds = SimulatedGateway::Milliseconds;

void strike(SimulatedGateway& gateway) {
    const int kind = static_cast<int>(gateway.random() * 12);
    switch (kind) {
        case 0:
            return gateway.drop();
        case 1:
            return gateway.vanish();
        case 2:
            return gateway.close(gateway.random() < 0.5 ? 4000 : 1000);
        case 3:
            return gateway.close(gateway.random() < 0.5 ? 4007 : 4009);
        case 4:
            return gateway.reconnect();
        case 5:
            return gateway.ask_for_heartbeat();
        case 6:
            return gateway.invalid_session(true);
        case 7:
            return gateway.invalid_session(false);
        case 8:
            return gateway.lose_acks(1);
        case 9:
            return gateway.refuse_connections(Milliseconds(static_cast<int>(gateway.random() * 20'000)));
        case 10:
            return gateway.forget_sessions();
        default:
            return gateway.emit_twice();
    }
}

class Interleaving : public testing::TestWithParam<unsigned> {};

TEST_P(Interleaving, no_replayed_event_is_lost_no_heartbeat_late_and_no_identify_sent_without_need) {
    std::size_t delivered = 0;
    for (unsigned seed = GetParam(); seed < GetParam() + 50; ++seed) {
        SimulatedGateway gateway(seed);
        for (int i = 0; i < 150; ++i) {
            gateway.run_for(Milliseconds(static_cast<int>(gateway.random() * gateway.random() * 12'000)));
            const double what = gateway.random();
            if (what < 0.6) {
                gateway.emit();
            } else if (what < 0.96) {
                strike(gateway);
            } else if (what < 0.98) {
                gateway.restart_client(gateway.random() < 0.5);
            } else {
                gateway.use_up_budget(5min);
            }
        }
        gateway.run_for(30min);
        EXPECT_THAT(gateway.faults(), testing::IsEmpty()) << "seed " << seed;
        EXPECT_TRUE(gateway.established()) << "seed " << seed;
        EXPECT_THAT(gateway.lost_events(), testing::IsEmpty()) << "seed " << seed;
        // The first, one for each session that Discord ended, and one more where an Identify itself was lost.
        EXPECT_LE(gateway.identifies(), 1 + gateway.sessions_ended() + gateway.identifies_lost())
            << "seed " << seed;
        delivered += gateway.delivered();
    }
    EXPECT_GT(delivered, 50U * 20U) << "of some 90 each, of which many fell into sessions that Discord ended";
}

INSTANTIATE_TEST_SUITE_P(Seeds, Interleaving, testing::Range(0U, 500U, 50U));

TEST(SimulatedEvening, with_drops_alone_one_identify_serves_for_hours) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        SimulatedGateway gateway(seed);
        gateway.run_for(10s);
        for (int i = 0; i < 200; ++i) {
            gateway.emit();
            gateway.run_for(Milliseconds(static_cast<int>(gateway.random() * 60'000)));
            if (gateway.random() < 0.5) gateway.drop();
            if (gateway.random() < 0.1) gateway.vanish();
        }
        gateway.run_for(5min);
        EXPECT_EQ(gateway.identifies(), 1) << "seed " << seed;
        EXPECT_THAT(gateway.lost_events(), testing::IsEmpty());
        EXPECT_EQ(gateway.delivered(), 200U);
        EXPECT_THAT(gateway.faults(), testing::IsEmpty());
    }
}

TEST(SimulatedEvening, a_drop_on_a_settled_connection_delays_an_event_by_little_more_than_the_network) {
    SimulatedGateway gateway(7);
    gateway.run_for(60s);
    for (int i = 0; i < 100; ++i) {
        gateway.drop();
        const int number = gateway.emit();
        gateway.run_for(1'500ms);
        EXPECT_TRUE(gateway.was_delivered(number));
        gateway.run_for(15s);
    }
}

}  // namespace
}  // namespace convene::discord
