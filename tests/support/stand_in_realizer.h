// tests/support/stand_in_realizer.h: a Realizer without a Discord, for use cases.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/failure.h"
#include "app/ports/realizer.h"

namespace convene::test {

/// Has steps to do, until it has done them.
class StandInRealizer : public Realizer {
public:
    RealizationPlan plan(CohortId, const RealizationOptions& options) override {
        goal = options.goal;
        return {"Spring", steps, notes};
    }
    RealizationOutcome realize(CohortId, const RealizationOptions& options,
                               const std::function<void(const RealizationProgress&)>& on_progress,
                               const std::function<bool()>& should_stop) override {
        ++runs;
        restore = options.restore;
        goal = options.goal;
        job_id = options.job_id;
        if (failure) throw *failure;
        if (meanwhile) meanwhile();
        RealizationOutcome outcome;
        outcome.failure = told_failure;
        outcome.notes = notes;
        if (outcome.blocked()) {
            outcome.not_done = steps;
            return outcome;
        }
        for (const RealizationStep& step : steps) {
            const bool stop = should_stop && should_stop();
            (stop ? outcome.not_done : outcome.done).push_back(step);
            if (on_progress) on_progress({static_cast<int>(outcome.done.size()), 2, step.name});
        }
        steps = outcome.not_done;
        return outcome;
    }

    std::vector<RealizationStep> steps = {
        {RealizationStep::Action::create, "category", "", "Spring", ""},
        {RealizationStep::Action::create, "text channel", "Group 1", "group-1", ""}};
    std::vector<RealizationNote> notes;
    std::optional<DiscordFailure> failure;
    std::string told_failure;
    std::function<void()> meanwhile;
    int runs = 0;
    bool restore = false;
    RealizationOptions::Goal goal = RealizationOptions::Goal::home;
    std::string job_id;
};

}  // namespace convene::test
