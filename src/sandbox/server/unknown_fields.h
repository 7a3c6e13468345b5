// src/sandbox/server/unknown_fields.h: fields of tomorrow in the objects of today.
#pragma once
#include <nlohmann/json_fwd.hpp>

namespace convene::sandbox {

/// Gives every object that has an id one more field, which nobody has
/// described: Discord adds such without notice, and a client must not mind.
void add_unknown_fields(nlohmann::json& value);

}  // namespace convene::sandbox
