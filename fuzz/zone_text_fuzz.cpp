#include "core/time/fixed_offset.h"
#include "fuzz/fuzz_target.h"
#include "zones/iana_zones.h"

void convene::fuzz::try_text(std::string_view text) {
    static const zones::IanaZones zones;
    const ZonePtr zone = zones.find(text);
    require(zone == zones.find(text), "the same text is the same zone");
    if (zone) require(zones.find(zone->name()) == zone, "a zone is found by its own name");
    const auto offset = parse_fixed_offset(text);
    require(!offset || zone, "an offset is a zone");
}
