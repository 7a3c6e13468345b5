#include "core/explain/case_file.h"

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

CaseFile::CaseFile(const Problem& the_problem, const Plan& the_plan)
    : problem(the_problem),
      plan(the_plan),
      starts(problem, plan),
      bonds(problem, plan, starts),
      leaders(problem, plan, starts),
      seating(problem, plan, starts),
      groups_at_(at(starts.size())),
      peers_(at(starts.size())),
      seat_in_existing_(at(starts.size())),
      extra_(at(starts.size())) {
    std::map<std::string_view, const FixedGroup*> fixed;
    std::set<int> settled;
    for (const FixedGroup& group : problem.fixed_groups()) {
        fixed.emplace(group.name, &group);
        for (const std::string& id : group.participants) settled.insert(problem.index_of(id));
    }
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        const PlannedGroup& group = plan.groups[g];
        const int option = starts.option_of_group(g);
        groups_at_[at(option)].push_back(g);
        const auto existing = fixed.find(group.name);
        if (existing == fixed.end()) continue;
        const bool counted = problem.rules().count_facilitator && !group.facilitator.empty();
        const int size = static_cast<int>(existing->second->participants.size()) + (counted ? 1 : 0);
        if (size < problem.rules().max_size) seat_in_existing_[at(option)] = true;
    }
    for (const int participant : problem.participants()) {
        if (settled.contains(participant)) continue;
        starts.for_each_option(participant, [&](int option) { ++peers_[at(option)]; });
    }
}

std::string CaseFile::name(int person_index) const {
    return label_of(person(person_index));
}

int CaseFile::least_participants() const noexcept {
    return problem.rules().min_size - (problem.rules().count_facilitator && problem.facilitated() ? 1 : 0);
}

bool CaseFile::existing_group_with_seat(int option) const {
    return seat_in_existing_[at(option)];
}

bool CaseFile::can_be_led(int option) const {
    if (starts[option].names.empty()) return false;
    return !problem.facilitated() || !leaders.able(option).empty();
}

bool CaseFile::may_name(int option, int member, int leader) const {
    const auto& names = starts[option].names;
    if (problem.schedule().anchor.kind != Anchor::Kind::best) return !names.empty();
    return std::any_of(names.begin(), names.end(), [&](const StartOption::Name& way) {
        const std::string& zone = way.anchor->name();
        return zone == "UTC" || zone == person(member).zone->name() ||
               (leader >= 0 && zone == person(leader).zone->name());
    });
}

const ExtraGroup& CaseFile::extra_group(int option) {
    auto& known = extra_[at(option)];
    if (!known) known = seating.try_group(option);
    return *known;
}

}  // namespace convene
