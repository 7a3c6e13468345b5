// src/sandbox/server/snowflake.h: Discord's ids, which carry the time of their making.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/server/instant.h"

namespace convene::sandbox {

/// Bits 22 and up: milliseconds since 2015; below: worker, process, counter.
using Snowflake = std::uint64_t;

/// When the id was given out.
[[nodiscard]] Instant made_at(Snowflake id);

/// The smallest id of that millisecond: what `after=` takes to mean a time.
[[nodiscard]] Snowflake first_id_at(Instant instant);

/// A decimal number of 1 to 20 digits that is not zero.
[[nodiscard]] std::optional<Snowflake> parse_snowflake(std::string_view text);

/// Gives out ids that rise strictly, even when the clock stands still, runs
/// back, or the process was restarted (resume_after).
class SnowflakeMaker {
public:
    [[nodiscard]] Snowflake next(Instant now);
    /// No id given out later is <= `id`.
    void resume_after(Snowflake id);

private:
    Snowflake last_ = 0;
};

}  // namespace convene::sandbox
