#include "sandbox/server/instant.h"

#include <fmt/format.h>

#include <cctype>

namespace convene::sandbox {
namespace {

/// Reads fixed-width numbers and literal characters from the front of a text.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    bool number(std::size_t digits, int& value) {
        if (rest_.size() < digits) return false;
        value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (std::isdigit(static_cast<unsigned char>(rest_[i])) == 0) return false;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return true;
    }
    bool one_of(std::string_view characters, char& found) {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
        found = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }
    bool literal(char expected) {
        char found = 0;
        return one_of(std::string_view(&expected, 1), found);
    }
    /// Digits after the decimal point, as whole milliseconds.
    int fraction_millis() {
        int millis = 0;
        int scale = 100;
        for (; !rest_.empty() && std::isdigit(static_cast<unsigned char>(rest_.front())) != 0;
             rest_.remove_prefix(1)) {
            millis += (rest_.front() - '0') * scale;
            scale /= 10;
        }
        return millis;
    }
    [[nodiscard]] bool done() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

}  // namespace

std::string to_iso(Instant instant) {
    using namespace std::chrono;
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    const std::string fraction =
        time.subseconds().count() == 0 ? "" : fmt::format(".{:03}000", time.subseconds().count());
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}+00:00", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(), fraction);
}

std::optional<Instant> parse_iso(std::string_view text) {
    using namespace std::chrono;
    Cursor cursor(text);
    int y = 0, m = 0, d = 0, hour = 0, minute = 0, second = 0, millis = 0;
    char separator = 0;
    if (!cursor.number(4, y) || !cursor.literal('-') || !cursor.number(2, m) || !cursor.literal('-') ||
        !cursor.number(2, d) || !cursor.one_of("Tt ", separator) || !cursor.number(2, hour) ||
        !cursor.literal(':') || !cursor.number(2, minute)) {
        return std::nullopt;
    }
    if (cursor.literal(':')) {
        if (!cursor.number(2, second)) return std::nullopt;
        if (cursor.literal('.')) millis = cursor.fraction_millis();
    }
    const year_month_day date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;

    char sign = 0;
    if (!cursor.one_of("Zz+-", sign)) return std::nullopt;
    minutes offset{0};
    if (sign == '+' || sign == '-') {
        int offset_hours = 0, offset_minutes = 0;
        if (!cursor.number(2, offset_hours) || !cursor.literal(':') || !cursor.number(2, offset_minutes)) {
            return std::nullopt;
        }
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = hours(offset_hours) + minutes(offset_minutes);
        if (sign == '-') offset = -offset;
    }
    if (!cursor.done()) return std::nullopt;
    return Instant(sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second) +
                   milliseconds(millis) - offset);
}

}  // namespace convene::sandbox
