// src/sandbox/server/channel_name.h: the form in which a text channel's name is kept.
#pragma once
#include <string>
#include <string_view>

namespace convene::sandbox {

/// Lower case, white space to hyphens, repeated hyphens to one, none at the
/// ends; with `strip_punctuation` ASCII punctuation other than - and _ goes.
/// "General (January 2026)" becomes "general-january-2026". May come out empty.
[[nodiscard]] std::string text_channel_name(std::string_view name, bool strip_punctuation);

}  // namespace convene::sandbox
