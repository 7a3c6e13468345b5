#include <fmt/format.h>

#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"
#include "cli/discord_access.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"

namespace convene::cli {
namespace {

constexpr int kHighestPort = 65535;
constexpr int kMostMinutes = 7 * 24 * 60;
constexpr double kDefaultTimeLimitS = 60;

class BotCommand final : public Command {
public:
    std::string name() const override { return "bot"; }
    std::string summary() const override {
        return "The Discord bot: /schedule, /realize-groups, /groups, /unplaced";
    }
    std::string details() const override {
        return "Serves until it is stopped; what it was doing then goes on when it is started again, also "
               "after\n"
               "kill -9. Administrators of the server may use the commands. DISCORD_TOKEN and "
               "DISCORD_GUILD_ID\n"
               "must be set; docs/discord-setup.md tells how to get them, `convene doctor` checks them.\n\n"
               "Logs go to stderr, one line each. --metrics-port serves /metrics and /healthz on this "
               "machine.\n\n"
               "Example:\n"
               "  convene bot --invite\n"
               "  convene bot --log-format json --metrics-port 9464";
    }

    void declare(Arguments& arguments) override {
        arguments.flag("--invite", invite_, "Print the link that adds the bot to a server, and end");
        arguments.flag("--members-intent", members_intent_,
                       "Hear of people who join (GUILD_MEMBERS, to be switched on in the developer portal)");
        arguments.number("--top-up", top_up_minutes_, 0, kMostMinutes,
                         "Look after realized cohorts every N minutes, 0 never (default: 60 with "
                         "--members-intent, otherwise 2)");
        arguments.seconds("--time-limit", time_limit_s_,
                          "Of /schedule: take the best plan found after S seconds (default 60)");
        arguments.number("--threads", threads_, 1, 1024,
                         "Threads of a search (default: as many as the machine has)");
        arguments.number("--interactions", interactions_port_, 0, kHighestPort,
                         "Take interactions over HTTP on this port instead of from the gateway");
        arguments.text("--interactions-address", interactions_address_, "ADDRESS",
                       "Listen on this address instead of 127.0.0.1");
        arguments.number("--metrics-port", metrics_port_, 0, kHighestPort,
                         "Serve /metrics and /healthz here; 0 picks a free one");
        arguments.text("--metrics-address", metrics_address_, "ADDRESS",
                       "Listen on this address instead of 127.0.0.1");
        arguments.text("--log-format", log_format_, "text|json", "Form of the log (default text)");
        arguments.flag("--debug", debug_, "Log every request");
    }

    ExitCode run(Context& context) override {
        const DiscordAccess access = required_discord_access(context.configuration);
        if (invite_) {
            context.output.out(context.adapters.invite_link(access) + '\n');
            return ExitCode::done;
        }
        (void)open_or_create_database(context);  // one that cannot be used is told now
        BotRequest request = request_of(context.configuration, access);
        request.on_ready = [&](const BotAddresses& at) {
            if (!at.interactions.empty()) context.output.out("interactions " + at.interactions + '\n');
            if (!at.metrics.empty()) context.output.out("metrics " + at.metrics + "/metrics\n");
            context.output.out("ready\n");
        };
        context.adapters.run_bot(request);
        return ExitCode::done;
    }

private:
    BotRequest request_of(const Configuration& settings, const DiscordAccess& access) const {
        BotRequest request;
        if (log_format_ && *log_format_ != "text" && *log_format_ != "json")
            throw BadInput("", {{"--log-format", *log_format_, "is neither text nor json"}},
                           "Nothing was started.");
        request.database_url = settings.database_url;
        request.discord = access;
        request.members_intent = members_intent_;
        request.top_up_minutes = top_up_minutes_;
        request.time_limit_s = time_limit_s_;
        request.threads = threads_.value_or(0);
        if (interactions_port_) {
            request.interactions = ListenOn{interactions_address_.value_or("127.0.0.1"),
                                            static_cast<std::uint16_t>(*interactions_port_)};
        }
        if (metrics_port_) {
            request.metrics =
                ListenOn{metrics_address_.value_or("127.0.0.1"), static_cast<std::uint16_t>(*metrics_port_)};
        }
        request.json_log = log_format_ == "json";
        request.debug = debug_;
        request.should_stop = interrupted;
        return request;
    }

    bool invite_ = false;
    bool members_intent_ = false;
    std::optional<int> top_up_minutes_;
    double time_limit_s_ = kDefaultTimeLimitS;
    std::optional<int> threads_;
    std::optional<int> interactions_port_;
    std::optional<std::string> interactions_address_;
    std::optional<int> metrics_port_;
    std::optional<std::string> metrics_address_;
    std::optional<std::string> log_format_;
    bool debug_ = false;
};

}  // namespace

std::unique_ptr<Command> make_bot_command() {
    return std::make_unique<BotCommand>();
}

}  // namespace convene::cli
