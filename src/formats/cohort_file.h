// src/formats/cohort_file.h: `convene/cohort@1`, the file that says who may
// meet when (docs/formats.md).
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/model/input_fault.h"
#include "core/model/problem.h"
#include "core/time/zone_table.h"

namespace convene {

/// How to reach somebody; of no meaning for grouping.
struct Contact {
    std::optional<std::string> email;
    std::optional<std::string> discord_id;  ///< decimal digits, unique within the file

    friend bool operator==(const Contact&, const Contact&) = default;
};

/// Somebody whose entry could not be used.
struct PersonSetAside {
    std::size_t index = 0;  ///< position in the file's list of people
    std::string id;         ///< empty when that was the fault
    std::string name;
    InputFaults faults;  ///< at least one
};

struct CohortFile {
    std::string name;
    std::string course;             ///< empty when not given
    ProblemInput problem;           ///< people in the order of the file; no fixed groups, bookings or loads
    std::vector<Contact> contacts;  ///< one per person in problem.people, in that order
    InputFaults warnings;           ///< unknown keys, fixed offsets, and the like
    std::vector<PersonSetAside> set_aside;  ///< in the order of the file
};

struct CohortFileOptions {
    /// True: a person with faults is left out of the problem and of every together and apart set,
    /// and listed; false: such faults refuse the file like all others.
    bool set_faulty_people_aside = false;
};

/// Every fault at once, of form and of meaning, each with its path
/// (`people[3].available.Tuesday[0]`) and what stood there. A file that comes back
/// makes a Problem without further faults. Any bytes are safe to give.
[[nodiscard]] tl::expected<CohortFile, InputFaults> read_cohort_file(std::string_view text,
                                                                     const ZoneTable& zones,
                                                                     CohortFileOptions options = {});

/// One line per person. Reads back as the same cohort, people set aside and warnings excepted.
[[nodiscard]] std::string write_cohort_file(const CohortFile& file);

}  // namespace convene
