// src/sandbox/sandbox_process.h: a Discord look-alike on loopback, to run or to embed.
//
// It speaks Discord's REST API v10 as strictly as docs/sandbox.md says, and a
// control port that scripts faults, moves the clock and shows what happened.
// Nothing of it is shared with src/discord: a misreading of Discord's rules
// must not be able to hide in both.
#pragma once
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace convene::sandbox {

struct Options {
    std::uint16_t port = 0;          ///< REST; 0 picks a free port
    std::uint16_t control_port = 0;  ///< control; 0 picks a free port
    /// Where the server's state lives. An existing file is loaded (and wins
    /// over guild_file); without one the state dies with the process.
    std::optional<std::filesystem::path> state_file;
    /// The starting guild, see docs/sandbox.md § Guild file.
    std::optional<std::filesystem::path> guild_file;
};

/// What a client needs to know; the keys of the line that run() prints.
struct Endpoints {
    std::string api_base;
    std::string gateway;
    std::string control;
    std::string token;
    std::string application_id;
    std::string guild_id;
    std::string bot_user_id;
    std::string admin_user_id;

    /// One JSON object without a line break.
    [[nodiscard]] std::string to_json_line() const;
};

/// The sandbox could not start. `bad_input()` tells a faulty guild or state
/// file from a port or file that the system would not give.
class SandboxFailure : public std::runtime_error {
public:
    SandboxFailure(const std::string& what, bool bad_input)
        : std::runtime_error(what), bad_input_(bad_input) {}
    [[nodiscard]] bool bad_input() const noexcept { return bad_input_; }

private:
    bool bad_input_;
};

/// A running sandbox inside this process. Both ports listen when the
/// constructor returns; the destructor stops. Serves on its own threads.
class SandboxProcess {
public:
    /// \throws SandboxFailure
    explicit SandboxProcess(const Options& options);
    ~SandboxProcess();
    SandboxProcess(const SandboxProcess&) = delete;
    SandboxProcess& operator=(const SandboxProcess&) = delete;

    [[nodiscard]] const Endpoints& endpoints() const noexcept;

    /// Closes every connection, answered or not, and joins the threads.
    /// Calling it twice does nothing.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// `convene sandbox`: prints the endpoints as one JSON line on `out` once both
/// ports listen, then serves until SIGTERM or SIGINT. Returns the exit code:
/// 0 after SIGTERM, 130 after SIGINT, 3 for a bad guild or state file, 4 when
/// a port or file cannot be had (the reason goes to stderr).
/// Call it before the program starts threads: it blocks the two signals.
[[nodiscard]] int run(const Options& options, std::ostream& out);

}  // namespace convene::sandbox
