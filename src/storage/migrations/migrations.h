// src/storage/migrations/migrations.h: the steps from an empty or foreign
// database to the present schema.
//
// One file per step, named by its version. A step that has been released is
// never edited: a change of mind is a new step.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql/connection.h"

namespace convene::storage {

using Report = std::vector<std::string>;

struct Migration {
    int version = 0;
    std::string_view name;
    void (*apply)(Connection&, Report&) = nullptr;  ///< inside a write transaction
};

/// By version, without gaps, from 1.
[[nodiscard]] const std::vector<Migration>& migrations();

void migrate_0001_course_tables(Connection& connection, Report& report);
void migrate_0002_cohort_settings(Connection& connection, Report& report);
void migrate_0003_runs_and_edits(Connection& connection, Report& report);
void migrate_0004_discord_journal(Connection& connection, Report& report);
void migrate_0005_bot_jobs(Connection& connection, Report& report);

}  // namespace convene::storage
