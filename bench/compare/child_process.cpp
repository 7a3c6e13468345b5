#include "bench/compare/child_process.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace convene::bench {
namespace {

using Json = nlohmann::json;

Json to_json(const Objective& objective) {
    return {objective.placed, objective.if_needed};
}
Json to_json(const std::optional<Objective>& objective) {
    return objective ? to_json(*objective) : Json();
}
std::optional<Objective> objective_from(const Json& json) {
    if (json.is_null()) return std::nullopt;
    return Objective{json.at(0), json.at(1)};
}

void write(int pipe, const Answer& answer, const Stopwatch& watch) {
    Json moments = Json::array();
    for (const Moment& moment : answer.moments)
        moments.push_back({moment.wall_s, moment.cpu_s, to_json(moment.best), to_json(moment.bound)});
    const Json json = {
        {"status", answer.status},   {"best", to_json(answer.best)}, {"bound", to_json(answer.bound)},
        {"invalid", answer.invalid}, {"moments", moments},           {"wall_s", watch.wall_s()},
        {"cpu_s", watch.cpu_s()}};
    const std::string text = json.dump();
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(pipe, text.data() + done, text.size() - done);
        if (written <= 0) std::_Exit(1);
        done += static_cast<std::size_t>(written);
    }
}

Measured read(int pipe) {
    std::string text;
    char buffer[65536];
    for (ssize_t count = 0; (count = ::read(pipe, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(count));
    Measured measured;
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        measured.died = true;
        measured.answer.status = "none";
        return measured;
    }
    Answer& answer = measured.answer;
    answer.status = json.at("status");
    answer.best = *objective_from(json.at("best"));
    answer.bound = objective_from(json.at("bound"));
    answer.invalid = json.at("invalid");
    for (const Json& moment : json.at("moments"))
        answer.moments.push_back(
            {moment.at(0), moment.at(1), *objective_from(moment.at(2)), objective_from(moment.at(3))});
    measured.wall_s = json.at("wall_s");
    measured.cpu_s = json.at("cpu_s");
    return measured;
}

}  // namespace

Measured run_in_child(const std::function<Answer()>& run, double give_up_s) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no child process");
    if (child == 0) {
        ::close(ends[0]);
        if (std::freopen("/dev/null", "w", stdout) == nullptr) std::_Exit(1);
        const auto seconds = static_cast<rlim_t>(give_up_s) + 1;
        const rlimit limit{seconds, seconds + 1};
        ::setrlimit(RLIMIT_CPU, &limit);
        const Stopwatch watch;
        write(ends[1], run(), watch);
        std::_Exit(0);
    }
    ::close(ends[1]);
    const Stopwatch watch;
    Measured measured = read(ends[0]);
    ::close(ends[0]);
    rusage usage{};
    int status = 0;
    ::wait4(child, &status, 0, &usage);
    measured.peak_kb = usage.ru_maxrss;
    if (measured.died) {
        measured.wall_s = watch.wall_s();
        measured.cpu_s = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    }
    return measured;
}

}  // namespace convene::bench
