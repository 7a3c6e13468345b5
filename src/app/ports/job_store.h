// src/app/ports/job_store.h: what people asked the bot for, kept until they have been answered.
//
// A job is on disk before Discord hears that the command was received, so that no crash loses it.
// It belongs to one process, its owner, as long as that process lives: owners hold a lock that the
// operating system or the server releases when they die, and whoever finds it free may take their
// jobs over (docs/decisions/094-stored-before-acknowledged.md).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ids.h"
#include "app/ports/cohort_store.h"
#include "core/time/instant.h"

namespace convene {

/// Enumerators are spelled as stored.
enum class JobState {
    waiting,   ///< taken in, nothing begun
    running,   ///< begun, perhaps by a process that is no more
    finished,  ///< the report is stored and not yet delivered
    reported,  ///< delivered, or told why there is nothing to do
};

struct BotJob {
    std::string job_id;          ///< as make_job_id gives it: also in runs and logs
    std::string interaction_id;  ///< unique: a command that arrives twice is one job
    std::string token;           ///< of the interaction; a secret for a quarter of an hour, then empty
    std::string channel_id;
    std::string user_id;  ///< Discord's, of whoever asked
    std::string command;  ///< `schedule`, …
    std::string options;  ///< JSON, as that command reads it
    std::optional<CohortId> cohort_id;
    bool exclusive = false;  ///< at most one open job of this command and cohort
    JobState state = JobState::waiting;
    std::string owner;   ///< empty: parked, for whoever comes first
    int attempts = 0;    ///< how often it was begun
    std::string report;  ///< JSON, once finished
    Instant asked_at{};

    friend bool operator==(const BotJob&, const BotJob&) = default;
};

struct JobIntake {
    enum class Answer {
        taken,    ///< stored
        known,    ///< this interaction is stored already
        in_turn,  ///< an open job of the same command and cohort is in `other`; nothing was stored
    };
    Answer answer = Answer::taken;
    std::optional<BotJob> other;
};

/// Implemented by the same adapters as CohortStore. Each call is one durable transaction and throws
/// StoreFailure when the database fails.
class JobStore {
public:
    virtual ~JobStore() = default;

    /// Held by a process for as long as it lives. Null when anybody holds it, this process included.
    [[nodiscard]] virtual std::unique_ptr<CohortLock> try_hold_owner(const std::string& owner) = 0;

    [[nodiscard]] virtual JobIntake take_in(const BotJob& job) = 0;
    [[nodiscard]] virtual std::optional<BotJob> find_job(const std::string& job_id) = 0;
    /// Makes `owner` the owner of unreported jobs that nobody living has, and gives them back, oldest first.
    [[nodiscard]] virtual std::vector<BotJob> adopt_jobs(const std::string& owner) = 0;

    // Each of these is refused (false) when the job is no longer this owner's.
    /// Before the work: state running, one attempt more.
    [[nodiscard]] virtual bool begin_job(const std::string& job_id, const std::string& owner) = 0;
    /// Back to waiting, for whoever comes first.
    virtual bool park_job(const std::string& job_id, const std::string& owner) = 0;
    virtual bool finish_job(const std::string& job_id, const std::string& owner,
                            const std::string& report) = 0;
    /// Forgets the token, too.
    virtual bool settle_job(const std::string& job_id, const std::string& owner) = 0;

    /// Jobs that were reported and asked for before that.
    virtual void forget_jobs(Instant asked_before) = 0;

    /// What a gateway session needs to be resumed, by owner; replaces what was there.
    virtual void save_session(const std::string& owner, const std::string& session) = 0;
    /// The latest session of an owner who lives no more becomes this owner's; others like it are forgotten.
    [[nodiscard]] virtual std::optional<std::string> inherit_session(const std::string& owner) = 0;
};

}  // namespace convene
