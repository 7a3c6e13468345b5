#include "tests/exactly_once/trial.h"

#include <fmt/format.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "tests/e2e/database_dump.h"
#include "tests/exactly_once/judge.h"

namespace convene::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr int kGroups = 3;
constexpr int kPeople = 4;  // of a group
constexpr int kMostRuns = 4;
// A request that hangs is given up after so long; four seconds more pass before a doubt is settled.
constexpr const char* kTimeout_s = "1";
// What an invitation asks for, less View Audit Log.
constexpr const char* kWithoutAuditLog = "17601047645200";

std::string discord_id(int group, int person) {
    return fmt::format("{}", 200000000000000000LL + 10 * group + person);
}

/// Whoever is free on the same day of the week forms a group.
json cohort() {
    const char* days[kGroups] = {"Monday", "Wednesday", "Friday"};
    json people = json::array();
    for (int group = 0; group < kGroups; ++group) {
        for (int person = 0; person < kPeople; ++person) {
            people.push_back({{"id", fmt::format("p{}{}", group, person)},
                              {"name", fmt::format("Person {}{}", group, person)},
                              {"discord_id", discord_id(group, person)},
                              {"role", person == 0 ? "facilitator" : "participant"},
                              {"timezone", "Europe/London"},
                              {"available", {{days[group], {"18:00-19:00"}}}}});
        }
    }
    return {{"format", "convene/cohort@1"},
            {"cohort", {{"name", "Spring"}, {"start_date", "2035-01-15"}, {"number_of_group_meetings", 2}}},
            {"rules", {{"min_size", 2}, {"max_size", 4}}},
            {"people", people}};
}

/// Everybody has joined.
json server_of_three_groups(Hiding hiding) {
    json members = json::array();
    for (int group = 0; group < kGroups; ++group) {
        for (int person = 0; person < kPeople; ++person) {
            const std::string id = discord_id(group, person);
            members.push_back({{"id", id}, {"username", "u" + id}});
        }
    }
    json server = {{"members", members}};
    if (hiding == Hiding::unknown || hiding == Hiding::without_audit_log)
        server["settings"] = {{"hidden_channel", "unknown_channel"}};
    if (hiding == Hiding::without_audit_log) server["bot_permissions"] = kWithoutAuditLog;
    return server;
}

ProgramOptions with_library(ProgramOptions options) {
    options.environment["LD_PRELOAD"] = DIE_AT_COMMIT_LIBRARY;
    // Where the program is built with a sanitizer, that one's library would insist on coming first.
    options.environment["ASAN_OPTIONS"] = "verify_asan_link_order=0";
    return options;
}

ProgramOptions dying(ProgramOptions options, const Point& point) {
    options = with_library(std::move(options));
    options.environment["DIE_AT_COMMIT"] = std::to_string(point.n);
    options.environment["DIE_WHEN"] = point.mode;
    return options;
}

int read_number(const std::filesystem::path& file) {
    int number = 0;
    std::ifstream(file) >> number;
    return number;
}

}  // namespace

Origin::Origin(Kind kind, Stage stage)
    : rehearsal_(kind == Kind::sqlite ? "" : PostgresServer::shared().create_database()) {
    const auto file = rehearsal_.folder().write("cohort.json", cohort().dump());
    for (const auto& words : {std::vector<std::string>{"import", file}, {"schedule", "1"}}) {
        const ProgramResult result = rehearsal_.convene(words);
        if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
    }
    const std::string& url = rehearsal_.database_url();
    const auto groups = rows_of(url, "select group_id from groups");
    if (groups.size() != kGroups) throw std::runtime_error("the cohort must form three groups");
    if (stage == Stage::realized) realize();
    template_ =
        kind == Kind::sqlite ? url.substr(std::string("sqlite:").size()) : url.substr(url.rfind('/') + 1);
}

void Origin::realize() {
    state_ = (rehearsal_.folder().path() / "server.state").string();
    const auto guild = rehearsal_.folder().write("guild.json", server_of_three_groups(Hiding::none).dump());
    const SandboxProgram sandbox({"--state", state_, "--guild", guild.string()});
    rehearsal_.use(sandbox);
    const ProgramResult result = rehearsal_.convene({"realize", "1", "--yes"});
    if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
}

std::vector<std::string> Origin::server(const TestFolder& folder, const json& fresh) const {
    if (state_.empty()) return {"--guild", folder.write("guild.json", fresh.dump()).string()};
    const auto file = folder.path() / "server.state";
    std::filesystem::copy_file(state_, file);
    return {"--state", file.string()};
}

std::unique_ptr<Origin::Copy> Origin::copy(const TestFolder& folder) const {
    const std::string& url = rehearsal_.database_url();
    if (url.starts_with("sqlite:")) {
        const auto file = folder.path() / "convene.db";
        std::filesystem::copy_file(template_, file);
        return std::make_unique<Copy>("sqlite:" + file.string(), "");
    }
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    PostgresServer& server = PostgresServer::shared();
    return std::make_unique<Copy>(server.create_database(template_), server.url_of("postgres"));
}

Origin::Copy::~Copy() {
    if (drop_by_.empty()) return;
    const std::string name = url_.substr(url_.rfind('/') + 1);
    try {
        (void)run_sql(drop_by_, "drop database \"" + name + "\" with (force)");
    } catch (const std::exception&) {
        // It goes with its server.
    }
}

Trial::Trial(const Origin& origin, const Change& change, Hiding hiding)
    : change_(change),
      database_(origin.copy(folder_)),
      sandbox_(std::make_unique<SandboxProgram>(origin.server(folder_, server_of_three_groups(hiding)))),
      last_before_(sandbox_->last_request()),
      edits_before_(count_of_edits()) {}

