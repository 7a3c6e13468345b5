#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "cli/exit_code.h"

namespace convene::cli {
namespace {

std::atomic<bool> g_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

void note_signal(int /*signal*/) {
    if (g_interrupted.exchange(true)) _exit(static_cast<int>(ExitCode::interrupted));
}

}  // namespace

void watch_for_interrupts() {
    struct sigaction action {};
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() noexcept {
    return g_interrupted.load(std::memory_order_relaxed);
}

}  // namespace convene::cli
