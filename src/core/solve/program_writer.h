// src/core/solve/program_writer.h: the columns of a Program, to those who add rows to it.
#pragma once
#include <limits>
#include <utility>
#include <vector>

#include "core/solve/program.h"

namespace convene {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Column and coefficient.
using Terms = std::vector<std::pair<int, double>>;

/// A unit sits at a slot, or in a group that it picks.
struct SitterColumn {
    int unit = 0;
    int column = 0;
};

/// One possible group of a slot.
struct GroupColumns {
    int leader = -1;  ///< -1 in a self-led cohort
    int column = 0;   ///< 1 when the group is opened
    /// Where units pick their group: how many of those who do not the group needs to be large enough.
    int needed = -1;
    std::vector<SitterColumn> pickers;
    int copy = -1;  ///< index into Program::copies
};

/// What is decided at one slot.
struct SlotColumns {
    int slot = 0;
    int groups = -1;                    ///< how many meet there; -1 at a standing group
    std::vector<SitterColumn> sitters;  ///< at a standing group all, elsewhere those who pick no group
    /// One per leader; in self-led cohorts only where units pick their group. Empty at a standing group.
    std::vector<GroupColumns> choices;
    bool picked = false;  ///< there are units that pick
};

/// Lets rules add rows, and columns of their own.
class ProgramWriter {
public:
    ProgramWriter(const Instance& instance, Program& program) : in_(instance), out_(program) {}

    [[nodiscard]] const Instance& instance() const { return in_; }
    [[nodiscard]] const Slot& slot(const SlotColumns& columns) const {
        return in_.slots[static_cast<std::size_t>(columns.slot)];
    }
    /// Participants in the unit.
    [[nodiscard]] int people(const SitterColumn& sitter) const {
        return in_.units[static_cast<std::size_t>(sitter.unit)].size();
    }

    int add_column(Program::Column column) {
        out_.columns.push_back(column);
        return static_cast<int>(out_.columns.size()) - 1;
    }
    /// A whole number 0 … `most` that places nobody and costs nothing. What a group asks of those at its slot
    /// who pick no group: `most` when they alone fill it.
    int add_helper(int slot, const GroupColumns& group, int most) {
        return add_column({Program::Kind::helper, static_cast<double>(most), 0, 0, slot, -1, group.copy});
    }
    void add_row(double low, double high, Terms terms) {
        out_.rows.push_back({low, high, std::move(terms), false});
    }
    /// One of many of which few are ever tight: it waits until a relaxed solution breaks it.
    void add_rare_row(double low, double high, Terms terms) {
        out_.rows.push_back({low, high, std::move(terms), true});
    }
    /// The row that says that a unit sits once at most: an equation where nobody is to be left out.
    void add_unit_row(Terms terms) {
        out_.unit_rows.push_back(static_cast<int>(out_.rows.size()));
        add_row(-kInfinity, 1, std::move(terms));
    }

private:
    const Instance& in_;
    Program& out_;
};

}  // namespace convene
