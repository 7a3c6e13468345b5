#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace convene::cli {
namespace {

/// \returns 0, or the errno of the write that failed
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

}  // namespace

void StandardOutput::out(std::string_view text) {
    if (reader_left_) return;
    const int error = write_all(STDOUT_FILENO, text);
    if (error == EPIPE) {
        reader_left_ = true;
    } else if (error != 0) {
        throw OutputFailure("standard output: " + std::generic_category().message(error));
    }
}

void StandardOutput::err(std::string_view text) {
    write_all(STDERR_FILENO, text);
}

}  // namespace convene::cli
