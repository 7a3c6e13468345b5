// src/app/usable_person.h: one sign-up row as a person to schedule, or why not.
#pragma once
#include <optional>
#include <string>

#include "app/build_problem.h"

namespace convene {

struct UsablePerson {
    /// Complete but for its id. Somebody set aside has no hours, leads nothing, and UTC where the zone
    /// cannot be used.
    Person person;
    std::optional<SetAsidePerson> set_aside;
};

[[nodiscard]] UsablePerson usable_person(const SignupRow& signup, const ZoneTable& zones);

}  // namespace convene
