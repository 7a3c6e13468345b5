#include "cli/cli_text.h"

#include "core/time/weekly_start.h"

namespace convene::cli {

std::string clock_time(Instant instant) {
    std::string text = to_iso8601(instant);  // `2025-01-15T15:00:00Z`
    text.replace(text.find('T'), 1, " ");
    return text.substr(0, text.rfind(':'));
}

}  // namespace convene::cli
