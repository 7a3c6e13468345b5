#include "core/time/weekly_window.h"

#include <stdexcept>
#include <string>

namespace convene {

WeeklyWindow::WeeklyWindow(int start, int length) : start_(start), length_(length) {
    if (start < 0 || start >= kMinutesPerWeek) {
        throw std::invalid_argument("WeeklyWindow: start " + std::to_string(start) +
                                    " is outside [0, 10079]");
    }
    if (length < 1 || length > kMinutesPerWeek) {
        throw std::invalid_argument("WeeklyWindow: length " + std::to_string(length) +
                                    " is outside [1, 10080]");
    }
}

bool WeeklyWindow::contains(WeeklyWindow inner) const noexcept {
    if (length_ == kMinutesPerWeek) return true;
    const int offset = (inner.start_ - start_ + kMinutesPerWeek) % kMinutesPerWeek;
    return offset + inner.length_ <= length_;
}

}  // namespace convene
