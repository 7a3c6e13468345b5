#include "core/solve/deferred_rows.h"

#include <limits>

namespace convene {

DeferredRows::DeferredRows(const Program& program) : program_(program) {
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        if (program.rows[r].seldom_tight) rows_.push_back(static_cast<int>(r));
}

int DeferredRows::size() const {
    return static_cast<int>(program_.implied.size() + rows_.size());
}

Program::Row DeferredRows::row(int number) const {
    const auto i = static_cast<std::size_t>(number);
    if (i >= program_.implied.size())
        return program_.rows[static_cast<std::size_t>(rows_[i - program_.implied.size()])];
    const auto [small, large] = program_.implied[i];
    return {-std::numeric_limits<double>::infinity(), 0, {{small, 1.0}, {large, -1.0}}};
}

bool DeferredRows::broken(int number, const double* values, double tolerance) const {
    const auto i = static_cast<std::size_t>(number);
    if (i < program_.implied.size()) {
        const auto [small, large] = program_.implied[i];
        return values[small] > values[large] + tolerance;
    }
    const Program::Row& row = program_.rows[static_cast<std::size_t>(rows_[i - program_.implied.size()])];
    double sum = 0;
    for (const auto& [column, coefficient] : row.terms) sum += coefficient * values[column];
    return sum > row.high + tolerance || sum < row.low - tolerance;
}

}  // namespace convene
