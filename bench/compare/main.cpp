// compare: runs convene and other methods on the same cohorts, one line of JSON per run on standard output.
//
//     compare [--methods a,b,…] [--limit S] FILE… [people:seed[,setting…] …]
//
// A cohort is a file or generated (cohort_spec.h). docs/benchmarks.md says how to redo what it shows.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/compare/child_process.h"
#include "bench/compare/cohort_spec.h"
#include "zones/iana_zones.h"

namespace convene::bench {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

nlohmann::json to_json(const Objective& objective) {
    return {{"placed", objective.placed}, {"if_needed", objective.if_needed}};
}

void report(const std::string& cohort, std::size_t people, const std::string& method, const Measured& run) {
    nlohmann::ordered_json line = {{"cohort", cohort_name(cohort)},
                                   {"people", people},
                                   {"method", method},
                                   {"status", run.died ? "killed" : run.answer.status},
                                   {"best", to_json(run.answer.best)},
                                   {"cpu_s", run.cpu_s},
                                   {"wall_s", run.wall_s},
                                   {"peak_mb", static_cast<double>(run.peak_kb) / 1024}};
    if (run.answer.bound) line["bound"] = to_json(*run.answer.bound);
    if (!run.answer.invalid.empty()) line["invalid"] = run.answer.invalid;
    nlohmann::json moments = nlohmann::json::array();
    for (const Moment& moment : run.answer.moments) {
        nlohmann::json entry = {
            {"wall_s", moment.wall_s}, {"cpu_s", moment.cpu_s}, {"best", to_json(moment.best)}};
        if (moment.bound) entry["bound"] = to_json(*moment.bound);
        moments.push_back(std::move(entry));
    }
    line["moments"] = std::move(moments);
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
    std::fprintf(stderr, "%-24s %-14s %-9s %6d %5d %8.3f s\n", cohort_name(cohort).c_str(), method.c_str(),
                 run.died ? "killed" : run.answer.status.c_str(), run.answer.best.placed,
                 run.answer.best.if_needed, run.wall_s);
}

int run(const std::vector<std::string>& arguments) {
    const zones::IanaZones zones;
    std::vector<std::string> wanted;
    for (const Method& method : all_methods()) wanted.push_back(method.name);
    double limit_s = 60;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--methods" && i + 1 < arguments.size()) {
            wanted = split(arguments[++i]);
            continue;
        }
        if (arguments[i] == "--limit" && i + 1 < arguments.size()) {
            limit_s = std::stod(arguments[++i]);
            continue;
        }
        const auto problem = Problem::build(read_cohort(arguments[i], zones));
        if (!problem) throw std::runtime_error(arguments[i] + ": " + to_string(problem.error().front()));
        for (const Method& method : all_methods()) {
            if (std::find(wanted.begin(), wanted.end(), method.name) == wanted.end()) continue;
            const Measured measured =
                run_in_child([&] { return method.run(*problem, limit_s); }, 2 * limit_s + 60);
            report(arguments[i], problem->participants().size(), method.name, measured);
        }
    }
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main(int argc, char** argv) {
    try {
        return convene::bench::run({argv + 1, argv + argc});
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "compare: %s\n", fault.what());
        return 2;
    }
}
