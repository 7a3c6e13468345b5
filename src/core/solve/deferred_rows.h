// src/core/solve/deferred_rows.h: the rows of a program that wait until a relaxed solution breaks them.
#pragma once
#include <vector>

#include "core/solve/program.h"

namespace convene {

/// The implied pairs, numbered as in Program::implied, and after them the rows that are seldom tight.
class DeferredRows {
public:
    /// \param program  must outlive this
    explicit DeferredRows(const Program& program);

    [[nodiscard]] int size() const;
    [[nodiscard]] Program::Row row(int number) const;
    [[nodiscard]] bool broken(int number, const double* values, double tolerance) const;

private:
    const Program& program_;
    std::vector<int> rows_;  ///< indices into Program::rows
};

}  // namespace convene
