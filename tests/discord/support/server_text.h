// tests/discord/support/server_text.h: what a server shows, without the numbers that differ from run to run.
#pragma once
#include <string>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {

/// Channels with their people and places, events, messages: ids replaced by names, marks cut out. Two
/// servers with the same text look the same to everybody on them.
[[nodiscard]] std::string server_text(const World& world);

}  // namespace convene::discord::test
