// CBC on the compact model: the rows of core/solve/program.h without the z <= Y rows that are convene's own.
#include <coin/Cbc_C_Interface.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/compare/method.h"
#include "core/solve/program.h"

namespace convene::bench {
namespace {

class Cbc {
public:
    Cbc(const Program& program, const std::vector<double>& objective, const std::vector<Program::Row>& more)
        : model_(Cbc_newModel()) {
        std::vector<Program::Row> rows = program.rows;
        rows.insert(rows.end(), more.begin(), more.end());
        const std::size_t columns = program.columns.size();
        std::vector<std::vector<std::pair<int, double>>> by_column(columns);
        std::vector<double> low;
        std::vector<double> high;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            low.push_back(std::max(rows[r].low, -1e30));
            high.push_back(std::min(rows[r].high, 1e30));
            for (const auto& [column, value] : rows[r].terms)
                by_column[static_cast<std::size_t>(column)].emplace_back(static_cast<int>(r), value);
        }
        std::vector<CoinBigIndex> starts{0};
        std::vector<int> index;
        std::vector<double> values;
        for (const auto& column : by_column) {
            for (const auto& [row, value] : column) {
                index.push_back(row);
                values.push_back(value);
            }
            starts.push_back(static_cast<CoinBigIndex>(index.size()));
        }
        std::vector<double> lower(columns, 0);
        std::vector<double> upper;
        for (const Program::Column& column : program.columns) upper.push_back(column.upper);
        Cbc_loadProblem(model_, static_cast<int>(columns), static_cast<int>(rows.size()), starts.data(),
                        index.data(), values.data(), lower.data(), upper.data(), objective.data(), low.data(),
                        high.data());
        for (std::size_t j = 0; j < columns; ++j) Cbc_setInteger(model_, static_cast<int>(j));
        Cbc_setParameter(model_, "log", "0");
    }
    ~Cbc() { Cbc_deleteModel(model_); }
    Cbc(const Cbc&) = delete;
    Cbc& operator=(const Cbc&) = delete;

    void solve(double limit_s) {
        Cbc_setParameter(model_, "timeMode", "cpu");
        Cbc_setParameter(model_, "seconds", std::to_string(limit_s).c_str());
        Cbc_solve(model_);
    }
    [[nodiscard]] bool proven() { return Cbc_isProvenOptimal(model_) != 0; }
    [[nodiscard]] double bound() { return Cbc_getBestPossibleObjValue(model_); }
    /// Null when no solution was found.
    [[nodiscard]] const double* values() {
        return Cbc_numberSavedSolutions(model_) > 0 || proven() ? Cbc_getColSolution(model_) : nullptr;
    }

private:
    Cbc_Model* model_;
};

Objective count(const Program& program, const double* values) {
    double placed = 0;
    double if_needed = 0;
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        placed += program.columns[j].people * std::round(values[j]);
        if_needed += program.columns[j].cost * std::round(values[j]);
    }
    return {static_cast<int>(placed), static_cast<int>(if_needed)};
}

int people(const Instance& instance) {
    int sum = 0;
    for (const Unit& unit : instance.units) sum += unit.size();
    return sum;
}

/// More than any plan has members on if-needed time.
int weight(const Instance& instance) {
    const auto most = [](const std::vector<Attend>& attends) {
        int cost = 0;
        for (const Attend attend : attends) cost = std::max(cost, attend.cost);
        return cost;
    };
    int sum = 1;
    for (const Unit& unit : instance.units) sum += most(unit.attends);
    for (const Leader& leader : instance.leaders) sum += leader.capacity * most(leader.attends);
    return sum;
}

Program::Row at_least_placed(const Program& program, int placed) {
    Program::Row row{static_cast<double>(placed), 1e30, {}};
    for (std::size_t j = 0; j < program.columns.size(); ++j)
        if (program.columns[j].people > 0)
            row.terms.emplace_back(static_cast<int>(j), program.columns[j].people);
    return row;
}

void conclude(Answer& answer, bool proven, const Stopwatch& watch) {
    answer.status = proven ? "optimal" : "feasible";
    if (proven) answer.bound = answer.best;
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, answer.bound});
}

}  // namespace

Answer run_cbc_weighted(const Problem& problem, double limit_s) {
    const Stopwatch watch;
    const Instance instance = compile(problem);
    const Program program = make_program(instance);
    const int w = weight(instance);
    std::vector<double> objective;
    for (const Program::Column& column : program.columns)
        objective.push_back(column.cost - w * column.people);
    Cbc cbc(program, objective, {});
    cbc.solve(limit_s - watch.cpu_s());
    Answer answer;
    answer.status = "none";
    const double* values = cbc.values();
    if (values == nullptr) return answer;
    answer.best = count(program, values);
    answer.best.placed += instance.placed_before;
    answer.best.if_needed += instance.if_needed_before;
    // −W·placed + if-needed is no less than this: so many are placed at most.
    answer.bound = Objective{
        std::min(people(instance), static_cast<int>(std::floor((-cbc.bound() + w - 1) / w + 1e-6))), 0};
    conclude(answer, cbc.proven(), watch);
    return answer;
}

Answer run_cbc_in_turn(const Problem& problem, double limit_s) {
    const Stopwatch watch;
    const Instance instance = compile(problem);
    const Program program = make_program(instance);
    std::vector<double> people_first;
    std::vector<double> cost_next;
    for (const Program::Column& column : program.columns) {
        people_first.push_back(-column.people);
        cost_next.push_back(column.cost);
    }
    Answer answer;
    answer.status = "none";
    bool proven = false;
    {
        Cbc cbc(program, people_first, {});
        cbc.solve(limit_s - watch.cpu_s());
        const double* values = cbc.values();
        if (values == nullptr) return answer;
        answer.best = count(program, values);
        answer.bound = Objective{static_cast<int>(std::floor(-cbc.bound() + 1e-6)), 0};
        proven = cbc.proven();
    }
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, answer.bound});
    if (proven && watch.cpu_s() < limit_s) {
        Cbc cbc(program, cost_next, {at_least_placed(program, answer.best.placed)});
        cbc.solve(limit_s - watch.cpu_s());
        proven = false;
        if (const double* values = cbc.values()) {
            answer.best = count(program, values);
            proven = cbc.proven();
        }
    }
    answer.best.placed += instance.placed_before;
    answer.best.if_needed += instance.if_needed_before;
    conclude(answer, proven, watch);
    return answer;
}

}  // namespace convene::bench
