#include "discord/realize/text.h"

namespace convene::discord {
namespace {

// Bytes of the code point that begins with this byte; 1 for a byte that begins none.
std::size_t code_point_bytes(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return bytes <= text.size() ? bytes : 1;
}

// What means something in the middle of a line; names never stand at its beginning.
constexpr std::string_view kMarkdown = "\\*_~`|[]<";

}  // namespace

std::size_t discord_length(std::string_view text) {
    std::size_t length = 0;
    while (!text.empty()) {
        const std::size_t bytes = code_point_bytes(text);
        length += bytes == 4 ? 2 : 1;
        text.remove_prefix(bytes);
    }
    return length;
}

std::string shortened(std::string_view text, std::size_t limit) {
    if (discord_length(text) <= limit) return std::string(text);
    std::string out;
    std::size_t length = 0;
    while (!text.empty()) {
        const std::size_t bytes = code_point_bytes(text);
        const std::size_t units = bytes == 4 ? 2 : 1;
        if (length + units + 1 > limit) break;
        out += text.substr(0, bytes);
        length += units;
        text.remove_prefix(bytes);
    }
    return out + "…";
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string harmless(std::string_view text) {
    constexpr std::string_view kZeroWidthSpace = "\u200B";
    const std::string line = one_line(text);
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (kMarkdown.find(c) != std::string_view::npos) out += '\\';
        out += c;
        // Neither a mention (@everyone) nor an address (https://) must come to life.
        if (c == '@' || line.compare(i, 3, "://") == 0) out += kZeroWidthSpace;
    }
    return out;
}

std::string text_channel_name(std::string_view text) {
    std::string out;
    for (const char c : one_line(text)) {
        const bool digit = c >= '0' && c <= '9';
        const bool small = c >= 'a' && c <= 'z';
        const bool capital = c >= 'A' && c <= 'Z';
        const bool foreign = static_cast<unsigned char>(c) >= 0x80;
        if (digit || small || foreign || c == '_') {
            out += c;
        } else if (capital) {
            out += static_cast<char>(c - 'A' + 'a');
        } else if ((c == ' ' || c == '-') && !out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

}  // namespace convene::discord
