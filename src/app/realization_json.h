// src/app/realization_json.h: steps and notes of a realization as JSON, for command line and web alike.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "app/ports/realizer.h"

namespace convene {

[[nodiscard]] std::string_view word(RealizationStep::Action action) noexcept;
[[nodiscard]] std::string_view word(RealizationNote::Kind kind) noexcept;

[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<RealizationStep>& steps);
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<RealizationNote>& notes);

[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<GroupHome>& homes);

}  // namespace convene
