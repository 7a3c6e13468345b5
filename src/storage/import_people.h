// src/storage/import_people.h: one person of an import into users, facilitators and sign-ups.
#pragma once
#include "app/records.h"
#include "storage/sql/connection.h"

namespace convene::storage {

enum class PersonOutcome { created, updated, unchanged };

struct ImportedPerson {
    UserId user_id;
    PersonOutcome outcome = PersonOutcome::unchanged;
};

/// Finds the person (by reference in this cohort, else by Discord id, else by
/// e-mail), creates or updates them, and signs them up. Call inside a write transaction.
[[nodiscard]] ImportedPerson import_person(Connection& connection, CohortId cohort, CourseId course,
                                           const PersonImport& person);

}  // namespace convene::storage
