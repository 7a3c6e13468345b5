#include "app/import_cohort.h"

#include <algorithm>

#include "app/name_match.h"
#include "app/queries/cohorts.h"
#include "formats/availability.h"
#include "formats/cohort_file.h"

namespace convene {
namespace {

std::string to_text(const Anchor& anchor) {
    switch (anchor.kind) {
        case Anchor::Kind::utc:
            return "UTC";
        case Anchor::Kind::zone:
            return anchor.zone->name();
        case Anchor::Kind::facilitator:
            return "facilitator";
        case Anchor::Kind::best:
            return "best";
    }
    return "UTC";
}

PersonImport to_import(const Person& person, const Contact& contact) {
    PersonImport import;
    import.reference = person.id;
    import.name = person.name;
    import.discord_id = contact.discord_id;
    import.email = contact.email;
    import.timezone = person.zone->name();
    import.availability_local = to_availability_json(person.available);
    import.if_needed_availability_local = to_availability_json(person.if_needed);
    import.role = person.role;
    if (person.role == Role::facilitator) import.max_groups = person.max_groups;
    return import;
}

CohortImport to_import(const CohortFile& file) {
    const ProblemInput& problem = file.problem;
    CohortImport import;
    import.cohort_name = file.name;
    import.course_name = file.course;
    import.start_date = problem.schedule.start_date;
    import.number_of_group_meetings = problem.schedule.number_of_group_meetings;
    import.settings = {problem.schedule.meeting_minutes, to_text(problem.schedule.anchor), problem.rules};
    for (std::size_t i = 0; i < problem.people.size(); ++i)
        import.people.push_back(to_import(problem.people[i], file.contacts[i]));
    import.together = problem.together;
    import.apart = problem.apart;
    return import;
}

bool is_number(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Sets where the import goes. Only whole names count here: a beginning that happens to fit must
/// not pour one cohort into another.
InputFaults choose_cohort(CohortStore& store, std::string_view wanted_text, CohortImport& import) {
    auto found = find_cohort_called(store, wanted_text);
    if (!found) return std::move(found).error();
    if (*found) {
        import.into = (*found)->cohort_id;
        import.cohort_name = (*found)->cohort_name;
        return {};
    }
    const std::string wanted(trimmed(wanted_text));
    if (wanted.empty()) return {{"cohort", in_quotes(wanted), "is empty"}};
    if (is_number(wanted)) return {{"cohort", in_quotes(wanted), "is not the id of a cohort"}};
    import.cohort_name = wanted;
    return {};
}

}  // namespace

tl::expected<ImportOutcome, InputFaults> import_cohort_file(CohortStore& store, const ZoneTable& zones,
                                                            std::string_view text,
                                                            const ImportOptions& options) {
    auto file = read_cohort_file(text, zones);
    if (!file) return tl::unexpected(std::move(file).error());
    CohortImport import = to_import(*file);
    if (options.cohort) {
        InputFaults faults = choose_cohort(store, *options.cohort, import);
        if (!faults.empty()) return tl::unexpected(std::move(faults));
    }
    ImportOutcome outcome;
    outcome.report = store.import_cohort(import);
    outcome.cohort_name = import.cohort_name;
    outcome.people = static_cast<int>(import.people.size());
    outcome.warnings = std::move(file->warnings);
    return outcome;
}

}  // namespace convene
