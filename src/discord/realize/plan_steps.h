// src/discord/realize/plan_steps.h: desired state − what exists = steps.
//
// Pure: everything it looks at is handed in. What it would need to know and was
// not told it asks for; the caller finds out and asks again.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/realize/observed_server.h"
#include "discord/realize/step.h"

namespace convene::discord {

inline constexpr int kMaxChannelsPerGuild = 500;
inline constexpr int kMaxChannelsPerCategory = 50;
/// Each further one is refused.
inline constexpr std::size_t kMaxOverwritesPerChannel = 1000;
/// 100 are allowed; one server was seen to refuse the hundredth.
inline constexpr int kMaxUncompletedEvents = 99;

struct PlanInput {
    CohortRealization cohort;
    std::vector<JournalEntry> journal;
    std::set<std::string> foreign_ids;  ///< of other cohorts: never to be adopted
    ObservedServer server;
    Instant now{};  ///< when Discord does not tell its own
    /// A create begun at or before this instant has been carried out by now or never will be:
    /// what a look does not find then does not exist.
    Instant settled_until{};
    RealizationOptions options;
    const ZoneTable* zones = nullptr;  ///< how long a welcome is depends on its members' zones
    /// Who is on the server need not be known of people for whom all is made anew: the steps say
    /// whom to ask for. Otherwise it is a question.
    bool people_later = false;
    // Learned during this run.
    std::set<std::string> full_categories;  ///< Discord took no more channels
    std::set<OperationKey> refused;         ///< Discord will not have them: not to be tried again now
};

struct StepPlan {
    std::vector<Step> steps;  ///< in an order in which they can be done one by one
    std::vector<RealizationNote> notes;
    std::map<OperationKey, std::string> ids;  ///< what exists, adopted ones too
    std::vector<OperationKey>
        doubts;           ///< begun, not found, too early to say: their steps must not be done yet
    Questions questions;  ///< when not empty, the rest is provisional
};

/// Says who cannot be let in yet.
[[nodiscard]] RealizationNote absence_note(const std::set<std::string>& names);

[[nodiscard]] StepPlan plan_steps(const PlanInput& input);

}  // namespace convene::discord
