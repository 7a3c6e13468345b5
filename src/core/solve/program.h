// src/core/solve/program.h: an Instance as an integer program, in its strong form.
//
// docs/algorithm.md gives the model. Per new slot s an integer Y_s counts its groups; x says who
// leads there, z who sits there. The rows z <= Y_s carry most of the strength and are
// far too many to write down: they are kept apart and added when they are violated.
#pragma once
#include <utility>
#include <vector>

#include "core/solve/instance.h"

namespace convene {

struct Program {
    enum class Kind { groups, leads, joins, sits, helper };
    struct Column {
        Kind kind = Kind::helper;
        double upper = 1;
        int people = 0;  ///< participants placed by one unit of it
        int cost = 0;    ///< members on if-needed time
        int slot = -1;
        int unit = -1;  ///< sits, joins
        int copy = -1;  ///< leads, joins, helper: which group of the slot
    };
    struct Row {
        double low = 0;
        double high = 0;
        std::vector<std::pair<int, double>> terms;  ///< column, coefficient
        bool seldom_tight = false;                  ///< worth adding only once a relaxed solution breaks it
    };
    /// One possible group of a slot.
    struct Copy {
        int slot = 0;
        int leader = -1;  ///< -1 in a self-led cohort
        int column = 0;
    };

    std::vector<Column> columns;
    std::vector<Row> rows;
    std::vector<std::pair<int, int>> implied;  ///< first <= second
    std::vector<Copy> copies;
    std::vector<int> groups_column;  ///< by slot; -1 for fixed groups
    std::vector<int> unit_rows;      ///< by unit: the row that says it sits once at most
};

[[nodiscard]] Program make_program(const Instance& instance);

/// Whether these values of all columns, taken to be whole, satisfy bounds, rows and implied rows.
[[nodiscard]] bool is_solution(const Program& program, const std::vector<double>& values);

/// Who sits where: the part of an answer that the search decides.
struct Solution {
    struct Group {
        int slot = 0;
        int leader = -1;
        std::vector<int> units;  ///< rising
    };
    std::vector<Group> groups;  ///< new ones, and fixed ones that got somebody; by slot, then leader
    int placed = 0;             ///< added participants
    int if_needed = 0;          ///< members of new groups and added ones, on if-needed time
};

/// \param values  of all columns, integral up to rounding, satisfying the program
[[nodiscard]] Solution read_solution(const Instance& instance, const Program& program,
                                     const std::vector<double>& values);

/// The other way round. Where somebody picks their group, what it needs of others is a guess, so that the
/// values may break rows.
/// \param solution  may use slots and leaders that the program does not have
[[nodiscard]] std::vector<double> write_solution(const Instance& instance, const Program& program,
                                                 const Solution& solution);

}  // namespace convene
