#include "core/explain/bonds.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/model/person_label.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Bonds::Bonds(const Problem& problem, const Plan& plan, const StartTable& starts)
    : problem_(problem),
      plan_(plan),
      starts_(starts),
      together_(problem.people().size()),
      apart_(problem.people().size()),
      settled_in_(problem.people().size(), -1) {
    const auto list = [&](const auto& sets, auto& by_person) {
        for (std::size_t s = 0; s < sets.size(); ++s) {
            if (sets[s].size() < 2) continue;
            for (const std::string& id : sets[s])
                by_person[at(problem.index_of(id))].push_back(static_cast<int>(s));
        }
    };
    list(problem.together(), together_);
    list(problem.apart(), apart_);
    std::map<std::string_view, int> by_name;
    for (std::size_t g = 0; g < plan.groups.size(); ++g)
        by_name.emplace(plan.groups[g].name, static_cast<int>(g));
    for (const FixedGroup& group : problem.fixed_groups()) {
        const auto planned = by_name.find(group.name);
        if (planned == by_name.end()) continue;
        for (const std::string& id : group.participants)
            settled_in_[at(problem.index_of(id))] = planned->second;
    }
}

Bond Bonds::bond_of(int person) const {
    std::set<int> everybody{person};
    std::vector<int> queue{person};
    while (!queue.empty()) {
        const int next = queue.back();
        queue.pop_back();
        for (const int set : together_[at(next)])
            for (const std::string& id : problem_.together()[at(set)])
                if (const int other = problem_.index_of(id); everybody.insert(other).second) {
                    // A facilitator may lead several groups and so ties nobody to anybody else.
                    if (problem_.people()[at(other)].role == Role::participant) queue.push_back(other);
                }
    }
    Bond bond;
    for (const int member : everybody) {
        const bool leads = problem_.people()[at(member)].role == Role::facilitator;
        (leads ? bond.facilitators : bond.participants).push_back(member);
    }
    return bond;
}

bool Bonds::apart(int one, int other) const {
    if (one == other) return false;
    const auto& mine = apart_[at(one)];
    const auto& theirs = apart_[at(other)];
    return std::any_of(mine.begin(), mine.end(),
                       [&](int set) { return std::find(theirs.begin(), theirs.end(), set) != theirs.end(); });
}

std::string Bonds::name(int person) const {
    return label_of(problem_.people()[at(person)]);
}

std::optional<std::string> Bonds::impossible(const Bond& bond) const {
    if (auto clause = contradiction(bond)) return clause;
    int settled = -1;
    for (const int person : bond.participants) {
        const int group = settled_in_[at(person)];
        if (group < 0) continue;
        if (settled >= 0 && settled_in_[at(settled)] != group)
            return name(settled) + " and " + name(person) +
                   ", who belong together with them, are in two different groups already";
        settled = person;
    }
    return settled < 0 ? no_common_start(bond) : no_room_with(settled, bond);
}

std::optional<std::string> Bonds::contradiction(const Bond& bond) const {
    if (bond.facilitators.size() > 1)
        return name(bond.facilitators[0]) + " and " + name(bond.facilitators[1]) +
               " belong together but are both facilitators, and a group has one";
    std::vector<int> everybody = bond.participants;
    everybody.insert(everybody.end(), bond.facilitators.begin(), bond.facilitators.end());
    for (std::size_t i = 0; i < everybody.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (apart(everybody[i], everybody[j]))
                return name(everybody[j]) + " and " + name(everybody[i]) +
                       " belong together and are to be kept apart";
    return std::nullopt;
}

std::optional<std::string> Bonds::no_common_start(const Bond& bond) const {
    const Rules& rules = problem_.rules();
    const int most = rules.max_size - (rules.count_facilitator && problem_.facilitated() ? 1 : 0);
    if (static_cast<int>(bond.participants.size()) > most)
        return std::to_string(bond.participants.size()) + " people belong together, and a group has " +
               std::to_string(most) + " seats";
    std::vector<int> common = starts_.options_of(bond.participants.front());
    const auto keep = [&](int person) {
        std::erase_if(common, [&](int option) { return !starts_.attends(person, option); });
    };
    for (const int person : bond.participants) keep(person);
    for (const int person : bond.facilitators) keep(person);
    if (!common.empty()) return std::nullopt;
    return "the " + std::to_string(bond.participants.size() + bond.facilitators.size()) +
           " people who belong together share no weekly start";
}

/// The others of the bond may only join `settled` in the group where that person is already.
std::optional<std::string> Bonds::no_room_with(int settled, const Bond& bond) const {
    const int number = settled_in_[at(settled)];
    const PlannedGroup& group = plan_.groups[at(number)];
    const std::string home =
        name(settled) + ", who belongs together with them, is in " + group.name + " already";
    for (const int facilitator : bond.facilitators)
        if (problem_.people()[at(facilitator)].id != group.facilitator)
            return home + ", which " + name(facilitator) + " does not lead";
    int joining = 0;
    for (const int person : bond.participants) {
        if (settled_in_[at(person)] == number) continue;
        ++joining;
        if (!starts_.attends(person, starts_.option_of_group(at(number))))
            return home + ", at a time that " + name(person) + " cannot attend";
    }
    const int counted = problem_.rules().count_facilitator && !group.facilitator.empty() ? 1 : 0;
    const int seats = problem_.rules().max_size - counted - static_cast<int>(group.participants.size());
    if (joining > seats)
        return home + ", which has " + std::to_string(std::max(0, seats)) + " seats for the " +
               std::to_string(joining) + " who would join";
    return std::nullopt;
}

}  // namespace convene
