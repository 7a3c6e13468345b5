// Runs solvers over cohort files and prints one line per run.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "core/rules/check_plan.h"
#include "core/solve/solve.h"
#include "formats/cohort_file.h"
#include "zones/iana_zones.h"

namespace {

std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
    using namespace convene;
    const zones::IanaZones table;
    for (int i = 1; i < argc; ++i) {
        const auto file = read_cohort_file(read_file(argv[i]), table);
        if (!file) {
            std::fprintf(stderr, "%s: %s\n", argv[i], to_string(file.error().front()).c_str());
            return 3;
        }
        const auto problem = Problem::build(file->problem);
        const auto start = std::chrono::steady_clock::now();
        const Plan plan = solve(*problem, {});
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        std::printf("%s: %s placed %d (bound %d) if needed %d (bound %d), %zu violations, %.3f s\n", argv[i],
                    std::string(to_string(plan.status)).c_str(), plan.objective.placed, plan.bound.placed,
                    plan.objective.if_needed, plan.bound.if_needed, check_plan(*problem, plan).size(),
                    seconds.count());
    }
}
