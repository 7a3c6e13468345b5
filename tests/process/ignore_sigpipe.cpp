// Every test program ignores SIGPIPE as convene does: OpenSSL writes to clients who have left.
#include <csignal>

namespace {
[[maybe_unused]] const auto kBefore = std::signal(SIGPIPE, SIG_IGN);
}
