#include "cli/cli_text.h"

#include "core/time/weekly_start.h"

namespace convene::cli {

std::string clock_time(Instant instant) {
    std::string text = to_iso8601(instant);  // `2025-01-15T15:00:00Z`
    text.replace(text.find('T'), 1, " ");
    return text.substr(0, text.rfind(':'));
}

std::string_view word(CohortStatus status) noexcept {
    switch (status) {
        case CohortStatus::active:
            return "active";
        case CohortStatus::completed:
            return "completed";
        case CohortStatus::cancelled:
            return "cancelled";
    }
    return "";
}

std::string_view word(GroupStatus status) noexcept {
    switch (status) {
        case GroupStatus::forming:
            return "forming";
        case GroupStatus::active:
            return "active";
        case GroupStatus::completed:
            return "completed";
        case GroupStatus::merged:
            return "merged";
        case GroupStatus::cancelled:
            return "cancelled";
    }
    return "";
}

std::string_view word(GroupingStatus status) noexcept {
    switch (status) {
        case GroupingStatus::awaiting_grouping:
            return "awaiting_grouping";
        case GroupingStatus::grouped:
            return "grouped";
        case GroupingStatus::ungroupable:
            return "ungroupable";
    }
    return "";
}

}  // namespace convene::cli
