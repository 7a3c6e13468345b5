#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/demo/eliding_output.h"
#include "cli/demo/sample_cohort.h"
#include "cli/demo/sandbox_child.h"
#include "cli/demo/server_tree.h"
#include "cli/demo/temporary_folder.h"
#include "cli/discord_access.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"
#include "cli/run.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/progress_line.h"

namespace convene::cli {
namespace {

constexpr const char* kCohortFile = "sample.cohort.json";
constexpr std::size_t kOneInSoManyHasNotJoined = 20;  // as on real servers on the first day

/// Thrown after a command of the story failed and said why.
struct StoryEnded {
    ExitCode code;
};

/// Runs the real commands in a folder of its own, against a sandbox, and tells what happens.
class Story {
public:
    explicit Story(Context& context)
        : context_(context),
          pen_(context.pen()),
          width_(std::min(context.terminal.width, 110)),
          sample_(sample_cohort_starting_after(context.adapters.clock.now())),
          cohort_(nlohmann::json::parse(sample_)),
          name_(cohort_.at("cohort").at("name")),
          sandbox_(context.adapters.program) {
        settings_.database_url = "sqlite:convene.db";
        settings_.discord_token = sandbox_.token();
        settings_.discord_guild_id = sandbox_.guild_id();
        settings_.discord_api_base = sandbox_.api_base();
        std::ofstream(kCohortFile) << sample_;
    }

    void tell() {
        sign_up();
        form_groups();
        build_homes();
        heading("The server that now exists");
        const auto ask = [this](const std::string& path) {
            return context_.adapters.ask_loopback(sandbox_.control() + path, std::nullopt);
        };
        context_.output.out(draw_tree(server_tree(ask, pen_, width_ - 12), pen_));
        say("\nThat was a sandbox and a database in a temporary folder, both gone now. To do the same with "
            "your own "
            "people, write a cohort file and start with `convene import FILE`; every command has --help.");
    }

    /// People have signed up and joined the server; the rest is done in a browser.
    void open_board() {
        sign_up();
        invite();
        heading("The review board");
        say("Open the address below. Find groups, drag people about, and publish to a sandbox that behaves "
            "like "
            "Discord. Everything is gone when you stop it with Ctrl-C.");
        ServeRequest request;
        request.database_url = settings_.database_url;
        request.discord = discord_access(settings_);
        request.user = author();
        request.on_ready = [this](const std::string& address) {
            context_.output.out(fmt::format("\n  {}\n", pen_(Ink::bold, address)));
        };
        request.should_stop = interrupted;
        context_.adapters.serve_board(request);
    }

private:
    void sign_up() {
        heading("A course is about to start");
        say(fmt::format(
            "{} people signed up, each with weekly hours on their own clock, in zones around the world. {} "
            "holds them.",
            cohort_.at("people").size(), kCohortFile));
        command({"import", kCohortFile});
        command({"cohorts"});
    }

    void form_groups() {
        heading("Who can meet when?");
        say("Each of the meetings must lie inside everybody's hours on its real date, clock changes "
            "included.");
        command({"schedule", name_});
        command({"groups", name_}, 40);
        say("Nobody is left out without a reason.");
        command({"explain", name_}, 24);
    }

    void build_homes() {
        heading("A home on Discord for every group");
        say("Realizing is a step of its own, so that a person can look first. Here it goes to a sandbox, a "
            "process that "
            "behaves like Discord; nothing leaves this machine.");
        invite();
        command({"realize", name_, "--plan"}, 24);
        command({"realize", name_, "--yes"}, 16);
        say("Run again, it finds everything in place:");
        const std::size_t before = requests().size();
        command({"realize", name_, "--yes"}, 16);
        const nlohmann::json all = requests();
        const auto writes =
            std::count_if(all.begin() + static_cast<std::ptrdiff_t>(before), all.end(),
                          [](const nlohmann::json& request) { return request.value("write", false); });
        say(fmt::format("That took {}, {} of them a change.", counted(all.size() - before, "request"),
                        writes));
    }

    /// Most people are on the server already; one visitor belongs to no group.
    void invite() {
        const ProgressLine progress(context_.terminal, "people join the server");
        std::size_t index = 0;
        for (const nlohmann::json& person : cohort_.at("people")) {
            if (!person.contains("discord_id") || ++index % kOneInSoManyHasNotJoined == 0) continue;
            join(person.at("discord_id"), person.at("name"));
        }
        join("930000000000000001", "Visitor");
    }

    void join(const std::string& id, const std::string& name) {
        std::string username = name;
        std::replace(username.begin(), username.end(), ' ', '_');
        std::transform(username.begin(), username.end(), username.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
        const nlohmann::json member = {
            {"id", id}, {"username", username}, {"nick", name}, {"administrator", false}};
        (void)context_.adapters.ask_loopback(sandbox_.control() + "/members", member.dump());
    }

    nlohmann::json requests() {
        return nlohmann::json::parse(
            context_.adapters.ask_loopback(sandbox_.control() + "/requests?after=0", std::nullopt));
    }

    /// As somebody would type it. Exit codes other than 0 end the story.
    void command(const std::vector<std::string>& words, std::size_t most_lines = 60) {
        std::string line = "$ convene";
        for (const std::string& word : words)
            line += word.find(' ') == std::string::npos ? ' ' + word : " \"" + word + '"';
        context_.output.out(fmt::format("\n{}\n", pen_(Ink::cyan, line)));
        ElidingOutput output(context_.output, most_lines);
        const Surroundings surroundings{context_.adapters,
                                        [this] {
                                            return ConfigurationRead{settings_, {}};
                                        },
                                        context_.terminal, output};
        const ExitCode code = cli::run(words, surroundings);
        output.finish();
        if (code != ExitCode::done) throw StoryEnded{code};
        if (interrupted()) throw StoryEnded{ExitCode::interrupted};
    }

    void heading(const std::string& text) {
        context_.output.out(fmt::format("\n{}\n", pen_(Ink::bold, "── " + text + " ──")));
    }

    void say(const std::string& text) { context_.output.out(wrapped(text, width_, "") + '\n'); }

    Context& context_;
    Pen pen_;
    int width_;
    std::string sample_;
    nlohmann::json cohort_;
    std::string name_;
    TemporaryFolder folder_;
    SandboxChild sandbox_;
    Configuration settings_;
};

class Demo final : public Command {
public:
    std::string name() const override { return "demo"; }
    std::string summary() const override {
        return "The whole story on a sample cohort; nothing to configure";
    }
    std::string details() const override {
        return "Imports a sample cohort into a database in a temporary folder, forms its groups, builds\n"
               "their homes on a sandbox that behaves like Discord, and draws the server. Cleans up after\n"
               "itself.\n\n"
               "Example:\n"
               "  convene demo\n"
               "  convene demo --board";
    }
    bool uses_database() const override { return false; }
    void declare(Arguments& arguments) override {
        arguments.flag("--board", board_, "Open the review board on the sample cohort, until Ctrl-C");
    }

    ExitCode run(Context& context) override {
        try {
            Story story(context);
            if (board_) {
                story.open_board();
            } else {
                story.tell();
            }
            return ExitCode::done;
        } catch (const StoryEnded& ended) {
            return ended.code;
        }
    }

private:
    bool board_ = false;
};

}  // namespace

std::unique_ptr<Command> make_demo_command() {
    return std::make_unique<Demo>();
}

}  // namespace convene::cli
