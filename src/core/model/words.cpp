// The enumerators of core/model in the spelling of files and databases.
#include <array>
#include <utility>

#include "core/model/cohort.h"
#include "core/model/person.h"
#include "core/model/plan.h"

namespace convene {
namespace {

template <typename Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Words<Role, 2> kRoles = {{{Role::participant, "participant"}, {Role::facilitator, "facilitator"}}};

constexpr Words<Fit, 2> kFits = {
    {{Fit::every_meeting, "every-meeting"}, {Fit::first_meeting, "first-meeting"}}};

constexpr Words<PlanStatus, 2> kStatuses = {
    {{PlanStatus::optimal, "optimal"}, {PlanStatus::feasible, "feasible"}}};

constexpr Words<UnplacedReason, 6> kReasons = {{
    {UnplacedReason::no_availability, "no_availability"},
    {UnplacedReason::no_facilitator_overlap, "no_facilitator_overlap"},
    {UnplacedReason::too_few_peers, "too_few_peers"},
    {UnplacedReason::facilitator_capacity, "facilitator_capacity"},
    {UnplacedReason::rule_conflict, "rule_conflict"},
    {UnplacedReason::outcompeted, "outcompeted"},
}};

template <typename Enum, std::size_t N>
std::string_view word_of(const Words<Enum, N>& words, Enum value) noexcept {
    for (const auto& [enumerator, word] : words) {
        if (enumerator == value) return word;
    }
    return {};
}

template <typename Enum, std::size_t N>
std::optional<Enum> find_word(const Words<Enum, N>& words, std::string_view text) noexcept {
    for (const auto& [enumerator, word] : words) {
        if (word == text) return enumerator;
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Role role) noexcept {
    return word_of(kRoles, role);
}
std::optional<Role> role_from(std::string_view text) noexcept {
    return find_word(kRoles, text);
}

std::string_view to_string(Fit fit) noexcept {
    return word_of(kFits, fit);
}
std::optional<Fit> fit_from(std::string_view text) noexcept {
    return find_word(kFits, text);
}

std::string_view to_string(PlanStatus status) noexcept {
    return word_of(kStatuses, status);
}
std::optional<PlanStatus> plan_status_from(std::string_view text) noexcept {
    return find_word(kStatuses, text);
}

std::string_view to_string(UnplacedReason reason) noexcept {
    return word_of(kReasons, reason);
}
std::optional<UnplacedReason> unplaced_reason_from(std::string_view text) noexcept {
    return find_word(kReasons, text);
}

}  // namespace convene
