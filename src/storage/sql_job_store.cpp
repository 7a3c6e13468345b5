#include "storage/sql_job_store.h"

#include <algorithm>

#include "app/failure.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

const std::vector<std::string>& job_columns() {
    static const std::vector<std::string> kColumns{
        "job_id",    "interaction_id", "token", "channel_id", "user_id",  "command", "options",
        "cohort_id", "exclusive",      "state", "owner",      "attempts", "report",  "asked_at"};
    return kColumns;
}

BotJob read_job(const Row& row) {
    BotJob job;
    job.job_id = row.text("job_id");
    job.interaction_id = row.text("interaction_id");
    job.token = row.text("token");
    job.channel_id = row.text("channel_id");
    job.user_id = row.text("user_id");
    job.command = row.text("command");
    job.options = row.text("options");
    if (!row.is_null("cohort_id")) job.cohort_id = row.id<CohortId>("cohort_id");
    job.exclusive = row.boolean_or("exclusive", false);
    job.state = read_word<JobState>(row, "state");
    job.owner = row.text("owner");
    job.attempts = row.small("attempts");
    job.report = row.text("report");
    job.asked_at = row.instant("asked_at");
    return job;
}

std::vector<BotJob> select_jobs(Connection& connection, const std::string& rest, const Params& params) {
    std::vector<BotJob> jobs;
    for (const Row& row : connection.select(job_columns(), "FROM convene_bot_jobs " + rest, params))
        jobs.push_back(read_job(row));
    return jobs;
}

