#include "core/solve/program.h"

#include <algorithm>
#include <limits>

namespace convene {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class Builder {
public:
    explicit Builder(const Instance& instance) : in_(instance), sitters_(in_.slots.size()) {
        for (int u = 0; u < static_cast<int>(in_.units.size()); ++u)
            for (const Attend& attend : in_.units[at(u)].attends)
                sitters_[at(attend.slot)].push_back({u, attend.cost});
    }

    Program run() {
        out_.groups_column.assign(in_.slots.size(), -1);
        unit_terms_.resize(in_.units.size());
        leader_terms_.resize(in_.leaders.size());
        list_copies();
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
            if (in_.slots[at(s)].fixed >= 0)
                add_fixed(s);
            else
                add_slot(s);
        }
        for (auto& terms : unit_terms_) {
            out_.unit_rows.push_back(static_cast<int>(out_.rows.size()));
            add_row(-kInfinity, 1, std::move(terms));
        }
        for (std::size_t l = 0; l < in_.leaders.size(); ++l) add_leader(in_.leaders[l], leader_terms_[l]);
        return std::move(out_);
    }

private:
    using Terms = std::vector<std::pair<int, double>>;
    struct Sitter {
        int unit;
        int cost;
    };
    struct Led {
        int leader;
        int cost;
    };

    int add_column(Program::Column column) {
        out_.columns.push_back(column);
        return static_cast<int>(out_.columns.size()) - 1;
    }
    void add_row(double low, double high, Terms terms) { out_.rows.push_back({low, high, std::move(terms)}); }

