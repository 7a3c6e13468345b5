// src/storage/sql_job_store.h: the JobStore port over SQL.
#pragma once
#include "app/ports/job_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/transactor.h"

namespace convene::storage {

class SqlJobStore : public JobStore {
public:
    explicit SqlJobStore(Connection& connection) : connection_(connection), transactor_(connection) {}

    std::unique_ptr<CohortLock> try_hold_owner(const std::string& owner) override;
    JobIntake take_in(const BotJob& job) override;
    std::optional<BotJob> find_job(const std::string& job_id) override;
    std::vector<BotJob> adopt_jobs(const std::string& owner) override;
    bool begin_job(const std::string& job_id, const std::string& owner) override;
    bool park_job(const std::string& job_id, const std::string& owner) override;
    bool finish_job(const std::string& job_id, const std::string& owner, const std::string& report) override;
    bool settle_job(const std::string& job_id, const std::string& owner) override;
    void forget_jobs(Instant asked_before) override;
    void save_session(const std::string& owner, const std::string& session) override;
    std::optional<std::string> inherit_session(const std::string& owner) override;

private:
    /// `UPDATE convene_bot_jobs SET … ` of a job that must be the owner's and in one of these states.
    bool change(const std::string& operation, const std::string& assignments, const std::string& states,
                const std::string& job_id, const std::string& owner, Params params = {});
    /// Those in `table` who hold their lock no more; `rest` narrows the rows down.
    [[nodiscard]] std::vector<std::string> dead_owners(const std::string& table, const std::string& rest);

    Connection& connection_;
    Transactor transactor_;
};

}  // namespace convene::storage
