#include "core/solve/shared_people.h"

#include <algorithm>
#include <limits>
#include <set>

namespace convene {
namespace {

constexpr double kBroken = 0.02;
constexpr double kInUse = 0.01;
constexpr std::size_t kMostSlots = 8;
constexpr std::size_t kNeighbours = 8;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

SharedPeople::SharedPeople(const Program& program, int least)
    : program_(program), least_(least), sitters_(program.groups_column.size()) {
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const Program::Column& column = program.columns[j];
        if (column.kind != Program::Kind::sits && column.kind != Program::Kind::joins) continue;
        units_ = std::max(units_, column.unit + 1);
        if (program.groups_column[at(column.slot)] >= 0)
            sitters_[at(column.slot)].push_back({column.unit, static_cast<int>(j)});
    }
}

/// Grows sets of slots around each slot in use.
class SharedPeople::Finder {
public:
    Finder(const SharedPeople& cuts, const double* values)
        : cuts_(cuts), values_(values), sits_(at(cuts.units_), -1) {
        for (std::size_t s = 0; s < cuts_.sitters_.size(); ++s)
            if (!cuts_.sitters_[s].empty() && groups(static_cast<int>(s)) > kInUse)
                in_use_.push_back(static_cast<int>(s));
    }

    std::vector<Cut> run() {
        std::vector<Cut> found;
        std::set<std::vector<int>> seen;
        const auto take = [&](Cut cut) {
            if (cut.violation > kBroken && seen.insert(cut.slots).second) found.push_back(std::move(cut));
        };
        for (const int slot : in_use_) take(close(grow(slot)));
        if (!in_use_.empty()) take(close(judge(in_use_)));
        return found;
    }

private:
    [[nodiscard]] double groups(int slot) const { return values_[cuts_.program_.groups_column[at(slot)]]; }

    Cut grow(int first) {
        std::vector<int> slots{first};
        Cut best = judge(slots);
        const std::vector<int> near = neighbours(first);
        while (slots.size() < kMostSlots) {
            Cut next;
            next.violation = -std::numeric_limits<double>::infinity();
            int added = -1;
            for (const int slot : near) {
                if (std::find(slots.begin(), slots.end(), slot) != slots.end()) continue;
                slots.push_back(slot);
                Cut cut = judge(slots);
                slots.pop_back();
                if (cut.violation > next.violation) next = std::move(cut), added = slot;
            }
            if (added < 0) break;
            slots.push_back(added);
            if (next.violation > best.violation) best = std::move(next);
        }
        return best;
    }

    /// With all slots that bring nobody new: their groups fill from the same people, so that the row holds
    /// for them too, and groups that move there gain nothing.
    Cut close(Cut cut) {
        std::vector<char> here(at(cuts_.units_), 0);
        for (const int slot : cut.slots)
            for (const Sitter& sitter : cuts_.sitters_[at(slot)]) here[at(sitter.unit)] |= !picks(sitter);
        std::vector<int> slots;
        for (std::size_t s = 0; s < cuts_.sitters_.size(); ++s) {
            const auto& sitters = cuts_.sitters_[s];
            const bool nobody_new = std::all_of(sitters.begin(), sitters.end(), [&](const Sitter& sitter) {
                return picks(sitter) || here[at(sitter.unit)] != 0;
            });
            if (!sitters.empty() && nobody_new) slots.push_back(static_cast<int>(s));
        }
        if (slots == cut.slots) return cut;
        Cut closed = judge(slots);
        return closed.violation >= cut.violation ? closed : cut;
    }
    [[nodiscard]] bool picks(const Sitter& sitter) const {
        return cuts_.program_.columns[at(sitter.column)].kind == Program::Kind::joins;
    }

    /// The slots in use that share the most people with this one.
    std::vector<int> neighbours(int slot) {
        std::vector<char> here(at(cuts_.units_), 0);
        for (const Sitter& sitter : cuts_.sitters_[at(slot)]) here[at(sitter.unit)] = 1;
        std::vector<std::pair<double, int>> shares;
        for (const int other : in_use_) {
            if (other == slot) continue;
            const auto& sitters = cuts_.sitters_[at(other)];
            const auto shared = std::count_if(sitters.begin(), sitters.end(), [&](const Sitter& sitter) {
                return here[at(sitter.unit)] != 0;
            });
            if (shared > 0)
                shares.emplace_back(
                    -groups(other) * static_cast<double>(shared) / static_cast<double>(sitters.size()),
                    other);
        }
        std::sort(shares.begin(), shares.end());
        if (shares.size() > kNeighbours) shares.resize(kNeighbours);
        std::vector<int> slots;
        for (const auto& share : shares) slots.push_back(share.second);
        return slots;
    }

    /// The row of these slots that is broken the most, over all W that hold those who sit in S the least.
    Cut judge(const std::vector<int>& slots) {
        double whole = 0;
        touched_.clear();
        double picking = 0;
        for (const int slot : slots) {
            whole += groups(slot);
            for (const Sitter& sitter : cuts_.sitters_[at(slot)]) {
                const Program::Column& column = cuts_.program_.columns[at(sitter.column)];
                if (column.kind == Program::Kind::joins) {
                    picking += column.people * values_[sitter.column];
                    continue;
                }
                double& sits = sits_[at(sitter.unit)];
                if (sits < 0) touched_.push_back(sitter.unit), sits = 0;
                sits += values_[sitter.column];
            }
        }
        std::sort(touched_.begin(), touched_.end(), [this](int a, int b) {
            return sits_[at(a)] != sits_[at(b)] ? sits_[at(a)] < sits_[at(b)] : a < b;
        });
        Cut cut;
        cut.violation = -std::numeric_limits<double>::infinity();
        const auto all = static_cast<int>(touched_.size());
        double within = picking;
        int best = 0;
        for (int w = 0; w <= all; ++w) {
            const int outside = all - w;
            const int rest = outside % cuts_.least_;
            const double violation = whole - outside / cuts_.least_ - within / (cuts_.least_ - rest);
            if ((rest > 0 || cuts_.least_ == 1) && violation > cut.violation)
                cut.violation = violation, best = w;
            if (w < all) within += sits_[at(touched_[at(w)])];
        }
        cut.outside = all - best;
        cut.within.assign(touched_.begin(), touched_.begin() + best);
        cut.slots = slots;
        std::sort(cut.slots.begin(), cut.slots.end());
        for (const int unit : touched_) sits_[at(unit)] = -1;
        return cut;
    }

    const SharedPeople& cuts_;
    const double* values_;
    std::vector<int> in_use_;
    std::vector<double> sits_;  ///< by unit, while judging: how much of them sits in S; -1: not there
    std::vector<int> touched_;
};

std::vector<Program::Row> SharedPeople::broken(const double* values) const {
    std::vector<Program::Row> rows;
    for (const Cut& cut : Finder(*this, values).run()) {
        const double share = 1.0 / (least_ - cut.outside % least_);
        std::vector<char> is_within(at(units_), 0);
        for (const int unit : cut.within) is_within[at(unit)] = 1;
        Program::Row row{
            -std::numeric_limits<double>::infinity(), static_cast<double>(cut.outside / least_), {}};
        for (const int slot : cut.slots) {
            row.terms.emplace_back(program_.groups_column[at(slot)], 1);
            for (const Sitter& sitter : sitters_[at(slot)]) {
                const Program::Column& column = program_.columns[at(sitter.column)];
                if (column.kind == Program::Kind::joins || is_within[at(sitter.unit)] != 0)
                    row.terms.emplace_back(sitter.column, -column.people * share);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace convene
