// src/sandbox/state/records.h: the world's things as the state file keeps them.
//
// Apart from server/objects.h on purpose: that is what Discord shows, this is
// everything there is, with times as milliseconds and ids as numbers.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "sandbox/server/world.h"

namespace convene::sandbox {

/// What `change` is about as it stands now: {"kind", "id", …, "value"}, with a
/// null value for something that has gone.
[[nodiscard]] nlohmann::json record_of(const World& world, const Change& change);

/// Brings one record back. \throws nlohmann::json::exception on a foreign one.
void restore(World& world, const nlohmann::json& record);

/// One change per thing in the world: with record_of, all of it.
[[nodiscard]] std::vector<Change> everything(const World& world);

}  // namespace convene::sandbox
