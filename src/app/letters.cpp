#include "app/letters.h"

namespace convene {
namespace {

std::string why(UnplacedReason reason, const CohortRow& cohort) {
    const std::string minutes = std::to_string(cohort.settings.meeting_minutes);
    switch (reason) {
        case UnplacedReason::no_availability:
            return "we know of no hours of yours that hold a weekly meeting of " + minutes +
                   " minutes through all " + std::to_string(cohort.number_of_group_meetings) + " weeks";
        case UnplacedReason::no_facilitator_overlap:
            return "no facilitator is free in the hours you gave";
        case UnplacedReason::too_few_peers:
            return "too few others are free in the hours you gave to make up a group";
        case UnplacedReason::facilitator_capacity:
            return "all facilitators who could lead a group in your hours have their hands full";
        case UnplacedReason::rule_conflict:
            return "the people you are to be with, or apart from, left no group open to you";
        case UnplacedReason::outcompeted:
            return "the groups in your hours are full, and no arrangement had room for everybody";
    }
    return "no group was found";
}

std::string request(const PersonExplanation& explanation) {
    if (explanation.cure && explanation.cure->kind == Cure::Kind::hours) {
        std::string hours;
        for (const WeeklyWindow window : explanation.cure->hours)
            hours += (hours.empty() ? "" : " and ") + hours_text(window);
        return " If you could also make " + hours + " (your time, " + explanation.cure->zone +
               "), a group that meets then has a seat for you: please add it to your hours and tell us.";
    }
    switch (explanation.reason.value_or(UnplacedReason::outcompeted)) {
        case UnplacedReason::no_availability:
        case UnplacedReason::no_facilitator_overlap:
        case UnplacedReason::too_few_peers:
        case UnplacedReason::outcompeted:
            return " Every further hour that you can add helps: please update your availability, and we will "
                   "try again.";
        case UnplacedReason::facilitator_capacity:
        case UnplacedReason::rule_conflict:
            return " There is nothing you need to do: we are looking for a way and will get back to you.";
    }
    return "";
}

}  // namespace

std::string letter_to(const PersonExplanation& explanation, const CohortRow& cohort) {
    const std::string greeting = "Hello " + explanation.name + ", ";
    switch (explanation.standing) {
        case PersonExplanation::Standing::grouped:
            return greeting + (explanation.role == Role::facilitator ? "you lead " : "you are in ") +
                   explanation.group_name + " of " + cohort.cohort_name + ".";
        case PersonExplanation::Standing::set_aside:
            return greeting + "we could not look for a group for you in " + cohort.cohort_name +
                   ", because your sign-up needs mending: it " + explanation.detail +
                   ". Please correct it, and we will try again.";
        case PersonExplanation::Standing::waiting:
            return greeting + "you are signed up for " + cohort.cohort_name +
                   (explanation.role == Role::facilitator
                        ? ". No group needs you to lead it so far; we will get back to you."
                        : ", and groups have not been formed since. We will get back to you.");
        case PersonExplanation::Standing::unplaced:
            break;
    }
    return greeting + "we are sorry that you are in no group of " + cohort.cohort_name +
           " yet: " + why(explanation.reason.value_or(UnplacedReason::outcompeted), cohort) + "." +
           request(explanation);
}

}  // namespace convene
