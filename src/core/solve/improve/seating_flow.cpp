#include "core/solve/improve/seating_flow.h"

#include <algorithm>
#include <limits>
#include <span>

namespace convene {
namespace {

constexpr int kNever = std::numeric_limits<int>::min() / 4;
constexpr std::size_t kRounds = 5;
constexpr int kSlack = 3;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

SeatingFlow::SeatingFlow(const Instance& instance)
    : in_(instance),
      nowhere_(static_cast<int>(instance.slots.size())),
      groups_(instance.slots.size(), 0),
      attenders_(instance.slots.size()),
      open_(instance.units.size()),
      sitters_(instance.slots.size() + 1),
      seat_(instance.units.size(), nowhere_),
      seat_cost_(instance.units.size(), 0),
      place_(instance.units.size(), -1),
      back_(instance.slots.size() + 1, Way{kNever, -1, 0, -1}),
      rounds_(kRounds + 1, std::vector<Way>(instance.slots.size() + 1)),
      reached_(kRounds + 1),
      most_work_(std::numeric_limits<long>::max()) {
    for (std::size_t u = 0; u < in_.units.size(); ++u) {
        if (in_.units[u].special) continue;
        place_[u] = static_cast<int>(sitters_[at(nowhere_)].size());
        sitters_[at(nowhere_)].push_back(static_cast<int>(u));
        for (const Attend& attend : in_.units[u].attends)
            attenders_[at(attend.slot)].emplace_back(static_cast<int>(u), attend.cost);
    }
    for (int slot = 0; slot < nowhere_; ++slot)
        if (in_.slots[at(slot)].fixed >= 0) list_open(slot, true);
    for (auto& round : rounds_)
        for (Way& way : round) way.gain = kNever;
}

int SeatingFlow::slot_of(int unit) const {
    return seat_[at(unit)] == nowhere_ ? -1 : seat_[at(unit)];
}

int SeatingFlow::least(int slot) const {
    return groups_[at(slot)] * in_.least;
}
int SeatingFlow::most(int slot) const {
    return in_.slots[at(slot)].fixed >= 0 ? in_.slots[at(slot)].seats : groups_[at(slot)] * in_.most;
}
int SeatingFlow::gain_of_one_more(int slot) const {
    if (slot == nowhere_) return 0;
    if (load(slot) < least(slot)) return kMissing;
    return load(slot) < most(slot) ? 0 : kNever;
}
int SeatingFlow::loss_of_one_fewer(int slot) const {
    return slot != nowhere_ && load(slot) <= least(slot) ? kMissing : 0;
}

void SeatingFlow::change_groups(int slot, int by) {
    missing_ -= std::max(0, least(slot) - load(slot));
    const int before = groups_[at(slot)];
    groups_[at(slot)] += by;
    if (before == 0 || groups_[at(slot)] == 0) list_open(slot, before == 0);
    missing_ += std::max(0, least(slot) - load(slot));
}

void SeatingFlow::list_open(int slot, bool is_open) {
    for (const auto& [unit, cost] : attenders_[at(slot)]) {
        auto& list = open_[at(unit)];
        if (is_open)
            list.push_back({slot, cost});
        else
            list.erase(std::find(list.begin(), list.end(), Attend{slot, cost}));
    }
}

void SeatingFlow::open(int slot) {
    change_groups(slot, 1);
    opened_.push_back(slot);
    journal_.push_back({-1, slot, 1});
}

void SeatingFlow::close(int slot) {
    change_groups(slot, -1);
    journal_.push_back({-1, slot, -1});
    while (load(slot) > most(slot)) {
        const int unit = sitters_[at(slot)].back();
        seat(unit, nowhere_, 0);
        unseated_.push_back(unit);
    }
}

void SeatingFlow::seat(int unit, int slot, int cost) {
    const int from = seat_[at(unit)];
    journal_.push_back({unit, from, seat_cost_[at(unit)]});
    if (from == nowhere_)
        ++placed_;
    else if (load(from) <= least(from))
        ++missing_;
    auto& left = sitters_[at(from)];
    left[at(place_[at(unit)])] = left.back();
    place_[at(left.back())] = place_[at(unit)];
    left.pop_back();
    if (slot == nowhere_)
        --placed_;
    else if (load(slot) < least(slot))
        --missing_;
    cost_ += cost - seat_cost_[at(unit)];
    place_[at(unit)] = load(slot);
    sitters_[at(slot)].push_back(unit);
    seat_[at(unit)] = slot;
    seat_cost_[at(unit)] = cost;
}

void SeatingFlow::undo() {
    unseated_.clear();
    opened_.clear();
    while (!journal_.empty()) {
        const Step step = journal_.back();
        journal_.pop_back();
        if (step.unit < 0) {
            change_groups(step.from, -step.cost);
        } else {
            seat(step.unit, step.from, step.cost);
            journal_.pop_back();
        }
    }
}

bool SeatingFlow::seat_directly(int unit) {
    int best = kNever;
    Attend where;
    for (const Attend& attend : open_[at(unit)]) {
        const int room = gain_of_one_more(attend.slot);
        if (room == kNever || room - attend.cost <= best) continue;
        best = room - attend.cost;
        where = attend;
    }
    work_ += static_cast<long>(open_[at(unit)].size());
    if (best == kNever) return false;
    seat(unit, where.slot, where.cost);
    return true;
}

void SeatingFlow::settle(int wanted) {
    for (const int slot : opened_)
        while (load(slot) < least(slot) && fill(slot)) {
        }
    opened_.clear();
    for (const int unit : unseated_)
        if (seat_[at(unit)] == nowhere_ && !seat_directly(unit)) (void)improve_by_chain(unit, 3);
    unseated_.clear();
    if (journal_.empty() || value() < wanted - kSlack) return;
    while (work_ < most_work_ && improve_by_chain(-1, kRounds)) {
    }
}

/// One more person for a slot that is short of them: somebody left out or from a slot that can spare one, or
/// else by a chain, searched for from its end.
bool SeatingFlow::fill(int slot) {
    constexpr int kWaves = 3;
    for (const int t : touched_) back_[at(t)].gain = kNever;
    touched_.clear();
    wave_.assign(1, slot);
    int best = -kMissing;
    int best_from = -1;
    for (int wave = 0; wave < kWaves && best_from < 0; ++wave) {
        next_wave_.clear();
        for (const int to : wave_) {
            const int here = to == slot ? 0 : back_[at(to)].gain;
            work_ += static_cast<long>(attenders_[at(to)].size());
            for (const auto& [unit, cost] : attenders_[at(to)]) {
                const int from = seat_[at(unit)];
                if (from == to || from == slot) continue;
                const int gain = here - cost + seat_cost_[at(unit)] + (from == nowhere_ ? kPlaced : 0);
                Way& way = back_[at(from)];
                if (way.gain >= gain) continue;
                // A slot found in an earlier wave keeps its way: others may build on it.
                if (way.gain == kNever)
                    touched_.push_back(from), next_wave_.push_back(from);
                else if (std::find(next_wave_.begin(), next_wave_.end(), from) == next_wave_.end())
                    continue;
                way = {gain, unit, cost, to};
                if (loss_of_one_fewer(from) > 0 || gain <= best) continue;
                best = gain;
                best_from = from;
            }
        }
        std::erase(next_wave_, nowhere_);
        wave_.swap(next_wave_);
    }
    if (best_from < 0) return false;
    for (int from = best_from; from != slot;) {
        const Way way = back_[at(from)];
        seat(way.unit, way.from, way.cost);
        from = way.from;
    }
    return true;
}

void SeatingFlow::start_round(std::size_t round) {
    for (const int slot : reached_[round]) rounds_[round][at(slot)] = Way{kNever, -1, 0, -1};
    reached_[round].clear();
}

/// Bellman and Ford, round by round: after k rounds, the best chain of k moves that ends at each slot.
bool SeatingFlow::improve_by_chain(int only_unit, std::size_t rounds) {
    start_round(0);
    for (int slot = 0; slot <= nowhere_; ++slot) {
        if (sitters_[at(slot)].empty() || (only_unit >= 0 && slot != nowhere_)) continue;
        rounds_[0][at(slot)].gain = -loss_of_one_fewer(slot);
        reached_[0].push_back(slot);
    }
    int best = 0;
    int best_slot = -1;
    std::size_t best_round = 0;
    for (std::size_t k = 0; k < rounds; ++k) {
        start_round(k + 1);
        for (const int slot : reached_[k]) {
            const int here = rounds_[k][at(slot)].gain;
            const std::span<const int> sitters = k == 0 && only_unit >= 0
                                                     ? std::span<const int>(&only_unit, 1)
                                                     : std::span<const int>(sitters_[at(slot)]);
            for (const int unit : sitters) {
                const int leaving = here + seat_cost_[at(unit)] + (slot == nowhere_ ? kPlaced : 0);
                const auto reach = [&](int to, int cost, int gain) {
                    // Worth a look only when better than by shorter chains.
                    for (std::size_t shorter = 0; shorter <= k + 1; ++shorter)
                        if (rounds_[shorter][at(to)].gain >= gain) return;
                    Way& way = rounds_[k + 1][at(to)];
                    if (way.gain == kNever) reached_[k + 1].push_back(to);
                    way = {gain, unit, cost, slot};
                    const int end = gain_of_one_more(to);
                    if (end == kNever || gain + end <= best) return;
                    best = gain + end;
                    best_slot = to;
                    best_round = k + 1;
                };
                work_ += static_cast<long>(open_[at(unit)].size()) + 1;
                for (const Attend& attend : open_[at(unit)])
                    if (attend.slot != slot) reach(attend.slot, attend.cost, leaving - attend.cost);
                if (slot != nowhere_) reach(nowhere_, 0, leaving - kPlaced);
            }
        }
        if (reached_[k + 1].empty() || (only_unit >= 0 && best > 0)) break;
    }
    return best_slot >= 0 && follow(best_slot, best_round);
}

/// Carries out the chain that ends at this slot. A chain that visits a slot twice may want somebody who has
/// left: then nothing is done.
bool SeatingFlow::follow(int slot, std::size_t round) {
    std::vector<std::pair<int, int>> moves;  // unit, to
    std::vector<int> costs;
    for (; round > 0; --round) {
        const Way& way = rounds_[round][at(slot)];
        if (std::any_of(moves.begin(), moves.end(), [&](const auto& m) { return m.first == way.unit; }))
            return false;
        moves.emplace_back(way.unit, slot);
        costs.push_back(way.cost);
        slot = way.from;
    }
    for (std::size_t i = 0; i < moves.size(); ++i) seat(moves[i].first, moves[i].second, costs[i]);
    return true;
}

}  // namespace convene
