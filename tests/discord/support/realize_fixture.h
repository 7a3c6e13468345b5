// tests/discord/support/realize_fixture.h: a small cohort, a Discord in memory, and what must stand at the
// end.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "discord/realize/discord_realizer.h"
#include "tests/discord/support/fake_discord.h"
#include "tests/support/memory_realization_store.h"
#include "tests/support/memory_store.h"
#include "zones/iana_zones.h"

namespace convene::discord::test {

/// A cohort of `groups` groups with two members each (ids 2001, 2002; 3001, 3002; …) and
/// weekly meetings from 2026-03-04T15:00Z, an hour later for each group.
[[nodiscard]] CohortRealization small_cohort(int groups, int meetings, Instant first);

struct World {
    std::shared_ptr<FakeDiscord> discord = std::make_shared<FakeDiscord>();
    convene::test::MemoryRealizationStore store;
    convene::test::SetClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} +
                                  std::chrono::hours(12)};
    static const ZoneTable& zones();  // one for all: reading zones takes time
    int threads = 1;

    /// What somebody saw of a group they were never in, at any instant; empty if nobody did. Whom people on
    /// the server let in by hand (ids 9000 and above) does not count.
    std::string stranger;

    explicit World(int groups = 3, int meetings = 2);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// As a process of its own.
    RealizationOutcome realize(const RealizationOptions& options = {});
    RealizationPlan plan(const RealizationOptions& options = {});
    [[nodiscard]] std::unique_ptr<DiscordRealizer> process();

    /// One of each, all of it private, ids saved, nothing in doubt. Empty, or what is wrong.
    [[nodiscard]] std::string fault() const;
    [[nodiscard]] Instant meeting(std::size_t group, std::size_t index) const {
        return store.cohort.groups.at(group).meetings.at(index).scheduled_time;
    }

private:
    void watch();

    std::map<std::string, GroupId> group_of_;  ///< by channel, from the first of its people on
};

[[nodiscard]] bool has_note(const std::vector<RealizationNote>& notes, RealizationNote::Kind kind,
                            const std::string& part);

}  // namespace convene::discord::test
