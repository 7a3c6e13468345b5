#include "app/check_file.h"

#include "formats/cohort_file.h"
#include "formats/plan_file.h"

namespace convene {
namespace {

void append(InputFaults& all, const InputFaults& more, const char* where) {
    for (InputFault fault : more) {
        fault.path = where + fault.path;
        all.push_back(std::move(fault));
    }
}

constexpr const char* kInCohort = "cohort file: ";
constexpr const char* kInPlan = "plan: ";

}  // namespace

tl::expected<CheckedFile, InputFaults> check_file(std::string_view cohort_text, std::string_view plan_text,
                                                  const ZoneTable& zones) {
    auto cohort = read_cohort_file(cohort_text, zones);
    const auto plan = read_plan_file(plan_text);
    InputFaults faults;
    if (!cohort) append(faults, cohort.error(), kInCohort);
    if (!plan) append(faults, plan.error(), kInPlan);
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    const auto problem = Problem::build(std::move(cohort->problem));
    if (!problem) {
        append(faults, problem.error(), kInCohort);
        return tl::unexpected(std::move(faults));
    }
    CheckedFile checked;
    checked.violations = check_plan(*problem, plan->plan);
    for (const InputFault& contradiction : plan->contradictions)
        checked.violations.push_back({"plan", "", to_string(contradiction)});
    checked.groups = static_cast<int>(plan->plan.groups.size());
    checked.placed = plan->plan.objective.placed;
    checked.unplaced = static_cast<int>(plan->plan.unplaced.size());
    append(checked.warnings, cohort->warnings, kInCohort);
    append(checked.warnings, plan->warnings, kInPlan);
    return checked;
}

}  // namespace convene
