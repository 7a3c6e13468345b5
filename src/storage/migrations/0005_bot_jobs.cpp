// What people asked the bot for, and the sessions that its processes have with Discord.
#include "storage/migrations/migrations.h"

namespace convene::storage {
namespace {

constexpr const char* kSql = R"(
CREATE TABLE convene_bot_jobs (
    job_id TEXT PRIMARY KEY,
    interaction_id TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    command TEXT NOT NULL,
    options TEXT NOT NULL,
    cohort_id {reference},
    exclusive {boolean} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'finished', 'reported')),
    owner TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    report TEXT NOT NULL,
    asked_at {instant} NOT NULL
);
CREATE UNIQUE INDEX convene_bot_jobs_in_turn ON convene_bot_jobs (command, cohort_id)
    WHERE exclusive = {yes} AND state IN ('waiting', 'running');
CREATE INDEX convene_bot_jobs_open ON convene_bot_jobs (owner) WHERE state <> 'reported';
CREATE TABLE convene_bot_sessions (
    owner TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    saved_at {instant} NOT NULL
);
)";

}  // namespace

void migrate_0005_bot_jobs(Connection& connection, Report& report) {
    connection.script(in_dialect(connection.dialect(), kSql));
    report.push_back("created convene's tables of the bot's jobs and sessions");
}

}  // namespace convene::storage
