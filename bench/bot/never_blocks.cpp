// How fast the bot answers while the solver has all cores: never_blocks PROGRAM SECONDS [SEARCHES
// [DATABASE-URL]]
//
// Starts a sandbox and a bot, keeps so many searches running (2; 0 to compare with), and meanwhile types:
// autocomplete twenty times a second, a command five times a second. Prints one JSON object: milliseconds as
// the sandbox measured them, heartbeats as the bot counted them, how many cores the bot used, and, to tell a
// slow machine from a slow bot, how long the sandbox takes for a request that has nothing to do with the bot.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "discord/rest/curl_transport.h"
#include "tests/support/hard_cohort.h"
#include "tests/support/program.h"

namespace {

using namespace std::chrono_literals;
using convene::test::Program;
using convene::test::ProgramOptions;
using convene::test::TestFolder;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int kHardCohorts = 8;
// No search of a minute proves the plan of these.
constexpr int kParticipants = 1000;
constexpr int kApart = 4000;

/// A course that autocomplete offers and /groups shows.
std::string easy_cohort() {
    json people = json::array();
    for (int i = 0; i < 6; ++i) {
        people.push_back({{"id", fmt::format("e{}", i)},
                          {"email", fmt::format("e{}@example.org", i)},
                          {"role", i == 0 ? "facilitator" : "participant"},
                          {"timezone", "UTC"},
                          {"available", {{"Monday", {"18:00-21:00"}}}}});
    }
    return json{{"format", "convene/cohort@1"},
                {"cohort", {{"name", "Easy"}, {"start_date", "2035-01-15"}, {"number_of_group_meetings", 8}}},
                {"people", people}}
        .dump();
}

json send(const std::string& method, const std::string& url, const json& body = nullptr) {
    static convene::discord::CurlTransport transport;
    convene::discord::HttpRequest request;
    request.method = method;
    request.url = url;
    if (!body.is_null()) request.body = body.dump();
    request.headers = {{"Content-Type", "application/json"}};
    const auto response = transport.send(request);
    if (!response) throw std::runtime_error(url + ": " + response.error().message);
    json answer = json::parse(response->body, nullptr, false);
    return answer.is_discarded() ? json(response->body) : answer;
}

/// Processor seconds that the process has used.
double used_by(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/stat", process));
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    double ticks = 0;
    for (int i = 3; fields >> field && i <= 15; ++i) {
        if (i == 14 || i == 15) ticks += std::stod(field);
    }
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// The value of a metric without labels.
double metric(const std::string& text, const std::string& name) {
    const std::size_t at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

json distribution(std::vector<double> values) {
    if (values.empty()) return nullptr;
    std::sort(values.begin(), values.end());
    const auto quantile = [&](double share) {
        return values[std::min(values.size() - 1,
                               static_cast<std::size_t>(share * static_cast<double>(values.size())))];
    };
    return {{"count", values.size()},
            {"median", quantile(0.5)},
            {"p99", quantile(0.99)},
            {"longest", values.back()}};
}

class Measurement {
public:
    Measurement(std::string program, std::size_t searches, std::string database)
        : program_(std::move(program)), side_by_side_(searches) {
        sandbox_ = std::make_unique<Program>(program_, std::vector<std::string>{"sandbox"}, ProgramOptions{});
        about_ = json::parse(sandbox_->read_line());
        options_.directory = folder_.path();
        options_.environment = {
            {"DISCORD_API_BASE", about_["api_base"]},
            {"DISCORD_TOKEN", about_["token"]},
            {"DISCORD_GUILD_ID", about_["guild_id"]},
            {"CONVENE_DATABASE_URL",
             database.empty() ? "sqlite:" + (folder_.path() / "bench.db").string() : database}};
        control("POST", "/settings", {{"heartbeat_interval_ms", 1000}});
        import(easy_cohort());
        run({"schedule", "Easy"});
        for (int i = 1; i <= (searches > 0 ? kHardCohorts : 0); ++i)
            waiting_.push_back(import(convene::test::hard_cohort(i, kParticipants, kApart)));
    }

    json measure(std::chrono::seconds length) {
        Program bot(program_, {"bot", "--metrics-port", "0", "--time-limit", std::to_string(length.count())},
                    options_);
        std::string metrics;
        for (std::string line = bot.read_line(); line != "ready"; line = bot.read_line()) {
            if (line.empty()) throw std::runtime_error("the bot did not start");
            if (line.starts_with("metrics ")) metrics = line.substr(8);
        }
        (void)complete();  // connected, and its database open
        const double used_before = used_by(bot.id());
        const auto begin = Clock::now();
        const auto end = begin + length;
        std::vector<double> autocomplete;
        std::vector<double> machine;
        std::vector<std::string> commands;
        int unanswered = 0;
        int turn = 0;
        for (auto next = begin; next < end; next += 50ms, ++turn) {
            std::this_thread::sleep_until(next);
            keep_searching();
            const auto asked = Clock::now();
            (void)control("GET", "/clock");
            machine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
            const json choices = complete();
            if (choices.value("answered", false)) {
                autocomplete.push_back(choices["milliseconds"]);
            } else {
                ++unanswered;
            }
            if (turn % 4 == 0) commands.push_back(type("groups", "1"));
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        const double used = used_by(bot.id()) - used_before;
        const std::string counts = send("GET", metrics).get<std::string>();
        std::vector<double> acks;
        std::vector<double> answers;
        for (const std::string& id : commands) {
            const json seen = control("GET", "/interactions/" + id);
            if (seen["ack_ms"].is_null()) {
                ++unanswered;
                continue;
            }
            acks.push_back(seen["ack_ms"]);
            if (seen["status"] == "answered") answers.push_back(seen["history"].back()["ms"]);
        }
        bot.send(SIGTERM);
        (void)bot.wait();
        return {{"seconds", seconds},
                {"cores", std::thread::hardware_concurrency()},
                {"cores_used_by_bot", used / seconds},
                {"searches", searches_},
                {"machine_ms", distribution(machine)},
                {"autocomplete_ms", distribution(autocomplete)},
                {"ack_ms", distribution(acks)},
                {"groups_answer_ms", distribution(answers)},
                {"unanswered", unanswered},
                {"heartbeats", metric(counts, "convene_gateway_heartbeats_total")},
                {"heartbeats_late", metric(counts, "convene_gateway_heartbeats_late_total")},
                {"latest_heartbeat_s", metric(counts, "convene_gateway_heartbeat_delay_max_seconds")},
                {"connections", metric(counts, "convene_gateway_connections_total")}};
    }

private:
    json control(const std::string& method, const std::string& path, const json& body = nullptr) {
        return send(method, about_["control"].get<std::string>() + path, body);
    }
    std::string run(const std::vector<std::string>& arguments) {
        const auto result = convene::test::run_program(program_, arguments, options_);
        if (result.exit_code != 0) throw std::runtime_error(result.err);
        return result.out;
    }
    std::string import(const std::string& cohort) {
        const auto file = folder_.write("cohort.json", cohort);
        return std::to_string(json::parse(run({"import", file, "--json"}))["cohort_id"].get<int>());
    }
    json complete() {
        return control("POST", "/autocomplete",
                       {{"user_id", about_["admin_user_id"]},
                        {"command", "groups"},
                        {"option", "cohort"},
                        {"value", "eas"}});
    }
    std::string type(const std::string& command, const std::string& cohort) {
        return control("POST", "/interactions",
                       {{"user_id", about_["admin_user_id"]},
                        {"command", command},
                        {"options", {{"cohort", cohort}}}})["id"];
    }
    void keep_searching() {
        std::erase_if(searching_, [&](const std::string& id) {
            return control("GET", "/interactions/" + id)["status"] == "answered";
        });
        while (searching_.size() < side_by_side_ && !waiting_.empty()) {
            searching_.push_back(type("schedule", waiting_.back()));
            waiting_.pop_back();
            ++searches_;
        }
    }

    std::string program_;
    std::size_t side_by_side_;
    TestFolder folder_;
    std::unique_ptr<Program> sandbox_;
    json about_;
    ProgramOptions options_;
    std::vector<std::string> waiting_;    ///< cohorts not scheduled yet
    std::vector<std::string> searching_;  ///< interactions
    int searches_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "never_blocks PROGRAM SECONDS [SEARCHES [DATABASE-URL]]\n";
        return 2;
    }
    const std::chrono::seconds length(std::atoi(arguments[2]));
    const int searches = count > 3 ? std::atoi(arguments[3]) : 2;
    // The programs run in a folder of their own.
    Measurement measurement(std::filesystem::absolute(arguments[1]).string(),
                            static_cast<std::size_t>(searches), count > 4 ? arguments[4] : "");
    std::cout << measurement.measure(length).dump(1) << '\n';
}
