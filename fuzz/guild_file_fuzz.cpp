// The guild file: a world that it makes can be kept and read back.
#include <nlohmann/json.hpp>

#include "fuzz/fuzz_target.h"
#include "sandbox/state/records.h"
#include "sandbox/state/starting_guild.h"

using namespace convene::sandbox;

void convene::fuzz::try_text(std::string_view text) {
    const auto description = nlohmann::json::parse(text, nullptr, false);
    if (description.is_discarded()) return;
    const Instant now = from_millis(1'800'000'000'000);
    World world = default_world(now);
    if (!apply_guild_file(world, description, now).empty()) return;
    World again;
    for (const Change& change : everything(world)) restore(again, record_of(world, change));
    require(again.channels.size() == world.channels.size(), "every channel is kept");
    require(again.events.size() == world.events.size(), "every event is kept");
    require(again.members.size() == world.members.size(), "every member is kept");
}
