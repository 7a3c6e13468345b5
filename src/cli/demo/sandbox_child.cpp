#include "cli/demo/sandbox_child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "app/failure.h"

namespace convene::cli {
namespace {

/// What the other end writes up to its first line break, or to its end.
std::string read_line(int descriptor) {
    std::string line;
    char letter = 0;
    while (true) {
        const ssize_t count = read(descriptor, &letter, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || letter == '\n') return line;
        line += letter;
    }
}

}  // namespace

SandboxChild::SandboxChild(const std::string& program) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw Failure("pipe: " + std::generic_category().message(errno));
    process_ = fork();
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(ends[1], STDOUT_FILENO);
        signal(SIGINT,
               SIG_IGN);  // Ctrl-C on the terminal is the demo's to handle, which then stops this process
        execl(program.c_str(), program.c_str(), "sandbox", static_cast<char*>(nullptr));
        _exit(127);
    }
    close(ends[1]);
    const std::string line = process_ > 0 ? read_line(ends[0]) : "";
    close(ends[0]);
    const auto addresses = nlohmann::json::parse(line, nullptr, false);
    if (!addresses.is_object()) {
        stop();
        throw Failure("the sandbox did not start");
    }
    api_base_ = addresses.value("api_base", "");
    control_ = addresses.value("control", "");
    token_ = addresses.value("token", "");
    guild_id_ = addresses.value("guild_id", "");
}

SandboxChild::~SandboxChild() {
    stop();
}

void SandboxChild::stop() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
}

}  // namespace convene::cli
