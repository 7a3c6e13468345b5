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

ProgramOptions with_library(ProgramOptions options) {
    options.environment["LD_PRELOAD"] = DIE_AT_COMMIT_LIBRARY;
    // Where the program is built with a sanitizer, that one's library would insist on coming first.
    options.environment["ASAN_OPTIONS"] = "verify_asan_link_order=0";
    return options;
}

}  // namespace

json server_of_three_groups(const json& settings) {
    json members = json::array();
    for (int group = 0; group < kGroups; ++group) {
        for (int person = 0; person < kPeople; ++person) {
            const std::string id = discord_id(group, person);
            members.push_back({{"id", id}, {"username", "u" + id}});
        }
    }
    return {{"members", members}, {"settings", settings}};
}

Origin::Origin(Kind kind)
    : rehearsal_(kind == Kind::sqlite ? "" : PostgresServer::shared().create_database()) {
    const auto file = rehearsal_.folder().write("cohort.json", cohort().dump());
    for (const auto& words : {std::vector<std::string>{"import", file}, {"schedule", "1"}}) {
        const ProgramResult result = rehearsal_.convene(words);
        if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
    }
    const std::string& url = rehearsal_.database_url();
    const auto groups = rows_of(url, "select group_id from groups");
    if (groups.size() != kGroups) throw std::runtime_error("the cohort must form three groups");
    template_ =
        kind == Kind::sqlite ? url.substr(std::string("sqlite:").size()) : url.substr(url.rfind('/') + 1);
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

Trial::Trial(const Origin& origin, const json& settings) : database_(origin.copy(folder_)) {
    const auto guild = folder_.write("guild.json", server_of_three_groups(settings).dump());
    sandbox_ = std::make_unique<SandboxProgram>(std::vector<std::string>{"--guild", guild.string()});
}

ProgramOptions Trial::options() const {
    ProgramOptions options;
    options.directory = folder_.path();
    options.environment = sandbox_->environment();
    options.environment["CONVENE_DATABASE_URL"] = database_->url();
    options.environment["DISCORD_TIMEOUT_SECONDS"] = kTimeout_s;
    return options;
}

ProgramResult Trial::realize() const {
    return run_program(CONVENE_PROGRAM, {"realize", "1", "--yes"}, options());
}

CalmRun Trial::calm() {
    const auto count = folder_.path() / "commits";
    ProgramOptions with = with_library(options());
    with.environment["DIE_COUNT_FILE"] = count;
    const ProgramResult result = run_program(CONVENE_PROGRAM, {"realize", "1", "--yes"}, with);
    if (result.exit_code != 0) throw std::runtime_error(result.out + result.err);
    CalmRun calm;
    for (const json& request : sandbox_->get("/requests?after=0"))
        calm.writes.push_back(request.at("write").get<bool>());
    calm.requests = static_cast<int>(calm.writes.size());
    std::ifstream(count) >> calm.commits;
    return calm;
}

std::optional<Hidden> Trial::first_run(const Point& point) {
    ProgramOptions with = options();
    if (point.what == Point::What::kill_at_commit) {
        with = with_library(std::move(with));
        with.environment["DIE_AT_COMMIT"] = std::to_string(point.n);
        with.environment["DIE_WHEN"] = point.mode;
    } else {
        sandbox_->post("/faults", json::array({{{"path", "."}, {"nth", point.n}, {"mode", point.mode}}}));
    }
    Program program(CONVENE_PROGRAM, {"realize", "1", "--yes"}, with);
    if (point.what == Point::What::kill_at_request || point.hidden) {
        while (!program.has_ended() && sandbox_->get("/faults").at(0).at("seen") < point.n)
            std::this_thread::sleep_for(milliseconds(10));
    }
    if (point.what == Point::What::kill_at_request) {
        program.send(SIGKILL);
        (void)program.wait();
    }
    std::optional<Hidden> hidden;
    if (point.hidden) {
        // A request is counted right before it is carried out.
        std::this_thread::sleep_for(milliseconds(50));
        hidden.emplace(*sandbox_, database_->url());
    }
    if (point.what != Point::What::kill_at_request) (void)program.wait();
    return hidden;
}

std::string Trial::survives(const Point& point) {
    if (point.list_lag_ms > 0) sandbox_->post("/settings", {{"list_lag_ms", point.list_lag_ms}});
    const std::optional<Hidden> hidden = first_run(point);
    ProgramResult last;
    if (hidden) {
        if (hidden->nothing()) return "nothing was there to hide";
        last = realize();
        if (last.out.find("hidden from the bot") == std::string::npos ||
            last.out.find("give the bot View Channel there") == std::string::npos)
            return fmt::format("what is hidden is not told: {} {}", last.out, last.err);
        hidden->show_again();
    }
    for (int run = 0; run < kMostRuns; ++run) {
        last = realize();
        if (last.exit_code == 0) break;
    }
    if (last.exit_code != 0) return fmt::format("run again: {} {}", last.out, last.err);
    const bool limit = point.mode == "rate_limit_shared" || point.mode == "cloudflare_429";
    return fault(limit);
}

std::string Trial::fault(bool accident_strikes_others) const {
    return fault_of(sandbox_->get("/state"), sandbox_->get("/requests?after=0"), sandbox_->get("/leaks"),
                    database_->url(), accident_strikes_others);
}

}  // namespace convene::test
