#include "core/time/instant.h"
#include "core/time/weekly_start.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    if (const auto start = parse_weekly_start(text)) {
        require(start->minute_of_week >= 0 && start->minute_of_week < kMinutesPerWeek,
                "a start lies in the week");
        require(parse_weekly_start(to_string(*start)) == start, "writing keeps the start");
    }
    if (const auto instant = parse_instant(text))
        require(to_iso8601(*instant) == text, "one spelling per instant");
    if (const auto date = parse_date(text)) require(to_string(*date) == text, "one spelling per date");
}
