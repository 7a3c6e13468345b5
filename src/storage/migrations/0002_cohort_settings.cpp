// What convene knows of a cohort beyond the platform's tables. Rows here are
// optional everywhere: the platform makes cohorts and groups without them.
#include "storage/migrations/migrations.h"

namespace convene::storage {
namespace {

constexpr const char* kSql = R"(
CREATE TABLE convene_cohort_settings (
    cohort_id {reference} PRIMARY KEY REFERENCES cohorts (cohort_id) ON DELETE CASCADE,
    meeting_minutes INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    min_size INTEGER NOT NULL,
    max_size INTEGER NOT NULL,
    count_facilitator {boolean} NOT NULL,
    use_if_needed {boolean} NOT NULL,
    start_step_minutes INTEGER NOT NULL,
    fit TEXT NOT NULL CHECK (fit IN ('every-meeting', 'first-meeting')),
    facilitator_buffer_minutes INTEGER NOT NULL,
    target_size INTEGER
);
CREATE TABLE convene_people (
    cohort_id {reference} NOT NULL REFERENCES cohorts (cohort_id) ON DELETE CASCADE,
    reference TEXT NOT NULL,
    user_id {reference} NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    PRIMARY KEY (cohort_id, reference)
);
CREATE INDEX convene_people_user_id ON convene_people (cohort_id, user_id, reference);
CREATE TABLE convene_group_settings (
    group_id {reference} PRIMARY KEY REFERENCES groups (group_id) ON DELETE CASCADE,
    anchor TEXT NOT NULL,
    anchor_start TEXT NOT NULL
);
CREATE TABLE convene_pins (
    pin_id {key},
    group_id {reference} NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    user_id {reference} REFERENCES users (user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX convene_pins_once ON convene_pins (group_id, coalesce(user_id, 0));
CREATE TABLE convene_sets (
    set_id {key},
    cohort_id {reference} NOT NULL REFERENCES cohorts (cohort_id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('together', 'apart'))
);
CREATE TABLE convene_set_members (
    set_id {reference} NOT NULL REFERENCES convene_sets (set_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    user_id {reference} NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    PRIMARY KEY (set_id, position)
);
)";

}  // namespace

void migrate_0002_cohort_settings(Connection& connection, Report& report) {
    connection.script(in_dialect(connection.dialect(), kSql));
    report.push_back("created convene's tables of settings, imported people, pins and sets");
}

}  // namespace convene::storage
