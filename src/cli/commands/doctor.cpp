#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/discord_access.h"
#include "cli/print_json.h"

namespace convene::cli {
namespace {

using Verdict = DoctorLine::Verdict;

const char* word(Verdict verdict) {
    switch (verdict) {
        case Verdict::good:
            return "ok";
        case Verdict::advice:
            return "advice";
        case Verdict::bad:
            break;
    }
    return "wrong";
}

class Doctor final : public Command {
public:
    std::string name() const override { return "doctor"; }
    std::string summary() const override { return "Check what convene needs, and say how to mend it"; }
    std::string details() const override {
        return "Looks at the database, the zones of this machine and, when they are set, the Discord token, "
               "the\n"
               "server, the bot's permissions and intents there, and this machine's clock. Changes nothing. "
               "Exit\n"
               "code 1 when something is wrong.\n\n"
               "Example:\n"
               "  convene doctor\n"
               "  convene doctor --json";
    }

    void declare(Arguments& arguments) override {
        arguments.flag("--members-intent", members_intent_,
                       "The bot is to hear of people who join: check that it may");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        std::vector<DoctorLine> lines;
        database(context, lines);
        zones(context, lines);
        discord(context, lines);
        if (json_) {
            print_as_json(lines, context);
        } else {
            print(lines, context);
        }
        const bool bad = std::any_of(lines.begin(), lines.end(),
                                     [](const DoctorLine& line) { return line.verdict == Verdict::bad; });
        return bad ? ExitCode::answer_is_no : ExitCode::done;
    }

private:
    static void database(Context& context, std::vector<DoctorLine>& lines) {
        const std::string url = without_secrets(context.configuration.database_url);
        try {
            const auto database = context.adapters.open_database(context.configuration.database_url, true);
            const MigrationStatus status = database->schema().status();
            if (status.version == status.latest) {
                lines.push_back({"database", Verdict::good,
                                 fmt::format("{}, schema version {}", url, status.version), ""});
            } else if (status.version > status.latest) {
                lines.push_back({"database", Verdict::bad, fmt::format("{} was made by a newer convene", url),
                                 "use that one"});
            } else {
                lines.push_back(
                    {"database", Verdict::bad,
                     fmt::format("{} has schema version {} of {}", url, status.version, status.latest),
                     "run `convene db migrate`"});
            }
        } catch (const Failure& failure) {
            lines.push_back({"database", Verdict::bad, failure.what(),
                             "check CONVENE_DATABASE_URL; `convene db migrate` makes a new database"});
        }
    }

    static void zones(Context& context, std::vector<DoctorLine>& lines) {
        for (const char* name :
             {"Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"}) {
            if (context.adapters.zones.find(name)) continue;
            lines.push_back({"zones", Verdict::bad, fmt::format("this machine does not know {}", name),
                             "install the package tzdata"});
            return;
        }
        lines.push_back({"zones", Verdict::good, "the time zones of this machine can be read", ""});
    }

    void discord(Context& context, std::vector<DoctorLine>& lines) const {
        const Configuration& settings = context.configuration;
        const auto access = discord_access(settings);
        if (!access) {
            const char* missing = settings.discord_token ? "DISCORD_GUILD_ID" : "DISCORD_TOKEN";
            lines.push_back({"discord", Verdict::bad, fmt::format("{} is not set", missing),
                             "docs/discord-setup.md says where to get it; `convene sandbox` gives one to "
                             "rehearse with"});
            return;
        }
        for (DoctorLine& line : context.adapters.examine_discord(*access, members_intent_))
            lines.push_back(std::move(line));
    }

    static void print(const std::vector<DoctorLine>& lines, Context& context) {
        const Pen pen = context.pen();
        for (const DoctorLine& line : lines) {
            const Ink ink = line.verdict == Verdict::good     ? Ink::plain
                            : line.verdict == Verdict::advice ? Ink::yellow
                                                              : Ink::red;
            context.output.out(fmt::format("{} {}: {}\n", pen(ink, fmt::format("{:6}", word(line.verdict))),
                                           line.subject, line.finding));
            if (!line.mend.empty()) context.output.out(fmt::format("       → {}\n", line.mend));
        }
    }

    static void print_as_json(const std::vector<DoctorLine>& lines, Context& context) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const DoctorLine& line : lines) {
            list.push_back({{"subject", line.subject},
                            {"verdict", word(line.verdict)},
                            {"finding", line.finding},
                            {"mend", line.mend}});
        }
        print_json(context.output, {{"checks", list}});
    }

    bool members_intent_ = false;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_doctor_command() {
    return std::make_unique<Doctor>();
}

}  // namespace convene::cli
