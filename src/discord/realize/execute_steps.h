// src/discord/realize/execute_steps.h: carries steps out, each announced in the journal first.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/realization_store.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/realize/discord_api.h"
#include "discord/realize/marker.h"
#include "discord/realize/plan_steps.h"

namespace convene::discord {

struct ExecutionReport {
    std::vector<RealizationStep> done;      ///< in the order done; what only the journal learns is left out
    std::vector<RealizationStep> not_done;  ///< in the plan's order
    std::vector<RealizationNote> notes;
    std::map<OperationKey, std::string> ids;  ///< the plan's, and what was made
    std::set<std::string> full_categories;
    std::set<OperationKey> refused;
    std::map<std::string, bool> people;   ///< whether they are on the server, where a step had to know
    std::set<std::string> absent_people;  ///< names of those who are not
    bool look_again = false;  ///< something is in doubt or not as the plan thought: observe and plan anew
    bool stopped = false;
    std::string failure;  ///< one sentence when no further step was begun for it
};

/// What was done, and how long the rest is expected to take.
using OnDone = std::function<void(const RealizationStep&, std::optional<std::chrono::seconds> remaining)>;

struct ExecutionSettings {
    int threads = 6;
    std::string reason;  ///< for Discord's audit log
};

class StepExecutor {
public:
    StepExecutor(DiscordApi& api, RealizationStore& store, const ZoneTable& zones, const Clock& clock,
                 const MarkerSource& markers, ExecutionSettings settings)
        : api_(api),
          store_(store),
          zones_(zones),
          clock_(clock),
          markers_(markers),
          settings_(std::move(settings)) {}

    /// Steps that do not depend on each other go at once, as far as Discord's limits
    /// allow. on_done and should_stop are called from one thread at a time.
    [[nodiscard]] ExecutionReport run(const StepPlan& plan, const std::vector<JournalEntry>& journal,
                                      Instant now, const OnDone& on_done,
                                      const std::function<bool()>& should_stop);

private:
    DiscordApi& api_;
    RealizationStore& store_;
    const ZoneTable& zones_;
    const Clock& clock_;
    const MarkerSource& markers_;
    ExecutionSettings settings_;
};

}  // namespace convene::discord
