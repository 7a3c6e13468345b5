#include "core/time/fixed_offset.h"

#include "core/time/clock_text.h"

namespace convene {
namespace {

constexpr Minutes kLeast = -std::chrono::hours(12);
constexpr Minutes kMost = std::chrono::hours(14);

/// Reads one or two digits from the front.
std::optional<int> take_number(std::string_view& text) noexcept {
    int value = 0;
    std::size_t used = 0;
    while (used < text.size() && used < 2 && text[used] >= '0' && text[used] <= '9') {
        value = value * 10 + (text[used++] - '0');
    }
    text.remove_prefix(used);
    return used == 0 ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<Minutes> parse_fixed_offset(std::string_view text) noexcept {
    if (!text.starts_with("UTC") && !text.starts_with("GMT")) return std::nullopt;
    text.remove_prefix(3);
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (text == "00:00") return Minutes(0);
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const bool west = text.front() == '-';
    text.remove_prefix(1);

    const auto hours = take_number(text);
    if (!hours) return std::nullopt;
    int minutes = 0;
    if (!text.empty()) {
        if (text.front() == ':') text.remove_prefix(1);
        if (text.size() != 2) return std::nullopt;
        const auto read = take_number(text);
        if (!read || !text.empty() || *read > 59) return std::nullopt;
        minutes = *read;
    }
    const Minutes size(*hours * 60 + minutes);
    const Minutes offset = west ? -size : size;
    return offset < kLeast || offset > kMost ? std::nullopt : std::optional(offset);
}

std::string fixed_offset_name(Minutes offset) {
    const auto minutes = static_cast<int>(offset.count());
    return std::string("UTC") + (minutes < 0 ? '-' : '+') + clock_text(minutes < 0 ? -minutes : minutes);
}

}  // namespace convene
