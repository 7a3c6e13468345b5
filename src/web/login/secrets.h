// src/web/login/secrets.h: what nobody can guess, and what nobody can forge.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convene::web {

/// 256 random bits in 43 letters, digits, `-` and `_`.
[[nodiscard]] std::string random_secret();

/// Takes as long whatever the texts hold.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b) noexcept;

/// `payload.signature`, both in the letters of random_secret(). The payload can be read by anybody.
[[nodiscard]] std::string sign(std::string_view payload, std::string_view key);
/// The payload of a text that sign() made with this key.
[[nodiscard]] std::optional<std::string> verified(std::string_view token, std::string_view key);

}  // namespace convene::web
