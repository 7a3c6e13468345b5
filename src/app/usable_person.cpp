#include "app/usable_person.h"

#include <algorithm>

#include "formats/availability.h"

namespace convene {
namespace {

using Hours = tl::expected<WeeklySet, InputFaults>;

bool blank(const std::optional<std::string>& text) {
    return !text || text->find_first_not_of(" \t\r\n") == std::string::npos;
}

/// Older databases hold UTC hours only; the local columns count as soon as one of them was written.
bool has_local_hours(const SignupRow& signup) {
    return signup.availability_local || signup.if_needed_availability_local;
}

Hours read_hours(const SignupRow& signup, bool if_needed) {
    if (has_local_hours(signup)) {
        const auto& text = if_needed ? signup.if_needed_availability_local : signup.availability_local;
        return parse_availability_json(text.value_or(""),
                                       if_needed ? "if_needed_availability_local" : "availability_local");
    }
    const auto& text = if_needed ? signup.if_needed_availability_utc : signup.availability_utc;
    return parse_interval_string(text.value_or(""),
                                 if_needed ? "if_needed_availability_utc" : "availability_utc");
}

std::string first_of(const InputFaults& faults) {
    std::string text = to_string(faults.front());
    if (faults.size() > 1) text += " (and " + std::to_string(faults.size() - 1) + " more)";
    return text;
}

}  // namespace

UsablePerson usable_person(const SignupRow& signup, const ZoneTable& zones) {
    UsablePerson usable;
    Person& person = usable.person;
    person.name = signup.display_name();
    person.role = signup.role;
    person.zone = blank(signup.timezone) ? nullptr : zones.find(*signup.timezone);
    const auto set_aside = [&](SetAsideReason reason, std::string message) {
        if (!usable.set_aside) {
            usable.set_aside =
                SetAsidePerson{signup.user_id, person.name, signup.role, reason, std::move(message)};
        }
    };
    if (blank(signup.timezone)) {
        set_aside(SetAsideReason::no_timezone, "has no time zone; a name such as Europe/London is needed");
    } else if (!person.zone) {
        set_aside(
            SetAsideReason::unknown_timezone,
            in_quotes(*signup.timezone) + " is not a time zone; a name such as Europe/London is needed");
    }
    const Hours available = read_hours(signup, false);
    const Hours if_needed = read_hours(signup, true);
    for (const Hours* hours : {&available, &if_needed}) {
        if (!*hours) set_aside(SetAsideReason::malformed_availability, first_of(hours->error()));
    }
    if (signup.role == Role::facilitator && !signup.certified)
        set_aside(SetAsideReason::not_certified, "is not certified as a facilitator");
    if (!person.zone) person.zone = utc_zone();
    if (usable.set_aside) {
        person.max_groups = 0;
        return usable;
    }
    if (!has_local_hours(signup)) person.hours_zone = utc_zone();
    person.available = *available;
    person.if_needed = *if_needed;
    person.max_groups = std::max(0, signup.max_active_groups.value_or(kDefaultMaxGroups));
    return usable;
}

}  // namespace convene
