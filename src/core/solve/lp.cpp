#include "core/solve/lp.h"

#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <limits>
#include <utility>

namespace convene {
namespace {

class Stopper : public ClpEventHandler {
public:
    explicit Stopper(std::function<bool()> should_stop) : should_stop_(std::move(should_stop)) {}
    int event(Event what) override {
        if (what != endOfIteration && what != endOfFactorization) return -1;
        if (what == endOfIteration && ++calls_ % 64 != 0) return -1;
        return should_stop_ && should_stop_() ? 5 : -1;
    }
    [[nodiscard]] ClpEventHandler* clone() const override { return new Stopper(should_stop_); }

private:
    std::function<bool()> should_stop_;
    int calls_ = 0;
};

}  // namespace

struct Lp::Model {
    ClpSimplex simplex;
    bool has_values = false;  ///< to start at
    long iterations = 0;
};

Lp::Lp(const Program& program, const std::vector<double>& objective, std::function<bool()> should_stop)
    : model_(std::make_unique<Model>()) {
    std::vector<int> rows;
    std::vector<int> columns;
    std::vector<double> elements;
    std::vector<double> low;
    std::vector<double> high;
    for (std::size_t r = 0; r < program.rows.size(); ++r) {
        for (const auto& [column, coefficient] : program.rows[r].terms) {
            rows.push_back(static_cast<int>(r));
            columns.push_back(column);
            elements.push_back(coefficient);
        }
        low.push_back(std::max(program.rows[r].low, -COIN_DBL_MAX));
        high.push_back(std::min(program.rows[r].high, COIN_DBL_MAX));
    }
    const auto n = static_cast<int>(program.columns.size());
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), elements.data(),
                            static_cast<CoinBigIndex>(elements.size()));
    matrix.setDimensions(static_cast<int>(low.size()), n);
    std::vector<double> column_low(program.columns.size(), 0);
    std::vector<double> column_high;
    for (const Program::Column& column : program.columns) column_high.push_back(column.upper);
    ClpSimplex& simplex = model_->simplex;
    simplex.setLogLevel(0);
    simplex.loadProblem(matrix, column_low.data(), column_high.data(), objective.data(), low.data(),
                        high.data());
    // These programs are so degenerate that perturbing the costs halves the work.
    simplex.setPerturbation(50);
    const Stopper stopper(std::move(should_stop));
    simplex.passInEventHandler(&stopper);
}

Lp::Lp(const Lp& other) : model_(std::make_unique<Model>(*other.model_)) {}
Lp::~Lp() = default;

void Lp::set_bounds(int column, double low, double high) {
    model_->simplex.setColumnBounds(column, low, high);
}

void Lp::add_rows(const std::vector<Program::Row>& rows) {
    std::vector<CoinBigIndex> starts{0};
    std::vector<int> columns;
    std::vector<double> elements;
    std::vector<double> low;
    std::vector<double> high;
    for (const Program::Row& row : rows) {
        for (const auto& [column, coefficient] : row.terms) {
            columns.push_back(column);
            elements.push_back(coefficient);
        }
        starts.push_back(static_cast<CoinBigIndex>(columns.size()));
        low.push_back(std::max(row.low, -COIN_DBL_MAX));
        high.push_back(std::min(row.high, COIN_DBL_MAX));
    }
    model_->simplex.addRows(static_cast<int>(rows.size()), low.data(), high.data(), starts.data(),
                            columns.data(), elements.data());
}

Lp::Status Lp::solve(double give_up_above, int most_iterations) {
    ClpSimplex& simplex = model_->simplex;
    simplex.setDualObjectiveLimit(give_up_above);
    simplex.setMaximumIterations(most_iterations > 0 ? most_iterations : std::numeric_limits<int>::max());
    if (std::exchange(model_->has_values, false))
        simplex.primal();
    else
        simplex.dual();
    model_->iterations += simplex.numberIterations();
    switch (simplex.status()) {
        case 0:
            return Status::optimal;
        case 1:
            return Status::infeasible;
        default:
            return Status::stopped;
    }
}

void Lp::start_at(const std::vector<double>& values) {
    ClpSimplex& simplex = model_->simplex;
    simplex.createStatus();  // all rows basic
    for (int j = 0; j < simplex.numberColumns(); ++j) {
        const double value = values[static_cast<std::size_t>(j)];
        simplex.primalColumnSolution()[j] = value;
        if (value > 0)
            simplex.setColumnStatus(
                j, value < simplex.columnUpper()[j] ? ClpSimplex::superBasic : ClpSimplex::atUpperBound);
    }
    model_->has_values = true;
}

LpBasis Lp::basis() const {
    const ClpSimplex& simplex = model_->simplex;
    const unsigned char* status = simplex.statusArray();
    return {status, status + simplex.numberColumns() + simplex.numberRows()};
}
void Lp::start_from(const LpBasis& basis) {
    ClpSimplex& simplex = model_->simplex;
    std::copy(basis.begin(), basis.end(), simplex.statusArray());
    const auto known = static_cast<int>(basis.size()) - simplex.numberColumns();
    for (int row = known; row < simplex.numberRows(); ++row) simplex.setRowStatus(row, ClpSimplex::basic);
}

void Lp::set_row_status(int row, unsigned char status) {
    ClpSimplex& simplex = model_->simplex;
    simplex.statusArray()[simplex.numberColumns() + row] = status;
}

double Lp::objective() const {
    return model_->simplex.objectiveValue();
}
const double* Lp::values() const {
    return model_->simplex.primalColumnSolution();
}
const double* Lp::reduced_costs() const {
    return model_->simplex.dualColumnSolution();
}
int Lp::rows() const {
    return model_->simplex.numberRows();
}
long Lp::iterations() const {
    return model_->iterations;
}

}  // namespace convene
