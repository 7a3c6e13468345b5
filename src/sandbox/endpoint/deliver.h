// src/sandbox/endpoint/deliver.h: from the world's interactions to the endpoint and back.
#pragma once
#include <string>
#include <vector>

#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// Sends the interactions among `changes` to the endpoint and takes them out,
/// so that the gateway is not told of them. The mutex is held.
void hand_to_endpoint(Sandbox& sandbox, std::vector<Change>& changes);

/// What a PING holds, and every forgery of one.
[[nodiscard]] std::string ping_body(const World& world, Snowflake id);

}  // namespace convene::sandbox
