#include "sandbox/sandbox_process.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>

#include "sandbox/control/control.h"
#include "sandbox/endpoint/signing_key.h"
#include "sandbox/gateway/serve_gateway.h"
#include "sandbox/http/http_server.h"
#include "sandbox/rest/api.h"
#include "sandbox/state/starting_guild.h"

namespace convene::sandbox {
namespace {

/// Opens the state file, or starts afresh and fills it.
void open_world(Sandbox& sandbox, const Options& options) {
    std::chrono::milliseconds clock_offset{0};
    if (options.state_file) {
        sandbox.file = std::make_unique<StateFile>(*options.state_file);
        if (sandbox.file->load(sandbox.world, clock_offset, sandbox.log)) {
            sandbox.clock = SandboxClock(clock_offset);
            // Files from before there were endpoints have no key.
            std::string& key = sandbox.world.identity.signing_key;
            if (key.empty()) key = new_signing_key();
            sandbox.file->rewrite(sandbox.world, clock_offset, sandbox.log);
            return;
        }
    }
    sandbox.world = starting_world(options.guild_file, sandbox.clock.now());
    if (sandbox.file) sandbox.file->rewrite(sandbox.world, clock_offset, sandbox.log);
}

/// Blocks SIGTERM and SIGINT in this thread and those it starts, for its life.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigemptyset(&waited_);
        sigaddset(&waited_, SIGTERM);
        sigaddset(&waited_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &waited_, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

    [[nodiscard]] int wait() const {
        int signal = 0;
        sigwait(&waited_, &signal);
        return signal;
    }

private:
    sigset_t waited_{};
    sigset_t before_{};
};

}  // namespace

std::string Endpoints::to_json_line() const {
    // Ordered as the contract prints it.
    const nlohmann::ordered_json line = {{"api_base", api_base},
                                         {"gateway", gateway},
                                         {"control", control},
                                         {"token", token},
                                         {"application_id", application_id},
                                         {"guild_id", guild_id},
                                         {"bot_user_id", bot_user_id},
                                         {"admin_user_id", admin_user_id}};
    return line.dump();
}

struct SandboxProcess::Impl {
    explicit Impl(const Options& options) {
        open_world(sandbox, options);
        sandbox.exchanges = ExchangeFile::from_environment();
        sandbox.leaks.begin(sandbox.world, sandbox.clock.now());
        // No request may be served before the gateway's address is known.
        const std::lock_guard lock(sandbox.mutex);
        api = std::make_unique<HttpServer>(options.port, [this](const HttpRequest& request) {
            return is_gateway_request(request) ? serve_gateway(sandbox, request)
                                               : serve_api(sandbox, request);
        });
        control = std::make_unique<HttpServer>(options.control_port, [this](const HttpRequest& request) {
            return serve_control(sandbox, request);
        });
        sandbox.gateway_url = fmt::format("ws://127.0.0.1:{}/gateway", api->port());
        sandbox.gateway.set_url(sandbox.gateway_url);
        const Identity& identity = sandbox.world.identity;
        endpoints = {fmt::format("http://127.0.0.1:{}/api/v10", api->port()),
                     sandbox.gateway_url,
                     fmt::format("http://127.0.0.1:{}", control->port()),
                     identity.token,
                     std::to_string(identity.application_id),
                     std::to_string(sandbox.world.guild_id),
                     std::to_string(identity.bot_user_id),
                     std::to_string(identity.admin_user_id)};
    }

    Sandbox sandbox;
    Endpoints endpoints;
    // After the sandbox, so that they stop before it goes.
    std::unique_ptr<HttpServer> api;
    std::unique_ptr<HttpServer> control;
};

SandboxProcess::SandboxProcess(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
SandboxProcess::~SandboxProcess() {
    stop();
}
const Endpoints& SandboxProcess::endpoints() const noexcept {
    return impl_->endpoints;
}

void SandboxProcess::stop() {
    impl_->api->stop();
    impl_->control->stop();
    impl_->sandbox.endpoint.stop();
}

int run(const Options& options, std::ostream& out) {
    constexpr int kBadInput = 3;
    constexpr int kCannotServe = 4;
    constexpr int kInterrupted = 130;
    try {
        const SignalsBlocked signals;
        SandboxProcess process(options);
        out << process.endpoints().to_json_line() << std::endl;
        const int signal = signals.wait();
        process.stop();
        return signal == SIGINT ? kInterrupted : 0;
    } catch (const SandboxFailure& failure) {
        std::cerr << "convene sandbox: " << failure.what() << '\n';
        return failure.bad_input() ? kBadInput : kCannotServe;
    }
}

}  // namespace convene::sandbox