    void list_copies() {
        led_.resize(in_.slots.size());
        for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l)
            for (const Attend& attend : in_.leaders[at(l)].attends)
                led_[at(attend.slot)].push_back({l, attend.cost});
    }

    void add_fixed(int s) {
        Terms seats;
        std::vector<Terms> apart(at(in_.apart_sets));
        for (const Sitter& sitter : sitters_[at(s)]) {
            const Unit& unit = in_.units[at(sitter.unit)];
            const int z = add_column({Program::Kind::sits, 1, unit.size(), sitter.cost, s, sitter.unit, -1});
            unit_terms_[at(sitter.unit)].emplace_back(z, 1);
            seats.emplace_back(z, unit.size());
            for (const int set : unit.apart_sets) apart[at(set)].emplace_back(z, 1);
        }
        add_row(-kInfinity, in_.slots[at(s)].seats, std::move(seats));
        for (Terms& terms : apart)
            if (terms.size() > 1) add_row(-kInfinity, 1, std::move(terms));
    }

    void add_slot(int s) {
        const auto& sitters = sitters_[at(s)];
        int people = 0;
        bool special = false;
        for (const Sitter& sitter : sitters) {
            people += in_.units[at(sitter.unit)].size();
            special = special || in_.units[at(sitter.unit)].special;
        }
        int most_groups = people / in_.least;
        if (!in_.self_led) most_groups = std::min(most_groups, static_cast<int>(led_[at(s)].size()));
        const int groups =
            add_column({Program::Kind::groups, static_cast<double>(most_groups), 0, 0, s, -1, -1});
        out_.groups_column[at(s)] = groups;

        const std::size_t first_copy = out_.copies.size();
        if (in_.self_led) {
            for (int k = 0; special && k < most_groups; ++k) add_copy(s, -1, 0);
        } else {
            for (const Led& led : led_[at(s)]) add_copy(s, led.leader, led.cost);
        }
        if (out_.copies.size() > first_copy) {
            Terms sum{{groups, -1}};
            for (std::size_t c = first_copy; c < out_.copies.size(); ++c)
                sum.emplace_back(out_.copies[c].column, 1);
            add_row(0, 0, std::move(sum));
        }
        for (std::size_t c = first_copy + 1; in_.self_led && c < out_.copies.size(); ++c)
            add_row(0, kInfinity, {{out_.copies[c - 1].column, 1}, {out_.copies[c].column, -1}});

        Terms ordinary;  // heads of those for whom any group of the slot is as good
        Terms openers;   // those of them who open the slot (anchor best)
        for (const Sitter& sitter : sitters) {
            const Unit& unit = in_.units[at(sitter.unit)];
            if (unit.special) continue;
            const int z = add_column({Program::Kind::sits, 1, 1, sitter.cost, s, sitter.unit, -1});
            unit_terms_[at(sitter.unit)].emplace_back(z, 1);
            out_.implied.emplace_back(z, groups);
            ordinary.emplace_back(z, 1);
            if (in_.opens(unit.members[0], in_.slots[at(s)])) openers.emplace_back(z, 1);
        }
        Terms all = ordinary;
        if (special) {
            add_special_sitters(s, first_copy, ordinary, openers, all);
        } else if (!in_.slots[at(s)].open_to_all) {
            Terms need = openers;
            if (in_.self_led) need.emplace_back(groups, -1);
            for (std::size_t c = first_copy; c < out_.copies.size(); ++c)
                if (!opened_by_leader(out_.copies[c])) need.emplace_back(out_.copies[c].column, -1);
            add_row(0, kInfinity, std::move(need));
        }
        Terms most = all;
        most.emplace_back(groups, -in_.most);
        add_row(-kInfinity, 0, std::move(most));
        Terms least = std::move(all);
        least.emplace_back(groups, -in_.least);
        add_row(0, kInfinity, std::move(least));
    }

    void add_copy(int s, int leader, int cost) {
        const int copy = static_cast<int>(out_.copies.size());
        const int x = add_column({Program::Kind::leads, 1, 0, cost, s, -1, copy});
        out_.copies.push_back({s, leader, x});
        if (leader >= 0) leader_terms_[at(leader)].push_back(x);
    }

    [[nodiscard]] bool opened_by_leader(const Program::Copy& copy) const {
        return copy.leader >= 0 && in_.opens(in_.leaders[at(copy.leader)].person, in_.slots[at(copy.slot)]);
    }

    /// Special units choose a group, not just a slot. `need` is how many ordinary people a group still
    /// needs; the slot's ordinary people must cover all needs.
    void add_special_sitters(int s, std::size_t first_copy, const Terms& ordinary, const Terms& openers,
                             Terms& all) {
        const Slot& slot = in_.slots[at(s)];
        Terms supply = ordinary;
        Terms open_supply = openers;
        bool any_need_open = false;
        for (std::size_t c = first_copy; c < out_.copies.size(); ++c) {
            const Program::Copy copy = out_.copies[c];
            Terms seats{{copy.column, -in_.most}};
            Terms opened{{copy.column, -1}};
            std::vector<Terms> apart(at(in_.apart_sets));
            const int need =
                add_column({Program::Kind::helper, static_cast<double>(in_.least), 0, 0, s, -1, -1});
            Terms enough{{copy.column, -in_.least}, {need, 1}};
            for (const Sitter& sitter : sitters_[at(s)]) {
                const Unit& unit = in_.units[at(sitter.unit)];
                if (!unit.special || !may_lead(unit, copy.leader)) continue;
                const int v = add_column(
                    {Program::Kind::joins, 1, unit.size(), sitter.cost, s, sitter.unit, static_cast<int>(c)});
                unit_terms_[at(sitter.unit)].emplace_back(v, 1);
                out_.implied.emplace_back(v, copy.column);
                seats.emplace_back(v, unit.size());
                enough.emplace_back(v, unit.size());
                all.emplace_back(v, unit.size());
                for (const int set : unit.apart_sets) apart[at(set)].emplace_back(v, 1);
                if (std::any_of(unit.members.begin(), unit.members.end(),
                                [&](int member) { return in_.opens(member, slot); }))
                    opened.emplace_back(v, 1);
            }
            seats.emplace_back(need, 1);
            add_row(-kInfinity, 0, std::move(seats));
            add_row(0, kInfinity, std::move(enough));
            for (Terms& terms : apart) {
                if (terms.size() < 2) continue;
                terms.emplace_back(copy.column, -1);
                add_row(-kInfinity, 0, std::move(terms));
            }
            supply.emplace_back(need, -1);
            if (slot.open_to_all || opened_by_leader(copy)) continue;
            const int opener = add_column({Program::Kind::helper, 1, 0, 0, s, -1, -1});
            opened.emplace_back(opener, 1);
            add_row(0, kInfinity, std::move(opened));
            add_row(0, kInfinity, {{need, 1}, {opener, -1}});
            open_supply.emplace_back(opener, -1);
            any_need_open = true;
        }
        add_row(0, kInfinity, std::move(supply));
        if (any_need_open) add_row(0, kInfinity, std::move(open_supply));
    }

    static bool may_lead(const Unit& unit, int leader) {
        if (unit.leader >= 0) return unit.leader == leader;
        return !std::binary_search(unit.not_led_by.begin(), unit.not_led_by.end(), leader);
    }

    void add_leader(const Leader& leader, const std::vector<int>& columns) {
        // Slots are added in order, so that columns[i] belongs to attends[i].
        const auto row_of = [&](const std::vector<int>& positions) {
            Terms terms;
            for (const int i : positions) terms.emplace_back(columns[at(i)], 1);
            return terms;
        };
        for (const auto& clique : leader.cliques) add_row(-kInfinity, 1, row_of(clique));
        if (static_cast<int>(columns.size()) <= leader.capacity) return;
        Terms terms;
        for (const int x : columns) terms.emplace_back(x, 1);
        add_row(-kInfinity, leader.capacity, std::move(terms));
    }

    const Instance& in_;
    Program out_;
    std::vector<std::vector<Sitter>> sitters_;  ///< by slot
    std::vector<std::vector<Led>> led_;         ///< by slot
    std::vector<Terms> unit_terms_;
    std::vector<std::vector<int>> leader_terms_;  ///< by leader, columns in order of attends
};

}  // namespace

Program make_program(const Instance& instance) {
    return Builder(instance).run();
}

}  // namespace convene
