#include <fmt/format.h>

#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"

namespace convene::cli {
namespace {

constexpr int kHighestPort = 65535;

class Sandbox final : public Command {
public:
    std::string name() const override { return "sandbox"; }
    std::string summary() const override {
        return "A Discord look-alike on loopback, for rehearsal and tests";
    }
    std::string details() const override {
        return "Prints one JSON line with its addresses, a token and ids once it listens, and serves until\n"
               "it is stopped. Give api_base, token and guild_id to `convene realize` to rehearse on it.\n\n"
               "Example:\n"
               "  convene sandbox --state rehearsal.json > sandbox.json &\n"
               "  export DISCORD_API_BASE=… DISCORD_TOKEN=… DISCORD_GUILD_ID=…   # from sandbox.json\n"
               "  convene realize \"AI Safety - Jan 2025\"";
    }
    bool uses_database() const override { return false; }

    void declare(Arguments& arguments) override {
        arguments.number("--port", port_, 0, kHighestPort,
                         "Port of the API and the gateway; 0, the default, picks one");
        arguments.number("--control-port", control_port_, 0, kHighestPort,
                         "Port that scripts and shows the server; 0 picks one");
        arguments.text("--state", state_, "FILE", "Keep the server in this file; loaded when it exists");
        arguments.text("--guild", guild_, "FILE", "Start from the server described in this file");
    }

    ExitCode run(Context& context) override {
        const SandboxRequest request{static_cast<std::uint16_t>(port_.value_or(0)),
                                     static_cast<std::uint16_t>(control_port_.value_or(0)), state_, guild_};
        return static_cast<ExitCode>(context.adapters.run_sandbox(request));
    }

private:
    std::optional<int> port_;
    std::optional<int> control_port_;
    std::optional<std::string> state_;
    std::optional<std::string> guild_;
};

}  // namespace

std::unique_ptr<Command> make_sandbox_command() {
    return std::make_unique<Sandbox>();
}

}  // namespace convene::cli
