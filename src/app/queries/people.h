// src/app/queries/people.h: which person, which group of a cohort is meant.
#pragma once
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/cohort_snapshot.h"
#include "core/model/input_fault.h"

namespace convene {

/// Whoever `text` names: reference, user id, Discord id, e-mail or Discord
/// username or nickname without regard to case, or a beginning of one nickname; the first of
/// these that fits anybody decides. Several when it is ambiguous, none when nobody fits.
[[nodiscard]] std::vector<UserId> people_named(const CohortSnapshot& cohort, std::string_view text);
/// Likewise by group id, name, name without regard to case, or a beginning. Running groups
/// hide others of the same name.
[[nodiscard]] std::vector<GroupId> groups_named(const CohortSnapshot& cohort, std::string_view text);

/// Exactly one, or a fault (path `person`) that names the candidates or the nearest names.
[[nodiscard]] tl::expected<UserId, InputFaults> find_person(const CohortSnapshot& cohort,
                                                            std::string_view text);
/// Likewise, path `group`.
[[nodiscard]] tl::expected<GroupId, InputFaults> find_group(const CohortSnapshot& cohort,
                                                            std::string_view text);

/// Null when there is none.
[[nodiscard]] const SignupRow* signup_of(const CohortSnapshot& cohort, UserId user) noexcept;
[[nodiscard]] const GroupRow* group_of(const CohortSnapshot& cohort, GroupId group) noexcept;
/// display_name() of the sign-up; `user 12` for members who have none (deleted, or signed up elsewhere).
[[nodiscard]] std::string name_of(const CohortSnapshot& cohort, UserId user);
/// forming or active.
[[nodiscard]] bool is_running(const GroupRow& group) noexcept;

}  // namespace convene
