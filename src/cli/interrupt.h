// src/cli/interrupt.h: Ctrl-C and SIGTERM, asked for instead of suffered.
#pragma once

namespace convene::cli {

/// From now on the first SIGINT or SIGTERM only sets a flag, and the command ends at its next safe point; a
/// second one ends the process at once. Every write to database or Discord survives being cut off at any
/// instant.
void watch_for_interrupts();

/// True once a signal has come. Any thread may ask, at little cost.
[[nodiscard]] bool interrupted() noexcept;

}  // namespace convene::cli
