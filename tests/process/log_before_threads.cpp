// The log is made before the first thread. Its library is not built with the thread sanitizer, which would
// otherwise not see that whoever comes second waits until it is made.
#include <spdlog/spdlog.h>

namespace {
[[maybe_unused]] const auto kLog = spdlog::default_logger();
}
