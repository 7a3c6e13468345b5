// src/app/ports/realizer.h: how the use cases reach Discord.
//
// Plan first, then carry out: both are values that print and compare.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/ids.h"

namespace convene {

/// What a change makes of one property: `start`, `2025-01-29T15:00:00Z`, `2025-02-05T15:00:00Z`.
struct FieldChange {
    std::string field;
    std::string before;
    std::string after;

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// One change on Discord.
struct RealizationStep {
    enum class Action { create, grant, withdraw, update, adopt, remove };
    Action action = Action::create;
    std::string object;  ///< `category`, `text channel`, `voice channel`, `scheduled event`, `welcome
                         ///< message`, `access`
    std::string group;   ///< group name, empty for the category
    std::string name;    ///< what it will be called, or who gets access
    std::string detail;  ///< one line: start time, parent, who sees it
    std::vector<FieldChange> changes{};  ///< of an update

    friend bool operator==(const RealizationStep&, const RealizationStep&) = default;
};

/// Something that people should know before or after.
struct RealizationNote {
    enum class Kind {
        blocker,    ///< the plan cannot be carried out, or not all of it and nobody has agreed to less
                    ///< (RealizationOptions::partly); nothing is begun. `mend` says what to do
        shortfall,  ///< a part will not be possible now (past meeting, no free event slot)
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

/// Where a group lives, as addresses to open; empty what is not there.
struct GroupHome {
    std::string group_name;
    std::string text_channel;
    std::string voice_channel;
    std::string next_event;  ///< the first coming meeting's
};

struct RealizationOutcome {
    std::string cohort_name;
    std::vector<RealizationStep> done;  ///< in the order done
    std::vector<RealizationStep> not_done;
    std::vector<RealizationNote> notes;
    std::vector<std::string> links;  ///< text channel of each group, for people
    std::vector<GroupHome> homes;    ///< by group id
    /// One sentence when Discord or the database ended the run before its end; empty otherwise.
    /// What could be done independently of the fault is done; a further run continues.
    std::string failure;

    /// Something stood in the way of all of it, so that nothing was begun.
    [[nodiscard]] bool blocked() const noexcept { return has_blocker(notes); }
};

struct RealizationProgress {
    int done = 0;
    int total = 0;
    std::string current;  ///< what was just done: `create text channel group-1 (Group 1)`
    /// Until the end, by the limits that Discord has told and the pace so far; empty while too little is
    /// known.
    std::optional<std::chrono::seconds> remaining{};
};

struct RealizationOptions {
    enum class Goal {
        home,     ///< what the database says
        archive,  ///< the cohort has ended: nobody writes or talks any more, no coming events
        removal,  ///< likewise, and its channels are deleted
    };
    Goal goal = Goal::home;
    bool restore = false;  ///< of a home: take back what people changed or deleted by hand
    /// Only what time and arrivals bring to homes that exist: access for members who have joined the server,
    /// events that have come within reach. What an organiser changed waits for a whole run.
    bool top_up = false;
    /// Somebody has agreed that the plan is carried out as far as it goes, although a part of it never will
    /// be unless somebody changes something. What time alone will bring needs no consent.
    bool partly = false;
    std::string job_id{};  ///< stands in Discord's audit log beside each change; may be empty
};

class Realizer {
public:
    virtual ~Realizer() = default;

    /// Reads the database and Discord; writes nothing to either. Knows running and ended groups; what an
    /// archive makes of the database is the caller's to write.
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
