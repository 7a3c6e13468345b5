#include "cli/terminal/display_width.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace convene::cli {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid = true;
};

/// Reads the first code point of a non-empty text; overlong forms, surrogates
/// and cut sequences are invalid and one byte long.
CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 1, false};
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {lead, 1, false};
        value = value << 6 | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return {lead, 1, false};
    return {value, length, true};
}

struct Range {
    char32_t first;
    char32_t last;
};

bool in(std::span<const Range> ranges, char32_t value) {
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), value,
                                        [](char32_t v, const Range& range) { return v < range.first; });
    return after != ranges.begin() && value <= std::prev(after)->last;
}

// Marks that join the letter before them, in scripts that people sign up
// with: nonspacing and enclosing marks of Unicode 14, and joiners.
constexpr std::array kZeroWidth = std::to_array<Range>({
    {0x300, 0x36F},     {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5BF},     {0x5C1, 0x5C2},
    {0x5C4, 0x5C5},     {0x5C7, 0x5C7},   {0x610, 0x61A},   {0x64B, 0x65F},     {0x670, 0x670},
    {0x6D6, 0x6DC},     {0x6DF, 0x6E4},   {0x6E7, 0x6E8},   {0x6EA, 0x6ED},     {0x900, 0x902},
    {0x93A, 0x93A},     {0x93C, 0x93C},   {0x941, 0x948},   {0x94D, 0x94D},     {0x951, 0x957},
    {0x962, 0x963},     {0x981, 0x981},   {0x9BC, 0x9BC},   {0x9C1, 0x9C4},     {0x9CD, 0x9CD},
    {0x9E2, 0x9E3},     {0xA01, 0xA02},   {0xA3C, 0xA3C},   {0xA41, 0xA51},     {0xA70, 0xA71},
    {0xA81, 0xA82},     {0xABC, 0xABC},   {0xAC1, 0xAC8},   {0xACD, 0xACD},     {0xB3C, 0xB3C},
    {0xB3F, 0xB3F},     {0xB41, 0xB44},   {0xB4D, 0xB56},   {0xB82, 0xB82},     {0xBC0, 0xBC0},
    {0xBCD, 0xBCD},     {0xC3E, 0xC40},   {0xC46, 0xC56},   {0xCBC, 0xCBC},     {0xCBF, 0xCBF},
    {0xCC6, 0xCC6},     {0xCCC, 0xCCD},   {0xD41, 0xD44},   {0xD4D, 0xD4D},     {0xDCA, 0xDCA},
    {0xDD2, 0xDD6},     {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},     {0xEB1, 0xEB1},
    {0xEB4, 0xEBC},     {0xEC8, 0xECD},   {0xF71, 0xF7E},   {0xF80, 0xF84},     {0x102D, 0x1030},
    {0x1032, 0x1037},   {0x1039, 0x103A}, {0x103D, 0x103E}, {0x1160, 0x11FF},   {0x17B4, 0x17B5},
    {0x17B7, 0x17BD},   {0x17C6, 0x17C6}, {0x17C9, 0x17D3}, {0x1AB0, 0x1ACE},   {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},   {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F},
    {0xE0100, 0xE01EF},
});

// East Asian wide and fullwidth, and emoji that show as pictures by default.
constexpr std::array kWide = std::to_array<Range>({
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4},
    {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F},
    {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EF},
    {0x1F6F4, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
});

constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kEmojiPresentation = 0xFE0F;

bool is_regional_indicator(char32_t value) {
    return value >= 0x1F1E6 && value <= 0x1F1FF;
}

/// What a person sees as one letter: a base with its marks, a flag, a joined emoji.
struct Cluster {
    std::size_t bytes = 0;
    int width = 0;
};

Cluster first_cluster(std::string_view text) {
    const CodePoint base = first_code_point(text);
    Cluster cluster{base.bytes, 1};
    if (!base.valid) return cluster;
    if (in(kZeroWidth, base.value)) cluster.width = 0;
    if (in(kWide, base.value)) cluster.width = 2;
    bool joined = base.value == kZeroWidthJoiner;
    bool half_a_flag = is_regional_indicator(base.value);
    while (cluster.bytes < text.size()) {
        const CodePoint next = first_code_point(text.substr(cluster.bytes));
        if (!next.valid) break;
        if (half_a_flag && is_regional_indicator(next.value)) {
            cluster.width = 2;
            half_a_flag = false;
        } else if (!joined && !in(kZeroWidth, next.value)) {
            break;
        }
        if (next.value == kEmojiPresentation) cluster.width = 2;
        joined = next.value == kZeroWidthJoiner && cluster.width == 2;
        cluster.bytes += next.bytes;
    }
    return cluster;
}

bool steers_the_terminal(char32_t value) {
    const bool control = value < 0x20 || (value >= 0x7F && value < 0xA0);
    const bool line_break = value == 0x2028 || value == 0x2029;
    const bool direction_override =
        (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
    return control || line_break || direction_override;
}

}  // namespace

int display_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const Cluster cluster = first_cluster(text);
        width += cluster.width;
        text.remove_prefix(cluster.bytes);
    }
    return width;
}

std::string truncated(std::string_view text, int columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::size_t kept = 0;
    int width = 0;
    while (kept < text.size()) {
        const Cluster cluster = first_cluster(text.substr(kept));
        if (width + cluster.width > columns - 1) break;
        width += cluster.width;
        kept += cluster.bytes;
    }
    return std::string(text.substr(0, kept)) + "…";
}

std::string padded_right(std::string_view text, int columns) {
    const int missing = std::max(0, columns - display_width(text));
    return std::string(text) + std::string(static_cast<std::size_t>(missing), ' ');
}

std::string padded_left(std::string_view text, int columns) {
    const int missing = std::max(0, columns - display_width(text));
    return std::string(static_cast<std::size_t>(missing), ' ') + std::string(text);
}

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        if (next.valid && !steers_the_terminal(next.value)) {
            result += text.substr(0, next.bytes);
        } else {
            result += "\uFFFD";
        }
        text.remove_prefix(next.bytes);
    }
    return result;
}

std::string wrapped(std::string_view text, int columns, std::string_view indent) {
    std::string result(indent);
    int used = display_width(indent);
    const int first = used;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (word.empty()) continue;
        const int width = display_width(word);
        if (used > first && used + 1 + width > columns) {
            result += '\n';
            result += indent;
            used = first;
        } else if (used > first) {
            result += ' ';
            ++used;
        }
        result += word;
        used += width;
    }
    return result;
}

}  // namespace convene::cli
