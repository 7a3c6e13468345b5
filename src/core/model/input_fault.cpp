#include "core/model/input_fault.h"

#include <algorithm>

namespace convene {
namespace {

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Bytes of the UTF-8 character in front; 0 when it is none, or a control character.
std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), is_continuation)) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool beyond_unicode = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || beyond_unicode ? 0 : length;
}

}  // namespace

std::string to_string(const InputFault& fault) {
    std::string text = fault.path.empty() ? "" : fault.path + ": ";
    if (!fault.value.empty()) text += fault.value + ' ';
    return text + fault.message;
}

std::string printable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        clean += length == 0 ? std::string_view("?") : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    if (text.size() <= kLongest) return '"' + printable(text) + '"';
    std::size_t cut = kLongest;
    while (cut > 0 && is_continuation(text[cut])) --cut;
    return '"' + printable(text.substr(0, cut)) + "…\"";
}

}  // namespace convene
