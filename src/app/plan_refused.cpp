#include "app/plan_refused.h"

namespace convene {
namespace {

std::string message_of(const std::vector<Violation>& violations) {
    std::string text =
        "the solver's plan breaks rules, so it was not used; please report this as a defect of convene";
    for (const Violation& violation : violations) text += "\n  " + violation.rule + ": " + violation.message;
    return text;
}

}  // namespace

PlanRefused::PlanRefused(std::vector<Violation> violations)
    : Failure(message_of(violations)), violations_(std::move(violations)) {}

}  // namespace convene
