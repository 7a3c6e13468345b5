#include "cli/open_database.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "app/queries/cohorts.h"
#include "cli/bad_input.h"

namespace convene::cli {
std::unique_ptr<Database> open_database(Context& context) {
    const std::string& url = context.configuration.database_url;
    try {
        return context.adapters.open_database(url, false);
    } catch (const StoreFailure& failure) {
        // Which one it was is half of the answer when several are about.
        throw StoreFailure(without_secrets(url), failure.what(), failure.retry());
    }
}

std::unique_ptr<Database> open_or_create_database(Context& context) {
    {
        const auto any = context.adapters.open_database(context.configuration.database_url, true);
        const MigrationStatus status = any->schema().status();
        if (status.version == 0 && !status.adoptable) any->schema().migrate();
    }
    return open_database(context);
}

CohortSummary cohort_named(Database& database, std::string_view text) {
    auto found = find_cohort(database.cohorts(), text);
    if (!found) throw BadInput("", found.error(), "`convene cohorts` lists them.");
    return std::move(*found);
}

CohortSnapshot load_cohort_named(Database& database, std::string_view text) {
    auto loaded = load_cohort(database.cohorts(), text);
    if (!loaded) throw BadInput("", loaded.error(), "`convene cohorts` lists them.");
    return std::move(*loaded);
}

std::string author() {
    const passwd* entry = getpwuid(geteuid());
    return entry != nullptr && entry->pw_name != nullptr ? entry->pw_name : fmt::format("uid {}", geteuid());
}

}  // namespace convene::cli
