// src/core/time/zone_table.h: where zones come from.
#pragma once
#include <string_view>

#include "core/time/zone.h"

namespace convene {

/// Finds zones by the text that people write. Implemented outside core on the
/// system's IANA data; tests bring small tables of their own.
class ZoneTable {
public:
    virtual ~ZoneTable() = default;

    /// An IANA name (`Europe/London`), or a fixed offset (`UTC+05:45`, `UTC-5`,
    /// `GMT+5:30`, `UTC00:00`), which comes back with fixed() true. Null when the
    /// text is neither: callers report it, they never fall back to UTC.
    /// Any number of threads may call at once.
    [[nodiscard]] virtual ZonePtr find(std::string_view text) const = 0;
};

}  // namespace convene
