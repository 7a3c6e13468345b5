// The method of gruepr, carried over to groups with facilitators and common times: a population of orders of
// choice, tournaments, ordered crossover, swaps as mutations, a few elites; ends when it stagnates. It knows
// no bound.
#include <algorithm>
#include <utility>

#include "bench/compare/method.h"
#include "bench/compare/orders.h"

namespace convene::bench {
namespace {

constexpr std::size_t kPopulation = 60;
constexpr std::size_t kElites = 3;
constexpr int kStagnation = 40;

struct Individual {
    std::vector<Choice> order;
    Objective value;
};

/// A stretch of one parent's order, the rest in the order of the other.
std::vector<Choice> cross(const std::vector<Choice>& a, const std::vector<Choice>& b,
                          test::RandomNumbers& random) {
    if (a.empty()) return a;
    std::size_t from = random.index(a.size());
    std::size_t to = random.index(a.size());
    if (from > to) std::swap(from, to);
    std::vector<std::vector<char>> taken;
    const auto mark = [&](const Choice& choice) -> char& {
        const auto leader = static_cast<std::size_t>(choice.leader);
        const auto position = static_cast<std::size_t>(choice.position);
        if (taken.size() <= leader) taken.resize(leader + 1);
        if (taken[leader].size() <= position) taken[leader].resize(position + 1, 0);
        return taken[leader][position];
    };
    std::vector<Choice> child(a.begin() + static_cast<std::ptrdiff_t>(from),
                              a.begin() + static_cast<std::ptrdiff_t>(to));
    for (const Choice& choice : child) mark(choice) = 1;
    for (const Choice& choice : b)
        if (mark(choice) == 0) child.push_back(choice);
    return child;
}

}  // namespace

Answer run_genetic(const Problem& problem, double limit_s) {
    const Stopwatch watch;
    const Instance instance = compile(problem);
    test::RandomNumbers random(1);
    std::vector<Individual> population;
    const auto add = [&](std::vector<Individual>& to, std::vector<Choice> order) {
        const Objective value = follow(instance, order);
        to.push_back({std::move(order), value});
    };
    for (std::size_t i = 0; i < kPopulation; ++i) add(population, random_order(instance, random));
    const auto by_value = [](const Individual& a, const Individual& b) { return better(a.value, b.value); };
    Answer answer;
    answer.status = "feasible";
    for (int idle = 0; idle < kStagnation && watch.cpu_s() < limit_s; ++idle) {
        std::stable_sort(population.begin(), population.end(), by_value);
        if (answer.moments.empty() || better(population.front().value, answer.best)) {
            idle = 0;
            answer.best = population.front().value;
            answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, std::nullopt});
        }
        std::vector<Individual> next(population.begin(), population.begin() + kElites);
        const auto parent = [&]() -> const Individual& {
            return population[std::min(random.index(kPopulation), random.index(kPopulation))];
        };
        while (next.size() < kPopulation) {
            std::vector<Choice> child = cross(parent().order, parent().order, random);
            for (int swaps = random.between(0, 4); swaps > 0 && !child.empty(); --swaps)
                std::swap(child[random.index(child.size())], child[random.index(child.size())]);
            add(next, std::move(child));
        }
        population = std::move(next);
    }
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, std::nullopt});
    return answer;
}

}  // namespace convene::bench
