// `db migrate` and `db status`: two small views of one thing, so one file.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/all_commands.h"
#include "cli/print_json.h"
#include "cli/terminal/progress_line.h"

namespace convene::cli {
namespace {

class DbMigrate final : public Command {
public:
    std::string name() const override { return "db migrate"; }
    std::string summary() const override { return "Create, upgrade or adopt the schema"; }
    std::string details() const override {
        return "An empty database gets all tables. One that the course platform already uses is adopted:\n"
               "what is missing is added, every row and every other table stays as it is. Safe to run "
               "twice.\n\n"
               "Example:\n"
               "  convene db migrate --db postgresql://localhost/courses";
    }
    void declare(Arguments& arguments) override { arguments.flag("--json", json_, "Print JSON"); }

    ExitCode run(Context& context) override {
        std::vector<std::string> done;
        int version = 0;
        {
            const ProgressLine progress(context.terminal, "migrating the database");
            const auto database = context.adapters.open_database(context.configuration.database_url, true);
            done = database->schema().migrate();
            version = database->schema().status().version;
        }
        if (json_) {
            print_json(context.output, {{"database", without_secrets(context.configuration.database_url)},
                                        {"version", version},
                                        {"done", done}});
            return ExitCode::done;
        }
        for (const std::string& step : done) context.output.out(step + '\n');
        context.output.out(fmt::format("{}: schema version {}{}\n",
                                       without_secrets(context.configuration.database_url), version,
                                       done.empty() ? ", nothing to do" : ""));
        return ExitCode::done;
    }

private:
    bool json_ = false;
};

class DbStatus final : public Command {
public:
    std::string name() const override { return "db status"; }
    std::string summary() const override { return "Show the schema's version and what a migration would do"; }
    std::string details() const override {
        return "Changes nothing. Exit code 1 when a migration is pending.\n\n"
               "Example:\n"
               "  convene db status --db sqlite:spring.db";
    }
    void declare(Arguments& arguments) override { arguments.flag("--json", json_, "Print JSON"); }

    ExitCode run(Context& context) override {
        const auto database = context.adapters.open_database(context.configuration.database_url, true);
        const MigrationStatus status = database->schema().status();
        const std::string url = without_secrets(context.configuration.database_url);
        const ExitCode code = status.pending.empty() ? ExitCode::done : ExitCode::answer_is_no;
        if (json_) {
            print_json(context.output, {{"database", url},
                                        {"version", status.version},
                                        {"latest", status.latest},
                                        {"adoptable", status.adoptable},
                                        {"pending", status.pending}});
            return code;
        }
        context.output.out(fmt::format("{}: schema version {} of {}\n", url, status.version, status.latest));
        if (status.adoptable) {
            context.output.out("The course platform's tables are there; `convene db migrate` adopts them.\n");
        }
        for (const std::string& step : status.pending) context.output.out(fmt::format("pending: {}\n", step));
        if (!status.pending.empty() && !status.adoptable) {
            context.output.out("Run `convene db migrate` to bring it up to date.\n");
        }
        return code;
    }

private:
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_db_migrate_command() {
    return std::make_unique<DbMigrate>();
}
std::unique_ptr<Command> make_db_status_command() {
    return std::make_unique<DbStatus>();
}

}  // namespace convene::cli
