// src/zones/iana_zones.h: the ZoneTable over the system's IANA data.
#pragma once
#include <map>
#include <shared_mutex>
#include <string>
#include <vector>

#include "core/time/zone_table.h"

namespace convene::zones {

/// Zones know their clock changes from 1999 to 2037, which is all that
/// Problem::build admits. Each zone is read once and shared. Names are exact
/// (`europe/london` is null), but links (`US/Eastern`) are fine. Names that stand
/// for a bare offset (`EST`, `GMT`, `Etc/GMT+5`) and offsets that people write come
/// back with fixed() true; plain `UTC` is the one zone meant to be without changes, and is
/// not marked. Placeholders without a place, such as `Factory`, are null.
class IanaZones final : public ZoneTable {
public:
    /// \throws convene::Failure when the system has no IANA data (package tzdata)
    [[nodiscard]] ZonePtr find(std::string_view text) const override;

    /// Every name that find() knows, sorted; offsets excluded. For completion and suggestions.
    /// \throws convene::Failure as find()
    [[nodiscard]] std::vector<std::string> names() const;

private:
    [[nodiscard]] ZonePtr remember(std::string_view text, ZonePtr zone) const;

    mutable std::shared_mutex mutex_;
    mutable std::map<std::string, ZonePtr, std::less<>> known_;  ///< only what was found: bounded by the data
};

}  // namespace convene::zones
