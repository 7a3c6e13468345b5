#include <fmt/format.h>

#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"
#include "cli/discord_access.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"

namespace convene::cli {
namespace {

constexpr int kHighestPort = 65535;
constexpr int kUsualPort = 8712;

class Serve final : public Command {
public:
    std::string name() const override { return "serve"; }
    std::string summary() const override {
        return "The review board: look, correct, solve and publish in a browser";
    }
    std::string details() const override {
        return "Prints the address to open, and serves until it is stopped. It listens on this machine "
               "only,\n"
               "without a login. With --listen it can be reached from elsewhere; then everybody logs in, by "
               "a\n"
               "link that works once or with Discord, and TLS comes from files or from a proxy in front.\n"
               "With DISCORD_TOKEN and DISCORD_GUILD_ID set, groups can be published from the board.\n\n"
               "Example:\n"
               "  convene serve\n"
               "  convene serve --listen 0.0.0.0 --port 443 --public-url https://board.example.org \\\n"
               "                --certificate cert.pem --key key.pem";
    }

    void declare(Arguments& arguments) override {
        arguments.number("--port", port_, 0, kHighestPort, "Port; 8712 by default, 0 picks a free one");
        arguments.text("--listen", listen_, "ADDRESS", "Address to listen on, such as 0.0.0.0 or ::");
        arguments.text("--public-url", public_url_, "URL", "How browsers reach it from elsewhere");
        arguments.text("--certificate", certificate_, "FILE", "TLS certificate with its chain, PEM");
        arguments.text("--key", key_, "FILE", "Its private key, PEM");
        arguments.flag("--behind-proxy", behind_proxy_, "A proxy in front ends TLS and names the client");
        arguments.flag("--login", login_, "Ask for a login on this machine, too");
    }

    ExitCode run(Context& context) override {
        const Configuration& settings = context.configuration;
        check(settings);
        (void)open_or_create_database(context);  // one that cannot be used is told now
        ServeRequest request;
        request.database_url = settings.database_url;
        request.discord = discord_access(settings);
        request.discord_client_secret = settings.discord_client_secret;
        request.link_key = settings.web_link_key;
        request.address = listen_.value_or(request.address);
        request.port = static_cast<std::uint16_t>(port_.value_or(kUsualPort));
        request.certificate_file = certificate_;
        request.key_file = key_;
        request.public_url = public_url_;
        request.behind_proxy = behind_proxy_;
        request.login = login_;
        request.user = author();
        request.on_ready = [&](const std::string& address) {
            context.output.out(address + '\n');
            context.output.err("The review board is open at that address; Ctrl-C ends it.\n");
        };
        request.should_stop = interrupted;
        context.adapters.serve_board(request);
        return ExitCode::done;
    }

private:
    void check(const Configuration& settings) const {
        InputFaults faults;
        if (certificate_.has_value() != key_.has_value())
            faults.push_back({"--certificate", "", "needs --key beside it, and the other way round"});
        const bool beyond = listen_ && !listen_->starts_with("127.") && *listen_ != "::1";
        if (beyond && !public_url_)
            faults.push_back({"--public-url", "", "is needed with --listen: the address that people open"});
        if (beyond && !certificate_ && !behind_proxy_)
            faults.push_back({"--listen", "",
                              "needs --certificate and --key, or --behind-proxy: passwords of "
                              "sessions must not cross a network in the clear"});
        const bool secure =
            public_url_ && public_url_->starts_with("https://") && !public_url_->ends_with("/");
        if (public_url_ && !secure)
            faults.push_back({"--public-url", *public_url_, "starts with https:// and ends without a slash"});
        if (settings.discord_client_secret && !settings.discord_application_id)
            faults.push_back({"DISCORD_APPLICATION_ID", "", "is needed beside DISCORD_CLIENT_SECRET"});
        if (!faults.empty()) throw BadInput("", faults, "Nothing was started.");
    }

    std::optional<int> port_;
    std::optional<std::string> listen_;
    std::optional<std::string> public_url_;
    std::optional<std::string> certificate_;
    std::optional<std::string> key_;
    bool behind_proxy_ = false;
    bool login_ = false;
};

}  // namespace

std::unique_ptr<Command> make_serve_command() {
    return std::make_unique<Serve>();
}

}  // namespace convene::cli
