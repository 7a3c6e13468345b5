#include "core/explain/reasoner.h"

#include <algorithm>

namespace convene {
namespace {

std::string count_of(std::size_t number, const std::string& singular, const std::string& plural) {
    return std::to_string(number) + " " + (number == 1 ? singular : plural);
}

int longest_stretch(const WeeklySet& hours) {
    int longest = 0;
    for (const WeeklyWindow window : hours.windows()) longest = std::max(longest, window.length());
    return longest;
}

}  // namespace

UnplacedPerson Reasoner::explain(int person) {
    const std::string& id = file_.person(person).id;
    const auto because = [&](UnplacedReason reason, std::string detail) {
        return UnplacedPerson{id, reason, std::move(detail) + ".", std::nullopt};
    };
    const std::vector<int> options = file_.starts.options_of(person);
    if (options.empty()) return because(UnplacedReason::no_availability, no_availability(person));
    if (auto why = no_facilitator_overlap(person, options))
        return because(UnplacedReason::no_facilitator_overlap, *std::move(why));
    if (auto why = too_few_peers(person, options))
        return because(UnplacedReason::too_few_peers, *std::move(why));
    if (auto why = facilitator_capacity(person, options))
        return because(UnplacedReason::facilitator_capacity, *std::move(why));
    if (auto why = rule_conflict(person, options))
        return because(UnplacedReason::rule_conflict, *std::move(why));
    return because(UnplacedReason::outcompeted, outcompeted(person, options));
}

std::string Reasoner::no_availability(int person) const {
    const Person& who = file_.person(person);
    const Rules& rules = file_.problem.rules();
    const int minutes = file_.problem.schedule().meeting_minutes;
    const std::string name = file_.name(person);
    const WeeklySet usable = rules.use_if_needed ? who.available.united_with(who.if_needed) : who.available;
    if (usable.empty())
        return who.if_needed.empty()
                   ? name + " gave no hours"
                   : name + " gave if-needed hours only, and this cohort does not use such hours";
    const int longest = longest_stretch(usable);
    if (longest < minutes)
        return "The longest free stretch of " + name + " is " + std::to_string(longest) +
               " minutes, and a meeting takes " + std::to_string(minutes);
    const int meetings = file_.problem.schedule().number_of_group_meetings;
    return "No start on the grid of " + std::to_string(rules.start_step_minutes) + " minutes keeps all " +
           count_of(static_cast<std::size_t>(meetings), "meeting", "meetings") + " within the hours of " +
           name + ", clock changes included";
}

Reasoner::Clause Reasoner::no_facilitator_overlap(int person, const std::vector<int>& options) const {
    if (!file_.problem.facilitated()) return std::nullopt;
    const bool covered = std::any_of(options.begin(), options.end(), [&](int option) {
        return file_.can_be_led(option) || !file_.groups_at(option).empty();
    });
    if (covered) return std::nullopt;
    const bool one = options.size() == 1;
    const std::size_t facilitators = file_.problem.facilitators().size();
    return (facilitators == 1 ? "The one facilitator cannot"
                              : "Of " + std::to_string(facilitators) + " facilitators none can") +
           " attend " +
           (one ? "the one weekly start that suits "
                : "any of the " + std::to_string(options.size()) + " weekly starts that suit ") +
           file_.name(person) + " (" + to_string(file_.starts[options.front()]) + (one ? ")" : ", …)");
}

Reasoner::Clause Reasoner::too_few_peers(int person, const std::vector<int>& options) const {
    const int least = file_.least_participants();
    std::size_t led = 0;
    int best = -1;
    for (const int option : options) {
        if (file_.existing_group_with_seat(option)) return std::nullopt;
        if (!file_.can_be_led(option)) continue;
        if (file_.peers(option) >= least) return std::nullopt;
        ++led;
        if (best < 0 || file_.peers(option) > file_.peers(best)) best = option;
    }
    const std::string whom = file_.name(person) + (file_.problem.facilitated() ? " and a facilitator" : "");
    const std::string needs = "a group needs " + std::to_string(least);
    if (best < 0)  // only groups that are full meet at their times
        return "At no weekly start that suits " + whom +
               " could a new group meet, and the existing groups there are full; " + needs;
    const std::string where = led == 1 ? "At the one weekly start that suits "
                                       : "At the " + std::to_string(led) + " weekly starts that suit ";
    return where + whom + ", at most " +
           count_of(static_cast<std::size_t>(file_.peers(best)), "participant", "participants") +
           " could meet (" + to_string(file_.starts[best]) + "); " + needs;
}

std::vector<int> Reasoner::leaders_for(const Bond& bond, int option) const {
    std::vector<int> leaders;
    for (const int leader : file_.leaders.able(option)) {
        const bool wanted =
            bond.facilitators.empty() || (bond.facilitators.size() == 1 && bond.facilitators[0] == leader);
        const bool allowed = std::none_of(bond.participants.begin(), bond.participants.end(),
                                          [&](int p) { return file_.bonds.apart(p, leader); });
        if (wanted && allowed && file_.may_name(option, bond.participants.front(), leader))
            leaders.push_back(leader);
    }
    return leaders;
}

std::string Reasoner::join_obstacles(const std::vector<int>& leaders, int option) const {
    constexpr std::size_t kNamed = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(leaders.size(), kNamed); ++i)
        text += (i == 0 ? "" : ", ") + file_.leaders.obstacle(leaders[i], option);
    if (leaders.size() > kNamed)
        text += ", and the other " + std::to_string(leaders.size() - kNamed) +
                " who could be there lead elsewhere or no more";
    return text;
}

