#include "core/model/cure.h"

#include <array>
#include <utility>

namespace convene {
namespace {

constexpr std::array<std::pair<Cure::Kind, std::string_view>, 5> kNames{{
    {Cure::Kind::hours, "hours"},
    {Cure::Kind::facilitator_hours, "facilitator_hours"},
    {Cure::Kind::facilitator_group, "facilitator_group"},
    {Cure::Kind::max_size, "max_size"},
    {Cure::Kind::min_size, "min_size"},
}};

}  // namespace

std::string_view to_string(Cure::Kind kind) noexcept {
    for (const auto& [value, name] : kNames)
        if (value == kind) return name;
    return {};
}

std::optional<Cure::Kind> cure_kind_from(std::string_view text) noexcept {
    for (const auto& [value, name] : kNames)
        if (name == text) return value;
    return std::nullopt;
}

std::string hours_text(WeeklyWindow hours) {
    const int end = (hours.start() + hours.length()) % kMinutesPerDay;
    return to_string(WeeklyStart{hours.start()}) + "-" + (end == 0 ? "24:00" : clock_text(end));
}

}  // namespace convene
