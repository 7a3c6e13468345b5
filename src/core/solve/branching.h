// src/core/solve/branching.h: which column to branch on, by what earlier branchings gained.
#pragma once
#include <vector>

#include "core/solve/program.h"

namespace convene {

/// Groups first, then who leads or which group somebody joins, then seats: once the former are whole, the
/// latter nearly always are.
class Branching {
public:
    /// \param program  must outlive this
    explicit Branching(const Program& program);

    /// The bound rose by so much (never less than zero) when the column was rounded up, or down.
    void learn(int column, bool up, double gain);
    /// Rounded both ways so often that no trial is needed.
    [[nodiscard]] bool knows(int column) const;
    /// What gains of so much on both sides are worth, for a column of this value.
    [[nodiscard]] static double product(double value, double down, double up);
    /// How much branching on it promises.
    [[nodiscard]] double score(int column, double value) const;

    /// The fractional columns of the first kind that has any, those that promise most first; empty when all
    /// are whole.
    [[nodiscard]] std::vector<int> candidates(const double* values) const;

private:
    struct Gain {
        double sum = 0;
        int count = 0;
        [[nodiscard]] double mean() const;
    };

    const Program& program_;
    std::vector<Gain> up_, down_;
};

/// How far a value is from the nearest whole number.
[[nodiscard]] double fraction(double value);
/// What counts as whole.
inline constexpr double kIntegral = 1e-6;

}  // namespace convene
