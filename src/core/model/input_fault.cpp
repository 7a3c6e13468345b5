#include "core/model/input_fault.h"

namespace convene {

std::string to_string(const InputFault& fault) {
    std::string text = fault.path.empty() ? "" : fault.path + ": ";
    if (!fault.value.empty()) text += fault.value + ' ';
    return text + fault.message;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    if (text.size() <= kLongest) return '"' + std::string(text) + '"';
    std::size_t cut = kLongest;
    // Not in the middle of a UTF-8 character.
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return '"' + std::string(text.substr(0, cut)) + "…\"";
}

}  // namespace convene
