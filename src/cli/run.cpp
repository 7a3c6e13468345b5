// The only file that includes CLI11, which takes seconds to compile.
#include "cli/run.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <map>
#include <sstream>

#include "cli/bad_input.h"
#include "cli/command.h"
#include "cli/commands/all_commands.h"
#include "cli/report_failure.h"

namespace convene::cli {
namespace {

class ParserArguments final : public Arguments {
public:
    explicit ParserArguments(CLI::App& app) : app_(app) {}

    void required(const std::string& name, std::string& value, const std::string& help) override {
        app_.add_option(name, value, help)->required()->type_name("");
    }
    void required_number(const std::string& name, int& value, int least, int most,
                         const std::string& help) override {
        app_.add_option(name, value, help)
            ->required()
            ->type_name("")
            ->check(CLI::Range(least, most).description(""));
    }
    void optional(const std::string& name, std::optional<std::string>& value,
                  const std::string& help) override {
        app_.add_option(name, value, help)->type_name("");
    }
    void flag(const std::string& option, bool& value, const std::string& help) override {
        app_.add_flag(option, value, help);
    }
    void text(const std::string& option, std::optional<std::string>& value, const std::string& value_name,
              const std::string& help) override {
        once(app_.add_option(option, value, help)->type_name(value_name));
    }
    void required_text(const std::string& option, std::string& value, const std::string& value_name,
                       const std::string& help) override {
        once(app_.add_option(option, value, help)->required()->type_name(value_name));
    }
    void number(const std::string& option, std::optional<int>& value, int least, int most,
                const std::string& help) override {
        once(app_.add_option(option, value, help)
                 ->type_name("N")
                 ->check(CLI::Range(least, most).description("")));
    }
    void number(const std::string& option, std::uint64_t& value, const std::string& help) override {
        once(app_.add_option(option, value, help)->type_name("N"));
    }
    void seconds(const std::string& option, double& value, const std::string& help) override {
        once(app_.add_option(option, value, help)
                 ->type_name("S")
                 ->check(CLI::Range(0.001, 1e6).description("")));
    }

private:
    static void once(CLI::Option* option) { option->multi_option_policy(CLI::MultiOptionPolicy::Throw); }

    CLI::App& app_;
};

/// Titles for the two kinds of lines that CLI11 groups, and no default noise.
void set_up_help(CLI::App& app) {
    app.set_help_flag("-h,--help", "Show this help");
    app.get_formatter()->column_width(28);
    app.get_formatter()->label("REQUIRED", "");
    app.get_formatter()->label("Positionals", "Arguments");
    app.get_formatter()->label("Subcommands", "Commands");
    app.get_formatter()->label("SUBCOMMAND", "COMMAND");
}

/// The parser with every command in it.
class Parser {
public:
    Parser() : app_("Groups that can really meet, and a home on Discord for each of them.", "convene") {
        set_up_help(app_);
        app_.set_version_flag("--version", CONVENE_VERSION);
        app_.require_subcommand(1);
        add_database_option(app_);
        app_.footer(
            "Start with `convene demo`, which needs nothing. `convene COMMAND --help` shows an example of "
            "each.\n"
            "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 bad input, 4 database or Discord "
            "failed, 130 "
            "interrupted.");
        for (std::unique_ptr<Command>& command : all_commands()) add(std::move(command));
    }

    /// \throws CLI::ParseError
    Command& parse(const std::vector<std::string>& words) {
        std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
        app_.parse(reversed);
        for (auto& [app, command] : commands_) {
            if (app->parsed()) return *command;
        }
        throw CLI::RequiredError("A command");
    }

    /// The help or version that was asked for, or the complaint about the words.
    ExitCode answer(const CLI::ParseError& error, Output& output) {
        std::ostringstream out;
        std::ostringstream err;
        if (app_.exit(error, out, err) == 0) {
            output.out(out.str());
            return ExitCode::done;
        }
        const CLI::App* app = &app_;
        while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
        const std::string name = app == &app_ ? "convene" : full_name(*app);
        output.err(fmt::format("{}: {}\nSee `{} --help`.\n", name, error.what(), name));
        return ExitCode::wrong_usage;
    }

    [[nodiscard]] const std::optional<std::string>& database_url() const noexcept { return database_url_; }

private:
    void add(std::unique_ptr<Command> command) {
        CLI::App* parent = &app_;
        std::string word = command->name();
        if (const std::size_t blank = word.find(' '); blank != std::string::npos) {
            parent = family(word.substr(0, blank));
            word.erase(0, blank + 1);
        }
        CLI::App* app = parent->add_subcommand(word, command->summary())->group("Commands");
        set_up_help(*app);
        app->footer(command->details());
        ParserArguments arguments(*app);
        command->declare(arguments);
        if (command->uses_database()) add_database_option(*app);
        commands_[app] = std::move(command);
    }

    CLI::App* family(const std::string& word) {
        CLI::App*& app = families_[word];
        if (app == nullptr) {
            app = app_.add_subcommand(word, "Look after the database's tables");  // `db` is the only family
            set_up_help(*app);
            app->group("Commands")->footer("");
            app->require_subcommand(1);
            add_database_option(*app);
        }
        return app;
    }

    void add_database_option(CLI::App& app) {
        app.add_option("--db", database_url_, "Database: sqlite:PATH or postgresql://…")->type_name("URL");
    }

    static std::string full_name(const CLI::App& app) {
        const CLI::App* parent = app.get_parent();
        return parent == nullptr ? app.get_name() : full_name(*parent) + ' ' + app.get_name();
    }

    CLI::App app_;
    std::optional<std::string> database_url_;
    std::map<std::string, CLI::App*> families_;
    std::map<CLI::App*, std::unique_ptr<Command>> commands_;
};

ExitCode run_command(Command& command, const std::optional<std::string>& database_url,
                     const Surroundings& surroundings) {
    ConfigurationRead settings = surroundings.configuration();
    const Pen pen(surroundings.terminal.colour_err);
    for (const std::string& warning : settings.warnings) {
        surroundings.output.err(fmt::format("{} {}\n", pen(Ink::yellow, "warning:"), warning));
    }
    if (database_url) settings.configuration.database_url = *database_url;
    Context context{surroundings.adapters, settings.configuration, surroundings.terminal,
                    surroundings.output};
    return command.run(context);
}

}  // namespace

ExitCode run(const std::vector<std::string>& words, const Surroundings& surroundings) {
    const Pen pen(surroundings.terminal.colour_err);
    try {
        Parser parser;
        try {
            Command& command = parser.parse(words);
            return run_command(command, parser.database_url(), surroundings);
        } catch (const CLI::ParseError& error) {
            return parser.answer(error, surroundings.output);
        }
    } catch (const std::exception& error) {
        return report_failure(error, surroundings.output, pen);
    }
}

}  // namespace convene::cli