std::optional<BotJob> open_job_like(Connection& connection, const BotJob& job) {
    if (!job.exclusive || !job.cohort_id) return std::nullopt;
    auto found = select_jobs(connection,
                             "WHERE command = :command AND cohort_id = :cohort AND exclusive = :yes "
                             "AND state IN ('waiting', 'running')",
                             {{"command", job.command}, {"cohort", job.cohort_id}, {"yes", true}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void insert_job(Connection& connection, const BotJob& job) {
    connection.execute(
        "INSERT INTO convene_bot_jobs (job_id, interaction_id, token, channel_id, user_id, command, options, "
        "cohort_id, exclusive, state, owner, attempts, report, asked_at) VALUES (:job, :interaction, :token, "
        ":channel, :user, :command, :options, :cohort, :exclusive, :state, :owner, :attempts, :report, "
        ":asked)",
        {{"job", job.job_id},
         {"interaction", job.interaction_id},
         {"token", job.token},
         {"channel", job.channel_id},
         {"user", job.user_id},
         {"command", job.command},
         {"options", job.options},
         {"cohort", job.cohort_id},
         {"exclusive", job.exclusive},
         {"state", word_of(job.state)},
         {"owner", job.owner},
         {"attempts", job.attempts},
         {"report", job.report},
         {"asked", job.asked_at}});
}

}  // namespace

std::unique_ptr<CohortLock> SqlJobStore::try_hold_owner(const std::string& owner) {
    try {
        return connection_.try_lock(lock_key("bot process " + owner), "bot");
    } catch (const DatabaseError& error) {
        throw StoreFailure("try_hold_owner", error.what(), Retry::safe);
    }
}

JobIntake SqlJobStore::take_in(const BotJob& job) {
    JobIntake intake;
    transactor_.run("take_in", TransactionMode::write, [&](Connection& connection) {
        intake = {};
        // One at a time: whoever comes second sees what the first has stored.
        connection.lock_until_commit(lock_key("bot intake"));
        auto known = select_jobs(connection, "WHERE interaction_id = :interaction",
                                 {{"interaction", job.interaction_id}});
        if (!known.empty()) {
            intake = {JobIntake::Answer::known, std::move(known.front())};
        } else if (auto other = open_job_like(connection, job)) {
            intake = {JobIntake::Answer::in_turn, std::move(other)};
        } else {
            insert_job(connection, job);
        }
    });
    return intake;
}

std::optional<BotJob> SqlJobStore::find_job(const std::string& job_id) {
    std::vector<BotJob> found;
    transactor_.run("find_job", TransactionMode::read, [&](Connection& connection) {
        found = select_jobs(connection, "WHERE job_id = :job", {{"job", job_id}});
    });
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<std::string> SqlJobStore::dead_owners(const std::string& table, const std::string& rest) {
    std::vector<std::string> owners;
    transactor_.run("dead_owners", TransactionMode::read, [&](Connection& connection) {
        owners.clear();
        const std::string from = "FROM " + table + " " + rest + " GROUP BY owner ORDER BY owner";
        for (const Row& row : connection.select({"owner"}, from)) owners.push_back(row.text("owner"));
    });
    std::erase_if(owners, [&](const std::string& owner) { return !owner.empty() && !try_hold_owner(owner); });
    return owners;
}

std::vector<BotJob> SqlJobStore::adopt_jobs(const std::string& owner) {
    const std::vector<std::string> dead = dead_owners("convene_bot_jobs", "WHERE state <> 'reported'");
    std::vector<BotJob> adopted;
    if (dead.empty()) return adopted;
    transactor_.run("adopt_jobs", TransactionMode::write, [&](Connection& connection) {
        adopted.clear();
        const bool postgresql = connection.dialect().database == Database::postgresql;
        const std::string skip = postgresql ? " FOR UPDATE SKIP LOCKED" : "";
        for (const std::string& former : dead) {
            auto jobs = select_jobs(
                connection, "WHERE owner = :former AND state <> 'reported' ORDER BY asked_at, job_id" + skip,
                {{"former", former}});
            for (BotJob& job : jobs) {
                connection.execute("UPDATE convene_bot_jobs SET owner = :owner WHERE job_id = :job",
                                   {{"owner", owner}, {"job", job.job_id}});
                job.owner = owner;
                adopted.push_back(std::move(job));
            }
        }
    });
    return adopted;
}

bool SqlJobStore::change(const std::string& operation, const std::string& assignments,
                         const std::string& states, const std::string& job_id, const std::string& owner,
                         Params params) {
    bool changed = false;
    params.emplace_back("job", job_id);
    params.emplace_back("owner", owner);
    transactor_.run(operation, TransactionMode::write, [&](Connection& connection) {
        changed =
            connection.execute("UPDATE convene_bot_jobs SET " + assignments +
                                   " WHERE job_id = :job AND owner = :owner AND state IN (" + states + ")",
                               params) == 1;
    });
    return changed;
}

bool SqlJobStore::begin_job(const std::string& job_id, const std::string& owner) {
    return change("begin_job", "state = 'running', attempts = attempts + 1", "'waiting', 'running'", job_id,
                  owner);
}

bool SqlJobStore::park_job(const std::string& job_id, const std::string& owner) {
    // Stopped in an orderly way is no sign of trouble; but begun once, it stays known as begun.
    return change("park_job",
                  "state = 'waiting', owner = '', "
                  "attempts = CASE WHEN attempts > 1 THEN attempts - 1 ELSE attempts END",
                  "'waiting', 'running'", job_id, owner);
}

bool SqlJobStore::finish_job(const std::string& job_id, const std::string& owner, const std::string& report) {
    return change("finish_job", "state = 'finished', report = :report", "'waiting', 'running'", job_id, owner,
                  {{"report", report}});
}

bool SqlJobStore::settle_job(const std::string& job_id, const std::string& owner) {
    return change("settle_job", "state = 'reported', token = ''", "'waiting', 'running', 'finished'", job_id,
                  owner);
}

void SqlJobStore::forget_jobs(Instant asked_before) {
    transactor_.run("forget_jobs", TransactionMode::write, [&](Connection& connection) {
        connection.execute("DELETE FROM convene_bot_jobs WHERE state = 'reported' AND asked_at < :before",
                           {{"before", asked_before}});
    });
}

void SqlJobStore::save_session(const std::string& owner, const std::string& session) {
    transactor_.run("save_session", TransactionMode::write, [&](Connection& connection) {
        connection.execute(
            "INSERT INTO convene_bot_sessions (owner, session, saved_at) VALUES (:owner, "
            ":session, " +
                std::string(connection.dialect().now) +
                ") ON CONFLICT (owner) DO UPDATE SET session = excluded.session, saved_at = "
                "excluded.saved_at",
            {{"owner", owner}, {"session", session}});
    });
}

std::optional<std::string> SqlJobStore::inherit_session(const std::string& owner) {
    const std::vector<std::string> dead = dead_owners("convene_bot_sessions", "");
    std::optional<std::string> latest;
    if (dead.empty()) return latest;
    transactor_.run("inherit_session", TransactionMode::write, [&](Connection& connection) {
        latest.reset();
        connection.lock_until_commit(lock_key("bot sessions"));
        const Rows rows = connection.select({"owner", "session"},
                                            "FROM convene_bot_sessions ORDER BY saved_at DESC, owner");
        for (const Row& row : rows) {
            const std::string former = row.text("owner");
            if (std::find(dead.begin(), dead.end(), former) == dead.end()) continue;
            connection.execute(
                latest ? "DELETE FROM convene_bot_sessions WHERE owner = :former"
                       : "UPDATE convene_bot_sessions SET owner = :owner WHERE owner = :former",
                latest ? Params{{"former", former}} : Params{{"former", former}, {"owner", owner}});
            if (!latest) latest = row.text("session");
        }
    });
    return latest;
}

}  // namespace convene::storage
