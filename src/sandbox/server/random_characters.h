// src/sandbox/server/random_characters.h: tokens that nobody guesses.
#pragma once
#include <string>

namespace convene::sandbox {

/// So many letters, digits, "-" and "_".
[[nodiscard]] std::string random_characters(std::size_t count);

}  // namespace convene::sandbox