Reasoner::Clause Reasoner::facilitator_capacity(int person, const std::vector<int>& options) {
    if (!file_.problem.facilitated()) return std::nullopt;
    const Bond bond = file_.bonds.bond_of(person);
    const bool bound = file_.seating.bound(person);
    if (bound && file_.bonds.impossible(bond)) return std::nullopt;
    const auto& unplaced = file_.seating.unplaced();
    for (const int mate : bond.participants)
        if (!std::binary_search(unplaced.begin(), unplaced.end(), mate)) return std::nullopt;

    int best = -1;
    std::size_t most = 0;
    for (const int option : options) {
        if (!file_.can_be_led(option) || file_.peers(option) < file_.least_participants()) continue;
        const std::vector<int> leaders = leaders_for(bond, option);
        const auto any = [&](Readiness readiness) {
            return std::any_of(leaders.begin(), leaders.end(), [&](int leader) {
                return file_.leaders.readiness(leader, option) == readiness;
            });
        };
        // Where somebody is free to lead, it is not the facilitators that are missing.
        if (leaders.empty() || any(Readiness::free)) continue;
        // Whom a set ties to one facilitator, nobody else can lead while that one is busy.
        if (!bond.facilitators.empty() && any(Readiness::busy)) continue;
        std::size_t places = 0;
        if (bound) {
            const bool all_attend = std::all_of(bond.participants.begin(), bond.participants.end(),
                                                [&](int p) { return file_.starts.attends(p, option); });
            if (all_attend) places = file_.seating.try_group(option, bond.participants).placed.size();
        } else {
            places = file_.extra_group(option).placed.size();
        }
        if (places <= most) continue;
        most = places;
        best = option;
    }
    if (best < 0) return std::nullopt;
    return "One more group on " + to_string(file_.starts[best]) + " would place " + file_.name(person) +
           (most > 1 ? " and " + count_of(most - 1, "other", "others") : "") +
           " without displacing anyone, but " + join_obstacles(leaders_for(bond, best), best);
}

bool Reasoner::seat_without_rules(int person, const std::vector<int>& options) {
    if (file_.seating.could_seat(person)) return true;
    const std::vector<int> alone{person};
    return std::any_of(options.begin(), options.end(), [&](int option) {
        if (!file_.can_be_led(option) || !file_.may_name(option, person, -1)) return false;
        const bool led = !file_.problem.facilitated() || file_.leaders.any_free(option);
        return led && file_.seating.try_group(option, alone).works;
    });
}

Reasoner::Clause Reasoner::rule_conflict(int person, const std::vector<int>& options) {
    if (!file_.seating.bound(person)) return std::nullopt;
    const std::string name = file_.name(person);
    const Bond bond = file_.bonds.bond_of(person);
    if (const auto clause = file_.bonds.impossible(bond)) return name + " can be in no group: " + *clause;
    if (!seat_without_rules(person, options)) return std::nullopt;
    std::string rules;
    if (file_.bonds.tied(person))
        rules = "belonging together with " +
                count_of(bond.participants.size() + bond.facilitators.size() - 1, "other", "others");
    if (file_.bonds.kept_apart(person))
        rules += std::string(rules.empty() ? "" : " and ") + "being kept apart from others";
    return name + " would have a seat were it not for " + rules;
}

std::string Reasoner::outcompeted(int person, const std::vector<int>& options) {
    constexpr std::size_t kNamed = 3;
    const std::string name = file_.name(person);
    std::vector<std::string> groups;
    for (const int option : options)
        for (const std::size_t group : file_.groups_at(option))
            groups.push_back(file_.plan.groups[group].name);
    std::string names;
    for (std::size_t i = 0; i < std::min(groups.size(), kNamed); ++i)
        names += (i == 0 ? "" : ", ") + groups[i];
    if (groups.size() > kNamed) names += ", …";

    const bool proven = file_.plan.status == PlanStatus::optimal;
    std::string text;
    if (!proven && !file_.seating.bound(person) && seat_without_rules(person, options)) {
        text = "The plan can still be improved to place " + name;
    } else {
        text = proven ? "Every plan that places " + name + " leaves at least one other participant out"
                      : "No seat was found for " + name;
        text += groups.empty() ? ": no group meets at the " +
                                     (options.size() == 1
                                          ? std::string("one weekly start that suits them")
                                          : std::to_string(options.size()) + " weekly starts that suit them")
                               : ": " + count_of(groups.size(), "group meets", "groups meet") +
                                     " at times that suit them (" + names + "), with no seat left for them";
    }
    const std::string most = "o plan places more than " + std::to_string(file_.plan.bound.placed);
    return text + (proven ? ". N" + most
                          : ". These groups, which place " + std::to_string(file_.plan.objective.placed) +
                                ", are not proven to be the best: n" + most);
}

}  // namespace convene
