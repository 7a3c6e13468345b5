// src/web/backstage.h: what all handlers share.
#pragma once
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/board_state.h"
#include "app/propose_schedule.h"
#include "web/board_server.h"
#include "web/jobs.h"
#include "web/login/rate_limit.h"
#include "web/login/sessions.h"

namespace convene::web {

/// Open databases, each lent to one thread at a time.
class DatabasePool {
public:
    explicit DatabasePool(std::function<std::unique_ptr<Database>()> open) : open_(std::move(open)) {}

    class Lease {
    public:
        Lease(DatabasePool& pool, std::unique_ptr<Database> database)
            : pool_(pool), database_(std::move(database)) {}
        ~Lease() { pool_.give_back(std::move(database_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Database* operator->() const noexcept { return database_.get(); }
        Database& operator*() const noexcept { return *database_; }

    private:
        DatabasePool& pool_;
        std::unique_ptr<Database> database_;
    };
    /// \throws StoreFailure
    [[nodiscard]] Lease lend();

private:
    void give_back(std::unique_ptr<Database> database);

    std::function<std::unique_ptr<Database>()> open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Database>> free_;
};

/// The latest versions that were looked at, worked out.
class BoardStates {
public:
    using StatePtr = std::shared_ptr<const BoardState>;
    /// As the database says now. \throws Refusal 404 for an unknown cohort, 422 for settings of no use
    [[nodiscard]] StatePtr current(CohortStore& store, const ZoneTable& zones, CohortId cohort);
    /// The version of a cohort when it is still known; null otherwise.
    [[nodiscard]] StatePtr known(CohortId cohort, const std::string& version);

private:
    std::mutex mutex_;
    std::list<StatePtr> states_;  ///< most recently used first
};

/// Plans that wait to be compared and accepted.
class Proposals {
public:
    struct Kept {
        std::int64_t id = 0;
        CohortId cohort;
        std::string version;  ///< of the cohort it was made for
        Json options;
        Proposal proposal;
    };
    using KeptPtr = std::shared_ptr<const Kept>;
    std::int64_t add(CohortId cohort, std::string version, Json options, Proposal proposal);
    [[nodiscard]] std::vector<KeptPtr> list(CohortId cohort) const;  ///< newest first
    [[nodiscard]] KeptPtr find(CohortId cohort, std::int64_t id) const;
    void drop(CohortId cohort, std::int64_t id);

private:
    mutable std::mutex mutex_;
    std::list<KeptPtr> kept_;  ///< newest first
    std::int64_t last_id_ = 0;
};

struct Backstage {
    Backstage(Surroundings given, BoardOptions wanted, std::string link_key);

    Surroundings surroundings;
    BoardOptions options;
    std::string base_url;  ///< scheme and host that browsers use, known once the port is
    DatabasePool databases;
    BoardStates states;
    Proposals proposals;
    Sessions sessions;
    RateLimit requests{300, 60};
    RateLimit logins{8, 0.1};
    Jobs jobs;  ///< last: its threads use everything above
};

}  // namespace convene::web
