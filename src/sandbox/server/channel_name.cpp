#include "sandbox/server/channel_name.h"

#include <cctype>

namespace convene::sandbox {
namespace {

/// Lower case of the two-byte letters of Latin-1, Greek and Cyrillic; others are kept.
char32_t lower(char32_t c) {
    const bool latin = c >= 0xC0 && c <= 0xDE && c != 0xD7;
    const bool greek = c >= 0x391 && c <= 0x3A9 && c != 0x3A2;
    const bool cyrillic = c >= 0x410 && c <= 0x42F;
    if (latin || greek || cyrillic) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

/// Appends the lower-case form of the two-byte character `first second`.
void append_lower(std::string& out, unsigned char first, unsigned char second) {
    const char32_t c = lower(static_cast<char32_t>((first & 0x1FU) << 6U | (second & 0x3FU)));
    out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
}

void append_hyphen(std::string& out) {
    if (!out.empty() && out.back() != '-') out.push_back('-');
}

}  // namespace

std::string text_channel_name(std::string_view name, bool strip_punctuation) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        if (c >= 0xC2 && c <= 0xDF && i + 1 < name.size()) {
            append_lower(out, c, static_cast<unsigned char>(name[++i]));
        } else if (c == '-' || std::isspace(c) != 0) {
            append_hyphen(out);
        } else if (c >= 0x80 || c == '_' || std::isalnum(c) != 0 ||
                   (std::ispunct(c) != 0 && !strip_punctuation)) {
            out.push_back(static_cast<char>(c < 0x80 ? std::tolower(c) : c));
        }
    }
    if (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

}  // namespace convene::sandbox
