#include "discord/doctor/examine.h"

#include <fmt/format.h>

#include "app/failure.h"
#include "discord/bot/account.h"
#include "discord/gateway/gateway_info.h"
#include "discord/gateway/proxy.h"
#include "discord/realize/access.h"
#include "discord/rest/url.h"
#include "discord/wire/guild_permissions.h"
#include "discord/wire/json.h"

namespace convene::discord {
namespace {

using Verdict = DoctorLine::Verdict;

// Timestamps of events are whole minutes, and signatures are believed for five.
constexpr std::chrono::minutes kClockTolerance{1};
constexpr int kFewIdentifies = 50;

bool never_stop() {
    return false;
}

class Examination {
public:
    Examination(RestClient& client, const std::string& guild_id, std::string application_id,
                bool members_intent, std::chrono::system_clock::time_point now)
        : client_(client),
          guild_id_(guild_id),
          application_id_(std::move(application_id)),
          members_intent_(members_intent),
          now_(now) {}

    std::vector<DoctorLine> lines() {
        if (!token()) return std::move(lines_);
        gateway();
        intents();
        if (guild()) {
            permissions();
            commands();
        }
        return std::move(lines_);
    }

private:
    void add(std::string subject, Verdict verdict, std::string finding, std::string mend = "") {
        lines_.push_back({std::move(subject), verdict, std::move(finding), std::move(mend)});
    }

    bool token() {
        try {
            account_ = look_up_account(client_, application_id_);
        } catch (const DiscordFailure& failure) {
            add("token", Verdict::bad, failure.what(),
                failure.retry() == Retry::useless
                    ? "set DISCORD_TOKEN to the token of the developer portal, page Bot"
                    : "check the network and DISCORD_API_BASE");
            return false;
        }
        add("token", Verdict::good,
            fmt::format("it is {}, application {}", account_.name, account_.application_id));
        return true;
    }

    void gateway() {
        const auto reply = client_.send({Route(Method::get, "/gateway/bot"), "", ""}, never_stop);
        if (!reply) {
            add("gateway", Verdict::bad, reply.error().message, "try again in a moment");
            return;
        }
        clock(reply->date);
        try {
            const GatewayInfo info = read_gateway_info(reply->body);
            const bool few = info.remaining < kFewIdentifies;
            add("gateway", few ? Verdict::advice : Verdict::good,
                fmt::format("{} of {} new sessions left today", info.remaining, info.total),
                few ? "something starts the bot again and again: look into its log" : "");
            way_to(info.url);
        } catch (const DiscordFailure& failure) {
            add("gateway", Verdict::bad, failure.what(), "check DISCORD_API_BASE");
        }
    }

    void way_to(const std::string& url) {
        const auto parts = parse_url(url);
        if (!parts || parts->scheme != "wss") return;
        try {
            if (const auto proxy = proxy_for(parts->host, process_environment))
                add("proxy", Verdict::good,
                    fmt::format("the gateway is reached through {}:{}", proxy->host, proxy->port));
        } catch (const DiscordFailure& failure) {
            add("proxy", Verdict::bad, failure.what(),
                fmt::format("name another one, or let NO_PROXY name {}", parts->host));
        }
    }

    void clock(const std::string& date) {
        const auto theirs = parse_http_date(date);
        if (!theirs) return;
        const auto apart = std::chrono::duration_cast<std::chrono::minutes>(now_ - *theirs);
        if (std::chrono::abs(apart) <= kClockTolerance) {
            add("clock", Verdict::good, "it agrees with Discord's");
            return;
        }
        add("clock", Verdict::bad,
            fmt::format("it is {} minutes {} Discord's", std::chrono::abs(apart).count(),
                        apart.count() > 0 ? "ahead of" : "behind"),
            "set the machine's clock, best by NTP");
    }

    void intents() {
        if (account_.members_intent) {
            add("intents", Verdict::good,
                members_intent_ ? "people who join are heard of at once"
                                : "SERVER MEMBERS is switched on; --members-intent would use it");
        } else if (members_intent_) {
            add("intents", Verdict::bad, "SERVER MEMBERS is asked for and not switched on",
                "switch SERVER MEMBERS INTENT on in the developer portal, page Bot, or leave "
                "--members-intent out");
        } else {
            add("intents", Verdict::good,
                "SERVER MEMBERS is off: people who join get access when the bot looks next");
        }
    }

    bool guild() {
        const auto reply =
            client_.send({Route(Method::get, "/guilds/{guild_id}", {guild_id_}), "", ""}, never_stop);
        if (!reply) {
            add("server", Verdict::bad, reply.error().message,
                "check DISCORD_GUILD_ID; add the bot by opening " + invite_link(account_.application_id));
            return false;
        }
        guild_ = read_guild(reply->body);
        add("server", Verdict::good, "the bot is on it");
        return true;
    }

    void permissions() {
        const auto reply = client_.send(
            {Route(Method::get, "/guilds/{guild_id}/members/{user_id}", {guild_id_, account_.user_id}), "",
             ""},
            never_stop);
        if (!reply) {
            add("permissions", Verdict::bad, reply.error().message, "try again in a moment");
            return;
        }
        const Permissions held = guild_permissions(guild_, read_member(reply->body));
        const Permissions missing = access::kRequired & ~held;
        const Permissions wished = access::kInvited & ~held;
        const std::string mend = "give it to the bot's role in Server Settings > Roles, or open " +
                                 invite_link(account_.application_id) + " again";
        if (missing != 0) {
            add("permissions", Verdict::bad, "missing: " + permission_names(missing), mend);
        } else if (wished != 0) {
            add("permissions", Verdict::advice, "would help: " + permission_names(wished), mend);
        } else {
            add("permissions", Verdict::good,
                "every permission is there: " + permission_names(access::kInvited));
        }
        if ((held & permission::kAdministrator) != 0)
            add("permissions", Verdict::advice, "the bot is an administrator, which it does not need",
                "take Administrator from its role");
    }

    void commands() {
        const auto reply =
            client_.send({Route(Method::get, "/applications/{application_id}/guilds/{guild_id}/commands",
                                {account_.application_id, guild_id_}),
                          "", ""},
                         never_stop);
        if (reply) {
            add("commands", Verdict::good, "the bot may register its commands here");
        } else {
            add("commands", Verdict::bad, reply.error().message,
                "add the bot with the scope applications.commands: open " +
                    invite_link(account_.application_id));
        }
    }

    RestClient& client_;
    const std::string& guild_id_;
    std::string application_id_;
    bool members_intent_;
    std::chrono::system_clock::time_point now_;
    BotAccount account_;
    Guild guild_;
    std::vector<DoctorLine> lines_;
};

}  // namespace

std::vector<DoctorLine> examine(RestClient& client, const std::string& guild_id,
                                const std::string& application_id, bool members_intent,
                                std::chrono::system_clock::time_point now) {
    return Examination(client, guild_id, application_id, members_intent, now).lines();
}

}  // namespace convene::discord
