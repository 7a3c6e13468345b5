// src/app/ports/realizer.h: how the use cases reach Discord.
//
// Plan first, then carry out: both are values that print and compare.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/ids.h"

namespace convene {

/// One change on Discord.
struct RealizationStep {
    enum class Action { create, grant, withdraw, update, adopt };
    Action action = Action::create;
    std::string object;  ///< `category`, `text channel`, `voice channel`, `scheduled event`, `welcome
                         ///< message`, `access`
    std::string group;   ///< group name, empty for the category
    std::string name;    ///< what it will be called, or who gets access
    std::string detail;  ///< one line: start time, parent, who sees it

    friend bool operator==(const RealizationStep&, const RealizationStep&) = default;
};

/// Something that people should know before or after.
struct RealizationNote {
    enum class Kind {
        blocker,    ///< the plan cannot be carried out; nothing is begun. `mend` says what to do
        shortfall,  ///< a part will not be possible now (past meeting, no free event slot): asked first
        drift,      ///< a human changed something: left alone
        info,
    };
    Kind kind = Kind::info;
    std::string message;
    std::string mend;  ///< what to do about it; may be empty

    friend bool operator==(const RealizationNote&, const RealizationNote&) = default;
};

[[nodiscard]] inline bool has_blocker(const std::vector<RealizationNote>& notes) noexcept {
    for (const RealizationNote& note : notes) {
        if (note.kind == RealizationNote::Kind::blocker) return true;
    }
    return false;
}

struct RealizationPlan {
    std::string cohort_name;
    std::vector<RealizationStep> steps;  ///< in order; empty: nothing to do
    std::vector<RealizationNote> notes;

    [[nodiscard]] bool blocked() const noexcept { return has_blocker(notes); }
};

struct RealizationOutcome {
    std::string cohort_name;
    std::vector<RealizationStep> done;  ///< in the order done
    std::vector<RealizationStep> not_done;
    std::vector<RealizationNote> notes;
    std::vector<std::string> links;  ///< text channel of each group, for people
    /// One sentence when Discord or the database ended the run before its end; empty otherwise.
    /// What could be done independently of the fault is done; a further run continues.
    std::string failure;

    /// Something stood in the way of all of it, so that nothing was begun.
    [[nodiscard]] bool blocked() const noexcept { return has_blocker(notes); }
};

struct RealizationProgress {
    int done = 0;
    int total = 0;
    std::string current;
};

struct RealizationOptions {
    bool restore = false;  ///< create again what people deleted by hand
    /// Only what time and arrivals bring to homes that exist: access for members who have joined the server,
    /// events that have come within reach. What an organiser changed waits for a whole run.
    bool top_up = false;
    std::string job_id{};  ///< stands in Discord's audit log beside each change; may be empty
};

class Realizer {
public:
    virtual ~Realizer() = default;

    /// Reads the database and Discord; writes nothing to either.
    [[nodiscard]] virtual RealizationPlan plan(CohortId cohort, const RealizationOptions& options) = 0;

    /// Carries out what plan() gives. Resumable: killed at any instant and called again it ends with each
    /// thing once. A plan with a blocker is not begun: all its steps come back in not_done.
    /// on_progress is called from one thread at a time, not always the same one; should_stop likewise.
    /// \throws DiscordFailure, StoreFailure when it failed before the first change; later failures are
    /// told in RealizationOutcome::failure, beside what was done
    [[nodiscard]] virtual RealizationOutcome realize(
        CohortId cohort, const RealizationOptions& options,
        const std::function<void(const RealizationProgress&)>& on_progress,
        const std::function<bool()>& should_stop) = 0;
};

}  // namespace convene
