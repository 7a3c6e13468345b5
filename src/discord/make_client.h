// src/discord/make_client.h: a RestClient from the configuration.
#pragma once
#include <memory>

#include "discord/make_realizer.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

/// Names convene and its address, as Discord demands of every request.
[[nodiscard]] const char* user_agent() noexcept;

/// \throws std::invalid_argument when configuration_fault() finds one
[[nodiscard]] std::shared_ptr<RestClient> make_client(const Configuration& configuration);

}  // namespace convene::discord
