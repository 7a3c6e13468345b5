// src/core/solve/lp.h: a linear program that is solved again and again as its bounds
// change and rows are added. Hides the library behind it.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/solve/program.h"

namespace convene {

/// Which columns, and after them which rows, are basic or at which bound, as the library codes it.
using LpBasis = std::vector<unsigned char>;

class Lp {
public:
    enum class Status { optimal, infeasible, stopped };

    /// Takes the rows of the program, not its implied pairs; the objective is to be minimised.
    /// \param should_stop  asked during solve(); may be empty
    Lp(const Program& program, const std::vector<double>& objective, std::function<bool()> should_stop);
    ~Lp();
    Lp(const Lp& other);  ///< stands where the other stands
    Lp& operator=(const Lp&) = delete;

    void set_bounds(int column, double low, double high);
    void add_rows(const std::vector<Program::Row>& rows);
    /// \param give_up_above  may return infeasible when no better objective is possible
    /// \param most_iterations  0: no limit; at the limit the status is stopped
    Status solve(double give_up_above, int most_iterations = 0);

    /// The first solve() goes on from these values of the columns, whole numbers within their bounds, by the
    /// primal method. They may break rows.
    void start_at(const std::vector<double>& values);
    /// Where the last solve() ended.
    [[nodiscard]] LpBasis basis() const;
    /// The next solve() starts there; rows may have been added since.
    void start_from(const LpBasis& basis);
    /// Afterwards, one row otherwise. \param status  as basis() codes it
    void set_row_status(int row, unsigned char status);

    [[nodiscard]] double objective() const;
    [[nodiscard]] const double* values() const;
    [[nodiscard]] const double* reduced_costs() const;
    [[nodiscard]] int rows() const;
    /// Of the simplex method, in all calls of solve().
    [[nodiscard]] long iterations() const;

private:
    struct Model;
    std::unique_ptr<Model> model_;
};

}  // namespace convene
