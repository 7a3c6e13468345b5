// src/cli/demo/sandbox_child.h: a sandbox as a process of its own.
#pragma once
#include <sys/types.h>
#include <string>

namespace convene::cli {

/// Started on construction, stopped on destruction, and gone too when this process is killed.
class SandboxChild {
public:
    /// Waits until it listens. \throws Failure when it does not
    explicit SandboxChild(const std::string& program);
    ~SandboxChild();
    SandboxChild(const SandboxChild&) = delete;
    SandboxChild& operator=(const SandboxChild&) = delete;

    [[nodiscard]] const std::string& api_base() const noexcept { return api_base_; }
    [[nodiscard]] const std::string& control() const noexcept { return control_; }
    [[nodiscard]] const std::string& token() const noexcept { return token_; }
    [[nodiscard]] const std::string& guild_id() const noexcept { return guild_id_; }

private:
    void stop();

    pid_t process_ = -1;
    std::string api_base_;
    std::string control_;
    std::string token_;
    std::string guild_id_;
};

}  // namespace convene::cli
