#include "core/solve/branching.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convene {
namespace {

constexpr int kTrusted = 2;
constexpr double kUnknownGain = 0.5;
constexpr double kLeastGain = 1e-3;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// In which order columns are branched on.
int rank(Program::Kind kind) {
    switch (kind) {
        case Program::Kind::groups:
            return 0;
        case Program::Kind::leads:
        case Program::Kind::joins:
            return 1;
        case Program::Kind::sits:
            return 2;
        case Program::Kind::helper:
            break;
    }
    return -1;
}

}  // namespace

double fraction(double value) {
    return std::abs(value - std::round(value));
}

Branching::Branching(const Program& program)
    : program_(program), up_(program.columns.size()), down_(program.columns.size()) {}

double Branching::Gain::mean() const {
    return count > 0 ? sum / count : kUnknownGain;
}

void Branching::learn(int column, bool up, double gain) {
    Gain& entry = up ? up_[at(column)] : down_[at(column)];
    entry.sum += gain;
    ++entry.count;
}

bool Branching::knows(int column) const {
    return up_[at(column)].count >= kTrusted && down_[at(column)].count >= kTrusted;
}

double Branching::product(double value, double down, double up) {
    const double part = value - std::floor(value);
    return std::max(down, kLeastGain) * part * std::max(up, kLeastGain) * (1 - part);
}

double Branching::score(int column, double value) const {
    return product(value, down_[at(column)].mean(), up_[at(column)].mean()) + 1e-6 * fraction(value);
}

std::vector<int> Branching::candidates(const double* values) const {
    std::array<std::vector<std::pair<double, int>>, 3> found;
    for (std::size_t j = 0; j < program_.columns.size(); ++j) {
        const int kind = rank(program_.columns[j].kind);
        if (kind < 0 || fraction(values[j]) <= kIntegral) continue;
        const auto column = static_cast<int>(j);
        found[at(kind)].emplace_back(-score(column, values[j]), column);
    }
    std::vector<int> columns;
    for (auto& list : found) {
        if (list.empty()) continue;
        std::sort(list.begin(), list.end());
        for (const auto& entry : list) columns.push_back(entry.second);
        break;
    }
    return columns;
}

}  // namespace convene
