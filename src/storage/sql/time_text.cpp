#include "storage/sql/time_text.h"

#include <chrono>

namespace convene::storage {
namespace {

/// Reads from the front of a text; every step says whether it succeeded.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }

    bool skip(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Exactly `count` digits.
    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = rest_[i];
            if (c < '0' || c > '9') return std::nullopt;
            number = number * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        return number;
    }

    void skip_digits() {
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') rest_.remove_prefix(1);
    }

private:
    std::string_view rest_;
};

std::optional<Date> date_at(Cursor& cursor) {
    const auto year = cursor.digits(4);
    if (!year || !cursor.skip('-')) return std::nullopt;
    const auto month = cursor.digits(2);
    if (!month || !cursor.skip('-')) return std::nullopt;
    const auto day = cursor.digits(2);
    if (!day) return std::nullopt;
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

/// `Z`, nothing, or `+05`, `+05:45`, `+0545`, `+05:45:10` (seconds are cut with the rest).
std::optional<Minutes> offset_at(Cursor& cursor) {
    if (cursor.done()) return Minutes{0};
    if (cursor.skip('Z')) return Minutes{0};
    const bool west = cursor.skip('-');
    if (!west && !cursor.skip('+')) return std::nullopt;
    const auto hours = cursor.digits(2);
    if (!hours) return std::nullopt;
    int minutes = 0;
    if (!cursor.done()) {
        cursor.skip(':');
        const auto read = cursor.digits(2);
        if (!read) return std::nullopt;
        minutes = *read;
    }
    const Minutes offset{*hours * 60 + minutes};
    return west ? -offset : offset;
}

}  // namespace

std::optional<Date> read_date(std::string_view text) {
    Cursor cursor(text);
    const auto date = date_at(cursor);
    if (!date || (!cursor.done() && !cursor.skip('T') && !cursor.skip(' '))) return std::nullopt;
    return date;
}

std::optional<Instant> read_instant(std::string_view text) {
    Cursor cursor(text);
    const auto date = date_at(cursor);
    if (!date || (!cursor.skip('T') && !cursor.skip(' '))) return std::nullopt;
    const auto hour = cursor.digits(2);
    if (!hour || *hour > 24 || !cursor.skip(':')) return std::nullopt;
    const auto minute = cursor.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    if (cursor.skip(':')) {
        const auto second = cursor.digits(2);
        if (!second || *second > 60) return std::nullopt;
        if (cursor.skip('.')) cursor.skip_digits();
    }
    const auto offset = offset_at(cursor);
    if (!offset || !cursor.done()) return std::nullopt;
    return std::chrono::sys_days{*date} + Minutes{*hour * 60 + *minute} - *offset;
}

}  // namespace convene::storage
