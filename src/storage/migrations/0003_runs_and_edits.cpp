// What was done to a cohort, by whom, and how to take it back.
#include "storage/migrations/migrations.h"

namespace convene::storage {
namespace {

constexpr const char* kSql = R"(
CREATE TABLE convene_runs (
    run_id {key},
    cohort_id {reference} NOT NULL REFERENCES cohorts (cohort_id) ON DELETE CASCADE,
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    options TEXT NOT NULL,
    result TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at {instant} NOT NULL,
    finished_at {instant} NOT NULL
);
CREATE INDEX convene_runs_cohort_id ON convene_runs (cohort_id);
CREATE TABLE convene_edits (
    edit_id {key},
    cohort_id {reference} NOT NULL REFERENCES cohorts (cohort_id) ON DELETE CASCADE,
    command TEXT NOT NULL,
    detail TEXT NOT NULL,
    inverse TEXT NOT NULL,
    violations TEXT NOT NULL,
    forced {boolean} NOT NULL,
    author TEXT NOT NULL,
    made_at {instant} NOT NULL,
    undoes {reference} REFERENCES convene_edits (edit_id) ON DELETE CASCADE
);
CREATE INDEX convene_edits_cohort_id ON convene_edits (cohort_id);
)";

}  // namespace

void migrate_0003_runs_and_edits(Connection& connection, Report& report) {
    connection.script(in_dialect(connection.dialect(), kSql));
    report.push_back("created convene's tables of runs and edits");
}

}  // namespace convene::storage
