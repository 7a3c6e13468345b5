#include "app/name_match.h"

#include <algorithm>
#include <utility>

namespace convene {
namespace {

constexpr std::size_t kMostSuggestions = 3;

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           lower_case(text.substr(0, beginning.size())) == lower_case(beginning);
}

std::vector<std::string> nearest_names(std::string_view text, const std::vector<std::string>& names) {
    const std::string wanted = lower_case(text);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& name : names) {
        const std::string candidate = lower_case(name);
        const bool contains = !wanted.empty() && candidate.find(wanted) != std::string::npos;
        const std::size_t distance = contains ? 0 : edit_distance(wanted, candidate);
        const std::size_t most = std::max<std::size_t>(2, std::max(wanted.size(), candidate.size()) / 2);
        if (distance <= most) ranked.emplace_back(distance, name);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> nearest;
    for (auto& [distance, name] : ranked) {
        if (nearest.size() == kMostSuggestions) break;
        if (std::find(nearest.begin(), nearest.end(), name) == nearest.end()) nearest.push_back(name);
    }
    return nearest;
}

std::string alternatives(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += '"' + names[i] + '"';
    }
    return text;
}

}  // namespace convene
