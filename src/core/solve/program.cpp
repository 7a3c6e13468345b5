#include "core/solve/program.h"

#include <algorithm>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Makes the columns; the rules add the rows.
class Builder {
public:
    explicit Builder(const Instance& instance)
        : in_(instance),
          writer_(instance, out_),
          sitters_(in_.slots.size()),
          led_(in_.slots.size()),
          unit_columns_(in_.units.size()),
          leader_columns_(in_.leaders.size()) {
        for (int u = 0; u < static_cast<int>(in_.units.size()); ++u)
            for (const Attend& attend : in_.units[at(u)].attends)
                sitters_[at(attend.slot)].push_back({u, attend.cost});
        for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l)
            for (const Attend& attend : in_.leaders[at(l)].attends)
                led_[at(attend.slot)].push_back({l, attend.cost});
    }

    Program run() {
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
            const SlotColumns slot = in_.slots[at(s)].fixed >= 0 ? standing_slot(s) : new_slot(s);
            out_.groups_column.push_back(slot.groups);
            for (const HardRulePtr& rule : in_.rules) rule->add_slot_rows(slot, writer_);
        }
        for (const std::vector<int>& columns : unit_columns_)
            for (const HardRulePtr& rule : in_.rules) rule->add_unit_rows(columns, writer_);
        for (std::size_t l = 0; l < in_.leaders.size(); ++l)
            for (const HardRulePtr& rule : in_.rules)
                rule->add_leader_rows(in_.leaders[l], leader_columns_[l], writer_);
        return std::move(out_);
    }

private:
    /// Somebody who can be at a slot.
    struct Comer {
        int who;
        int cost;
    };

    SlotColumns standing_slot(int s) {
        SlotColumns slot;
        slot.slot = s;
        for (const Comer& comer : sitters_[at(s)])
            slot.sitters.push_back(add_sitter(
                {Program::Kind::sits, 1, in_.units[at(comer.who)].size(), comer.cost, s, comer.who, -1}));
        return slot;
    }

    SlotColumns new_slot(int s) {
        SlotColumns slot;
        slot.slot = s;
        int people = 0;
        for (const Comer& comer : sitters_[at(s)]) {
            people += in_.units[at(comer.who)].size();
            slot.picked = slot.picked || in_.units[at(comer.who)].special;
        }
        int most_groups = people / in_.least;
        if (!in_.self_led) most_groups = std::min(most_groups, static_cast<int>(led_[at(s)].size()));
        slot.groups =
            writer_.add_column({Program::Kind::groups, static_cast<double>(most_groups), 0, 0, s, -1, -1});

        const auto first = static_cast<int>(out_.copies.size());
        if (in_.self_led) {
            for (int k = 0; slot.picked && k < most_groups; ++k) add_choice(slot, -1, 0);
        } else {
            for (const Comer& led : led_[at(s)]) add_choice(slot, led.who, led.cost);
        }
        for (const Comer& comer : sitters_[at(s)]) {
            if (in_.units[at(comer.who)].special) continue;
            slot.sitters.push_back(add_sitter({Program::Kind::sits, 1, 1, comer.cost, s, comer.who, -1}));
            out_.implied.emplace_back(slot.sitters.back().column, slot.groups);
        }
        for (std::size_t c = 0; slot.picked && c < slot.choices.size(); ++c)
            add_pickers(slot.slot, slot.choices[c], first + static_cast<int>(c));
        return slot;
    }

    void add_choice(SlotColumns& slot, int leader, int cost) {
        const auto copy = static_cast<int>(out_.copies.size());
        const int x = writer_.add_column({Program::Kind::leads, 1, 0, cost, slot.slot, -1, copy});
        out_.copies.push_back({slot.slot, leader, x});
        slot.choices.push_back({leader, x, -1, {}, copy});
        if (leader >= 0) leader_columns_[at(leader)].push_back(x);
    }

    void add_pickers(int s, GroupColumns& group, int copy) {
        group.needed = writer_.add_helper(s, group, in_.least);
        for (const Comer& comer : sitters_[at(s)]) {
            const Unit& unit = in_.units[at(comer.who)];
            if (!unit.special || !all_may_lead(in_, group.leader, unit)) continue;
            group.pickers.push_back(
                add_sitter({Program::Kind::joins, 1, unit.size(), comer.cost, s, comer.who, copy}));
            out_.implied.emplace_back(group.pickers.back().column, group.column);
        }
    }

    SitterColumn add_sitter(Program::Column column) {
        const int number = writer_.add_column(column);
        unit_columns_[at(column.unit)].push_back(number);
        return {column.unit, number};
    }

    const Instance& in_;
    Program out_;
    ProgramWriter writer_;
    std::vector<std::vector<Comer>> sitters_;  ///< by slot: units
    std::vector<std::vector<Comer>> led_;      ///< by slot: leaders
    std::vector<std::vector<int>> unit_columns_;
    std::vector<std::vector<int>> leader_columns_;  ///< in the order of attends, as slots are added in order
};

}  // namespace

Program make_program(const Instance& instance) {
    return Builder(instance).run();
}

bool is_solution(const Program& program, const std::vector<double>& values) {
    constexpr double kClose = 1e-6;
    for (std::size_t j = 0; j < values.size(); ++j)
        if (values[j] < -kClose || values[j] > program.columns[j].upper + kClose) return false;
    const auto holds = [&](const Program::Row& row) {
        double sum = 0;
        for (const auto& [column, coefficient] : row.terms) sum += coefficient * values[at(column)];
        return sum > row.low - kClose && sum < row.high + kClose;
    };
    return std::all_of(program.rows.begin(), program.rows.end(), holds) &&
           std::all_of(program.implied.begin(), program.implied.end(), [&](const auto& pair) {
               return values[at(pair.first)] <= values[at(pair.second)] + kClose;
           });
}

}  // namespace convene
