#include "app/group_names.h"

#include <algorithm>
#include <charconv>

#include "app/name_match.h"

namespace convene {
namespace {

constexpr std::string_view kPrefix = "group ";

/// N of `Group N` in any case, else 0. Numbers too long to count with are names like any other.
int number_of(const std::string& group_name) {
    const std::string name = lower_case(trimmed(group_name));
    if (!name.starts_with(kPrefix)) return 0;
    int number = 0;
    const char* end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + kPrefix.size(), end, number);
    constexpr int kMost = 1'000'000;
    return error == std::errc{} && rest == end && number > 0 && number < kMost ? number : 0;
}

}  // namespace

std::vector<std::string> next_group_names(const CohortSnapshot& cohort, std::size_t count) {
    int last = 0;
    for (const GroupRow& group : cohort.groups) last = std::max(last, number_of(group.group_name));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("Group " + std::to_string(++last));
    return names;
}

}  // namespace convene
