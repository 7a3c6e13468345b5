// src/core/model/person_label.h: how messages call somebody.
#pragma once
#include <string>

#include "core/model/person.h"

namespace convene {

/// `Alice (p1)`, or `p1` when no name is known.
[[nodiscard]] inline std::string label_of(const Person& person) {
    return person.name.empty() ? person.id : person.name + " (" + person.id + ")";
}

}  // namespace convene
