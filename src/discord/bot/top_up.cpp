#include "discord/bot/top_up.h"

#include <algorithm>

#include "app/failure.h"
#include "app/job_id.h"
#include "app/queries/cohorts.h"
#include "app/queries/groups.h"
#include "app/realize_cohort.h"
#include "discord/bot/log_line.h"

namespace convene::discord {
namespace {

bool concerns(Database& database, CohortId cohort, const std::set<std::string>& joined) {
    const auto groups = get_cohort_groups_for_realization(database.realization(), cohort);
    return groups && std::any_of(groups->groups.begin(), groups->groups.end(), [&](const auto& group) {
               return std::any_of(group.members.begin(), group.members.end(),
                                  [&](const RealizationMember& member) {
                                      return member.discord_id && joined.contains(*member.discord_id);
                                  });
           });
}

void top_up(Database& database, const BotSurroundings& around, Metrics& metrics, CohortId cohort,
            const std::function<bool()>& should_stop) {
    RealizeOptions options;
    options.realization.top_up = true;
    options.realization.partly = true;  // nobody is there to ask, and the organiser's own runs do
    options.job_id = make_job_id();
    options.should_stop = should_stop;
    const auto realizer = around.make_realizer(database);
    const RealizeResult result = realize_cohort(database.cohorts(), *realizer, around.clock, cohort, options);
    metrics.count(metric::kTopUps, "status", to_string(result.status));
    if (result.status == RealizeStatus::nothing_to_do || result.status == RealizeStatus::busy) return;
    LogLine("topped up")
        .with("job", options.job_id)
        .with("cohort", cohort.value)
        .with("status", to_string(result.status))
        .with("done", static_cast<long long>(result.outcome.done.size()))
        .with("left", static_cast<long long>(result.outcome.not_done.size()))
        .info();
}

}  // namespace

void top_up_cohorts(Database& database, const BotSurroundings& around, Metrics& metrics,
                    const std::optional<std::set<std::string>>& joined,
                    const std::function<bool()>& should_stop) {
    for (const CohortSummary& cohort : list_cohorts(database.cohorts())) {
        if (should_stop()) return;
        if (cohort.status != CohortStatus::active || cohort.realized == 0) continue;
        if (joined && !concerns(database, cohort.cohort_id, *joined)) continue;
        try {
            top_up(database, around, metrics, cohort.cohort_id, should_stop);
        } catch (const Failure& failure) {
            metrics.count(metric::kTopUps, "status", "failed");
            LogLine("top-up failed")
                .with("cohort", cohort.cohort_id.value)
                .with("why", failure.what())
                .warning();
        }
    }
}

}  // namespace convene::discord
