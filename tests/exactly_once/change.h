// tests/exactly_once/change.h: what an organiser does to a cohort, and what is left of it on the server.
#pragma once
#include <string>
#include <vector>

#include "tests/exactly_once/judge.h"

namespace convene::test {

struct Change {
    std::string name;
    std::vector<std::string> edit;       ///< the command that changes the database; empty: none
    std::vector<std::string> carry_out;  ///< the command that brings it to Discord
    Traces traces;
};

/// The home of a cohort that has none.
[[nodiscard]] const Change& building();

/// Of a cohort of three groups that is realized.
[[nodiscard]] const std::vector<Change>& changes_of_plan();

}  // namespace convene::test
