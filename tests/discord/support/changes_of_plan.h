// tests/discord/support/changes_of_plan.h: what may change after a cohort has been realized, by name.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {

struct ChangeOfPlan {
    std::string name;
    std::function<void(World&)> happen;
    RealizationOptions options{};  ///< of the run that carries it out
};

[[nodiscard]] const std::vector<ChangeOfPlan>& changes_of_plan();

/// A third group 1 member, on the server: `Late`, Discord id 8001.
void join_group(World& world, std::size_t group, const std::string& name, const std::string& discord_id,
                Role role = Role::participant);
/// The group's last member leaves it; \returns who
RealizationMember leave_group(World& world, std::size_t group);
/// The group ends, as when the database forms its people anew.
void dissolve(World& world, std::size_t group);

}  // namespace convene::discord::test
