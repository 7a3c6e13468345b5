// One cohort in both databases: the plans are the same, byte for byte.
#include <gtest/gtest.h>

#include "app/import_cohort.h"
#include "app/schedule_cohort.h"
#include "formats/plan_file.h"
#include "tests/storage/store_contract.h"
#include "tests/support/files.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

std::string scheduled_in(storage::Database database, int threads) {
    const TemporaryDirectory directory;
    const auto store = storage::open(fresh_database(database, directory));
    const auto imported =
        import_cohort_file(store->cohorts(), zone_table(), read_data("instances/60.cohort.json"));
    if (!imported) throw std::runtime_error(to_string(imported.error().front()));
    ScheduleOptions options;
    options.threads = threads;
    const auto result = schedule_cohort(store->cohorts(), zone_table(), SetClock(at(2025, 1, 1, 9)),
                                        imported->report.cohort_id, options);
    if (!result) throw std::runtime_error(to_string(result.error().front()));
    EXPECT_EQ(result->plan.objective, (Objective{53, 9}));
    return write_plan_file(result->plan, std::nullopt);
}

TEST(SamePlan, pitfall_20_from_sqlite_and_postgresql_with_any_number_of_threads) {
    const std::string plan = scheduled_in(storage::Database::sqlite, 1);
    EXPECT_EQ(scheduled_in(storage::Database::postgresql, 2), plan);
    EXPECT_EQ(scheduled_in(storage::Database::sqlite, 8), plan);
}

}  // namespace
}  // namespace convene::test
