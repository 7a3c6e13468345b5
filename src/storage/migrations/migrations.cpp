#include "storage/migrations/migrations.h"

namespace convene::storage {

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> kMigrations{
        {1, "course tables", migrate_0001_course_tables},
        {2, "settings, imported people, pins and sets of cohorts", migrate_0002_cohort_settings},
        {3, "runs and edits", migrate_0003_runs_and_edits},
        {4, "journal of Discord operations", migrate_0004_discord_journal},
        {5, "jobs and sessions of the bot", migrate_0005_bot_jobs},
    };
    return kMigrations;
}

}  // namespace convene::storage
