#include "formats/cohort_file.h"
#include "fuzz/fuzz_target.h"
#include "zones/iana_zones.h"

void convene::fuzz::try_text(std::string_view text) {
    static const zones::IanaZones zones;
    for (const bool set_aside : {false, true}) {
        const auto file = read_cohort_file(text, zones, {.set_faulty_people_aside = set_aside});
        if (!file) {
            require(!file.error().empty(), "a refusal names a fault");
            continue;
        }
        require(Problem::build(file->problem).has_value(), "a file that is read makes a problem");
        require(file->contacts.size() == file->problem.people.size(), "one contact per person");
        const std::string written = write_cohort_file(*file);
        const auto again = read_cohort_file(written, zones);
        require(again.has_value(), "what is written can be read");
        require(write_cohort_file(*again) == written, "reading and writing keep the file");
    }
}
