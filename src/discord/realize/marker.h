// src/discord/realize/marker.h: the text by which convene recognises what it made.
#pragma once
#include <functional>
#include <string>

namespace convene::discord {

/// Gives a new marker each time: `ref:` and 16 random letters and digits, in
/// all at most 25 characters, so that it also serves as a message's nonce.
using MarkerSource = std::function<std::string()>;

[[nodiscard]] MarkerSource random_markers();

/// As it stands in topics, descriptions and messages: `[ref:k7f3…]`.
[[nodiscard]] inline std::string in_brackets(const std::string& marker) {
    return "[" + marker + "]";
}

}  // namespace convene::discord
