// src/cli/open_database.h: the database of this command, ready to be used.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace convene::cli {

/// For commands that need a database with convene's tables in it.
/// \throws StoreFailure when it cannot be reached, or its schema is missing or of another version
[[nodiscard]] std::unique_ptr<Database> open_database(Context& context);

/// Likewise, but an empty database gets the tables first. One that other software uses is never adopted
/// unasked.
[[nodiscard]] std::unique_ptr<Database> open_or_create_database(Context& context);

/// \throws BadInput when no cohort, or not exactly one, is meant
[[nodiscard]] CohortSummary cohort_named(Database& database, std::string_view text);
[[nodiscard]] CohortSnapshot load_cohort_named(Database& database, std::string_view text);

/// Who is at the keyboard, for the records of edits.
[[nodiscard]] std::string author();

}  // namespace convene::cli
