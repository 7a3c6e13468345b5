// src/discord/realize/text.h: names and sentences that Discord will take, whatever people are called.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace convene::discord {

/// Characters as Discord counts them (UTF-16 units). Bytes that are no UTF-8 count one each.
[[nodiscard]] std::size_t discord_length(std::string_view text);

/// At most `limit` characters, cut between code points, with an ellipsis where cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);

/// One line: control characters and line breaks become spaces, runs of spaces one, none at the ends.
[[nodiscard]] std::string one_line(std::string_view text);

/// For the text of a message: markdown is shown, not obeyed, and nothing mentions anybody.
[[nodiscard]] std::string harmless(std::string_view text);

/// The name of a text channel: lower case, hyphens for spaces, no punctuation.
/// Empty when nothing is left.
[[nodiscard]] std::string text_channel_name(std::string_view text);

}  // namespace convene::discord
