#include "app/status_words.h"

namespace convene {

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

}  // namespace convene