ProgramOptions Trial::options() const {
    ProgramOptions options;
    options.directory = folder_.path();
    options.environment = sandbox_->environment();
    options.environment["CONVENE_DATABASE_URL"] = database_->url();
    options.environment["DISCORD_TIMEOUT_SECONDS"] = kTimeout_s;
    return options;
}

ProgramResult Trial::carry_out(const std::vector<std::string>& more) const {
    std::vector<std::string> words = change_.carry_out;
    words.insert(words.end(), more.begin(), more.end());
    return run_program(CONVENE_PROGRAM, words, options());
}

json Trial::requests() const {
    return sandbox_->get("/requests?after=" + std::to_string(last_before_));
}

std::string Trial::count_of_edits() const {
    return rows_of(database_->url(), "select count(*) from convene_edits").at(0);
}

void Trial::edit(const ProgramOptions& with) const {
    if (change_.edit.empty() || count_of_edits() != edits_before_) return;
    const ProgramResult result = run_program(CONVENE_PROGRAM, change_.edit, with);
    if (result.exit_code != 0 && result.exit_code != 128 + SIGKILL)
        throw std::runtime_error(result.out + result.err);
}

std::string Trial::plan() const {
    std::string plan;
    for (const char* sql : {"select cohort_id, status from cohorts order by 1",
                            "select group_id, group_name, status from groups order by 1",
                            "select group_id, user_id, role, status from groups_users order by 1, 2",
                            "select meeting_id, group_id, scheduled_time_utc from meetings order by 1"}) {
        for (const std::string& row : rows_of(database_->url(), sql)) plan += row + '\n';
    }
    return plan;
}

CalmRun Trial::calm() {
    const auto count = folder_.path() / "commits";
    ProgramOptions with = with_library(options());
    with.environment["DIE_COUNT_FILE"] = count;
    CalmRun calm;
    if (!change_.edit.empty()) {
        edit(with);
        calm.edit_commits = read_number(count);
    }
    const ProgramResult result = run_program(CONVENE_PROGRAM, change_.carry_out, with);
    if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
    for (const json& request : requests()) calm.writes.push_back(request.at("write").get<bool>());
    calm.requests = static_cast<int>(calm.writes.size());
    calm.commits = read_number(count);
    calm.plan = plan();
    return calm;
}

std::optional<Hidden> Trial::first_run(const Point& point) {
    if (point.what == Point::What::kill_edit_at_commit) edit(dying(options(), point));
    edit(options());
    if (point.what == Point::What::kill_edit_at_commit) return std::nullopt;
    ProgramOptions with = options();
    if (point.what == Point::What::kill_at_commit) {
        with = dying(std::move(with), point);
    } else {
        sandbox_->post("/faults", json::array({{{"path", "."}, {"nth", point.n}, {"mode", point.mode}}}));
    }
    const bool hides = point.hiding != Hiding::none;
    Program program(CONVENE_PROGRAM, change_.carry_out, with);
    if (point.what == Point::What::kill_at_request || hides) {
        while (!program.has_ended() && sandbox_->get("/faults").at(0).at("seen") < point.n)
            std::this_thread::sleep_for(milliseconds(10));
    }
    if (point.what == Point::What::kill_at_request) {
        program.send(SIGKILL);
        (void)program.wait();
    }
    std::optional<Hidden> hidden;
    if (hides) {
        // A request is counted right before it is carried out.
        std::this_thread::sleep_for(milliseconds(50));
        hidden.emplace(*sandbox_, database_->url());
    }
    if (point.what != Point::What::kill_at_request) (void)program.wait();
    return hidden;
}

/// Empty, or what a run answers that does not tell of it.
std::string Trial::hidden_is_told(const Hidden& hidden) const {
    if (hidden.nothing()) return "nothing was there to hide";
    const ProgramResult run = carry_out();
    const bool told = run.out.find("hidden from the bot") != std::string::npos &&
                      run.out.find("give the bot View ") != std::string::npos;
    return told ? "" : fmt::format("what is hidden is not told: {} {}", run.out, run.err);
}

std::string Trial::survives(const Point& point, const CalmRun& calm) {
    if (point.list_lag_ms > 0) sandbox_->post("/settings", {{"list_lag_ms", point.list_lag_ms}});
    const std::optional<Hidden> hidden = first_run(point);
    if (hidden) {
        const std::string untold = hidden_is_told(*hidden);
        if (!untold.empty()) return untold;
        hidden->show_again();
    }
    ProgramResult last;
    for (int run = 0; run < kMostRuns; ++run) {
        // What was never made nobody can tell from what is hidden: a person says to make it.
        const bool at_a_loss = run > 0 && last.out.find("View Audit Log") != std::string::npos;
        last = carry_out(at_a_loss ? std::vector<std::string>{"--restore"} : std::vector<std::string>{});
        if (last.exit_code == 0) break;
    }
    if (last.exit_code != 0) return fmt::format("run again: {} {}", last.out, last.err);
    const bool limit = point.mode == "rate_limit_shared" || point.mode == "cloudflare_429";
    const std::string wrong = fault(limit);
    if (!wrong.empty()) return wrong;
    if (plan() != calm.plan) return "the database tells otherwise: " + plan();
    const auto mark = sandbox_->last_request();
    last = carry_out();
    if (last.exit_code != 0) return fmt::format("with nothing to do: {} {}", last.out, last.err);
    const auto writes = sandbox_->writes_after(mark);
    return writes.empty() ? "" : "with nothing to do: " + writes.front();
}

std::string Trial::fault(bool accident_strikes_others) const {
    return fault_of(sandbox_->get("/state"), requests(), sandbox_->get("/leaks"), database_->url(),
                    change_.traces, accident_strikes_others);
}

}  // namespace convene::test
