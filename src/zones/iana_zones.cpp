#include "zones/iana_zones.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "app/failure.h"
#include "core/time/fixed_offset.h"

namespace convene::zones {
namespace {

constexpr date::sys_seconds kFirst{date::sys_days{date::year{1999} / 1 / 1}};
// Beyond, the library knows of no clock changes, as it does not read the rule at the end of zone files.
constexpr date::sys_seconds kEnd{date::sys_days{date::year{2038} / 1 / 1}};

constexpr std::array<std::string_view, 4> kPlaceless = {"Factory", "localtime", "posixrules", "leapseconds"};

/// Names of an offset, not of a place: whoever gave one gets no clock changes, perhaps unawares.
bool names_an_offset(std::string_view name) {
    constexpr std::array<std::string_view, 11> kOffsets = {
        "EST", "MST", "HST", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "UCT", "Universal", "Zulu"};
    return name.starts_with("Etc/") || std::find(kOffsets.begin(), kOffsets.end(), name) != kOffsets.end();
}

const date::tzdb& database() {
    try {
        return date::get_tzdb();
    } catch (const std::runtime_error& error) {
        throw Failure(std::string("no time zone data on this system (package tzdata): ") + error.what());
    }
}

bool is_placeless(std::string_view name) {
    return std::find(kPlaceless.begin(), kPlaceless.end(), name) != kPlaceless.end() ||
           name.starts_with("posix/") || name.starts_with("right/");
}

const date::time_zone* locate(std::string_view name) {
    if (is_placeless(name)) return nullptr;
    const auto& zones = database().zones;
    const auto found = std::lower_bound(
        zones.begin(), zones.end(), name,
        [](const date::time_zone& zone, std::string_view wanted) { return zone.name() < wanted; });
    return found != zones.end() && found->name() == name ? &*found : nullptr;
}

Minutes in_minutes(std::chrono::seconds offset) {
    return std::chrono::floor<Minutes>(offset);
}

ZonePtr read(const date::time_zone& source) {
    auto info = source.get_info(kFirst);
    const Minutes initial = in_minutes(info.offset);
    std::vector<Zone::Change> changes;
    Minutes offset = initial;
    while (info.end < kEnd) {
        info = source.get_info(info.end);
        if (in_minutes(info.offset) == offset) continue;  // a new name or law, the same clock
        offset = in_minutes(info.offset);
        changes.push_back({std::chrono::floor<Minutes>(info.begin), offset});
    }
    return std::make_shared<const Zone>(source.name(), initial, std::move(changes),
                                        names_an_offset(source.name()));
}

}  // namespace

ZonePtr IanaZones::find(std::string_view text) const {
    if (text == "UTC") return utc_zone();
    {
        const std::shared_lock lock(mutex_);
        if (const auto found = known_.find(text); found != known_.end()) return found->second;
    }
    if (const date::time_zone* source = locate(text)) return remember(text, read(*source));
    if (const auto offset = parse_fixed_offset(text)) {
        const std::string name = fixed_offset_name(*offset);
        return remember(name, std::make_shared<const Zone>(name, *offset, std::vector<Zone::Change>{}, true));
    }
    return nullptr;
}

ZonePtr IanaZones::remember(std::string_view text, ZonePtr zone) const {
    const std::unique_lock lock(mutex_);
    return known_.try_emplace(std::string(text), std::move(zone)).first->second;
}

std::vector<std::string> IanaZones::names() const {
    std::vector<std::string> names;
    for (const date::time_zone& zone : database().zones) {
        if (!is_placeless(zone.name())) names.push_back(zone.name());
    }
    return names;
}

}  // namespace convene::zones
