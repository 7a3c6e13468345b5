// src/cli/cli_text.h: small phrases that several commands print.
#pragma once
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "app/status_words.h"
#include "core/time/instant.h"

namespace convene::cli {

/// `1 group`, `3 groups`.
template <class Number>
[[nodiscard]] std::string counted(Number count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == Number{1} ? "" : "s");
}

/// `2025-01-15 15:00`, in UTC.
[[nodiscard]] std::string clock_time(Instant instant);

}  // namespace convene::cli
