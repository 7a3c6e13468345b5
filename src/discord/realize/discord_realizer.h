// src/discord/realize/discord_realizer.h: realization, from the look to the last step.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "app/ports/clock.h"
#include "app/ports/realization_store.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/realize/execute_steps.h"

namespace convene::discord {

class DiscordRealizer : public Realizer {
public:
    struct Settings {
        int threads = 10;
        /// After a create in doubt: how long until its absence can be believed. Longer than a
        /// request may take plus the time by which Discord's lists lag behind.
        std::chrono::milliseconds settle{14000};
        /// Before the first request, when the journal was written to a moment ago.
        std::chrono::milliseconds predecessor{1050};
        MarkerSource markers = random_markers();
    };

    /// The references must outlive the realizer.
    DiscordRealizer(std::shared_ptr<RestClient> client, std::string guild_id, RealizationStore& store,
                    const ZoneTable& zones, const Clock& clock, Settings settings);

    [[nodiscard]] RealizationPlan plan(CohortId cohort, const RealizationOptions& options) override;
    [[nodiscard]] RealizationOutcome realize(
        CohortId cohort, const RealizationOptions& options,
        const std::function<void(const RealizationProgress&)>& on_progress,
        const std::function<bool()>& should_stop) override;

private:
    struct Learned {
        std::set<std::string> full_categories;
        std::set<OperationKey> refused;
    };
    struct Look {
        PlanInput input;
        StepPlan plan;
    };
    /// Reads database and Discord until the plan has no question left.
    [[nodiscard]] Look look(CohortId cohort, const RealizationOptions& options, const Learned& learned,
                            Instant settled_until, bool people_later, const DiscordApi::ShouldStop& stop);
    [[nodiscard]] Instant settled_by_age() const;
    void let_predecessor_pass(const std::vector<JournalEntry>& journal, const DiscordApi::ShouldStop& stop);
    [[nodiscard]] ObservedServer recalled_people();
    [[nodiscard]] std::set<std::string> newcomers(const CohortRealization& cohort) const;
    void finish(RealizationOutcome& outcome, const Look& look,
                const std::map<OperationKey, std::string>& ids) const;

    DiscordApi api_;
    RealizationStore& store_;
    const ZoneTable& zones_;
    const Clock& clock_;
    Settings settings_;
    std::string own_user_id_;
    std::map<std::string, bool> people_;  ///< who is on the server, as last asked
    Instant people_seen_at_{};            ///< when the first of them was
    bool may_list_people_ = true;
};

}  // namespace convene::discord
