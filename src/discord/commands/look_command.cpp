#include "discord/commands/look_command.h"

#include "app/queries/cohorts.h"

namespace convene::discord {

CommandDefinition LookCommand::definition() const {
    return {name_, description_, {cohort_option()}};
}

std::vector<Choice> LookCommand::choices(Database& database) const {
    std::vector<Choice> choices;
    for (const CohortSummary& cohort : list_cohorts(database.cohorts())) {
        const std::string count = count_of(cohort);
        if (!count.empty()) choices.push_back(cohort_choice(cohort.cohort_id, cohort.cohort_name, count));
    }
    return choices;
}

}  // namespace convene::discord
