#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/queries/runs.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/terminal/table.h"

namespace convene::cli {
namespace {

/// Records are JSON texts of the use cases; one that is none is shown as it stands.
nlohmann::ordered_json parsed(const std::string& text) {
    auto document = nlohmann::ordered_json::parse(text, nullptr, false);
    return document.is_discarded() ? nlohmann::ordered_json(text) : document;
}

/// What an edit came to; of an older record `person p25, to_group Group 6`, what it was told.
std::string words_of(const std::string& detail) {
    const nlohmann::ordered_json document = parsed(detail);
    if (!document.is_object()) return detail;
    if (document.contains("summary") && document.at("summary").is_string())
        return document.at("summary").get<std::string>();
    std::string text;
    for (const auto& [key, value] : document.items()) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key,
                            value.is_string() ? value.get<std::string>() : value.dump());
    }
    return text;
}

/// What a run came to, in a few words: `53 placed`, `16 done, 3 left`.
std::string result_words(const RunRecord& run) {
    if (run.status == kCrashed) return "its process died; run it again, it goes on from there";
    const nlohmann::ordered_json result = parsed(run.result);
    if (!result.is_object()) return {};
    if (const auto failure = result.find("failure"); failure != result.end() && failure->is_string())
        return failure->get<std::string>();
    if (const auto objective = result.find("objective");
        objective != result.end() && objective->contains("placed"))
        return fmt::format("{} placed", objective->at("placed").dump());
    const auto done = result.find("done");
    const auto left = result.find("not_done");
    if (done == result.end() || left == result.end() || !left->is_number()) return {};
    return *left == 0 ? fmt::format("{} done", done->dump())
                      : fmt::format("{} done, {} left", done->dump(), left->dump());
}

class Runs final : public Command {
public:
    std::string name() const override { return "runs"; }
    std::string summary() const override {
        return "What was run on a cohort and edited by hand, newest first";
    }
    std::string details() const override {
        return "The job is the word that also stands in logs and in Discord's audit log. --json adds the\n"
               "options and results of each run.\n\n"
               "Example:\n"
               "  convene runs 1";
    }
    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const CohortSummary cohort = cohort_named(*database, cohort_);
        const std::vector<StoredRun> runs = list_runs(database->cohorts(), cohort.cohort_id);
        const std::vector<StoredEdit> edits = database->cohorts().list_edits(cohort.cohort_id);
        if (json_) {
            print_as_json(runs, edits, context);
        } else {
            print(runs, edits, context);
        }
        return ExitCode::done;
    }

private:
    static void print(const std::vector<StoredRun>& runs, const std::vector<StoredEdit>& edits,
                      Context& context) {
        if (runs.empty() && edits.empty()) context.output.out("Nothing was run or edited yet.\n");
        if (!runs.empty()) print_runs(runs, context);
        if (!edits.empty()) {
            if (!runs.empty()) context.output.out("\n");
            Table table({{"edit", Align::right},
                         {"made (UTC)"},
                         {"command"},
                         {"by"},
                         {"what", Align::left, true},
                         {"remarks"}});
            for (const StoredEdit& stored : edits) {
                const std::string remark = stored.undone ? "undone" : stored.edit.forced ? "forced" : "";
                table.add({fmt::to_string(stored.edit_id.value), clock_time(stored.edit.made_at),
                           stored.edit.command, stored.edit.author, words_of(stored.edit.detail), remark});
            }
            context.output.out(table.text(context.pen(), context.table_width()));
        }
    }

    /// Looks of a timer that found nothing to do are counted, not listed.
    static void print_runs(const std::vector<StoredRun>& runs, Context& context) {
        Table table({{"run", Align::right},
                     {"started (UTC)"},
                     {"ended"},
                     {"kind"},
                     {"status"},
                     {"job"},
                     {"what", Align::left, true}});
        int idle = 0;
        for (const StoredRun& stored : runs) {
            const RunRecord& run = stored.run;
            if (run.status == kNothingToDo) {
                ++idle;
                continue;
            }
            const Ink ink = run.status == kCrashed || run.status == "failed" ? Ink::red : Ink::plain;
            table.add({fmt::to_string(stored.run_id.value), clock_time(run.started_at),
                       has_ended(run)           ? clock_time(run.finished_at)
                       : run.status == kRunning ? ""
                                                : "never",
                       run.kind, Cell{run.status, ink}, run.job_id, result_words(run)});
        }
        context.output.out(table.text(context.pen(), context.table_width()));
        if (idle > 0) {
            context.output.out(fmt::format("and {} that found nothing to do (--json lists them too)\n",
                                           counted(static_cast<std::size_t>(idle), "run")));
        }
    }

    static void print_as_json(const std::vector<StoredRun>& runs, const std::vector<StoredEdit>& edits,
                              Context& context) {
        nlohmann::ordered_json run_list = nlohmann::ordered_json::array();
        for (const StoredRun& stored : runs) {
            run_list.push_back({{"run_id", stored.run_id.value},
                                {"job_id", stored.run.job_id},
                                {"kind", stored.run.kind},
                                {"status", stored.run.status},
                                {"started_at", to_iso8601(stored.run.started_at)},
                                {"finished_at", has_ended(stored.run) ? nlohmann::ordered_json(to_iso8601(
                                                                            stored.run.finished_at))
                                                                      : nlohmann::ordered_json()},
                                {"options", parsed(stored.run.options)},
                                {"result", parsed(stored.run.result)}});
        }
        nlohmann::ordered_json edit_list = nlohmann::ordered_json::array();
        for (const StoredEdit& stored : edits) {
            edit_list.push_back({{"edit_id", stored.edit_id.value},
                                 {"command", stored.edit.command},
                                 {"detail", parsed(stored.edit.detail)},
                                 {"author", stored.edit.author},
                                 {"made_at", to_iso8601(stored.edit.made_at)},
                                 {"forced", stored.edit.forced},
                                 {"violations", parsed(stored.edit.violations)},
                                 {"undone", stored.undone}});
            if (stored.edit.undoes) edit_list.back()["undoes"] = stored.edit.undoes->value;
        }
        print_json(context.output, {{"runs", run_list}, {"edits", edit_list}});
    }

    std::string cohort_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_runs_command() {
    return std::make_unique<Runs>();
}

}  // namespace convene::cli
