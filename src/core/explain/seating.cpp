#include "core/explain/seating.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Seating::Seating(const Problem& problem, const Plan& plan, const StartTable& starts)
    : starts_(starts),
      bound_(problem.people().size()),
      waiting_(problem.people().size()),
      places_(at(starts.size())) {
    const int counted = problem.rules().count_facilitator && problem.facilitated() ? 1 : 0;
    least_ = problem.rules().min_size - counted;
    most_ = problem.rules().max_size - counted;
    for (const auto* sets : {&problem.together(), &problem.apart()})
        for (const auto& ids : *sets)
            for (const std::string& id : ids) bound_[at(problem.index_of(id))] = true;
    seat_groups(problem, plan);
    count_arcs();
    find_reachable_seats();
}

void Seating::seat_groups(const Problem& problem, const Plan& plan) {
    std::map<std::string_view, const FixedGroup*> fixed;
    for (const FixedGroup& group : problem.fixed_groups()) fixed.emplace(group.name, &group);
    std::vector<bool> seated(problem.people().size());
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        const PlannedGroup& group = plan.groups[g];
        const auto existing = fixed.find(group.name);
        const auto was_there = [&](const std::string& id) {
            if (existing == fixed.end()) return false;
            const auto& before = existing->second->participants;
            return std::find(before.begin(), before.end(), id) != before.end();
        };
        Place& here = place(starts_.option_of_group(g));
        int staying = 0;
        for (const std::string& id : group.participants) {
            const int person = problem.index_of(id);
            if (person < 0) continue;
            seated[at(person)] = true;
            if (bound(person) || was_there(id)) {
                ++staying;
            } else {
                here.seated.push_back(person);
                ++here.load;
            }
        }
        const int leader = problem.rules().count_facilitator && !group.facilitator.empty() ? 1 : 0;
        if (existing == fixed.end()) here.least += std::max(0, least_ - staying);
        const int seats = problem.rules().max_size - leader - staying;
        here.most += std::max(0, seats);
        if (seats < 0) here.too_many.push_back(-seats);
        ++here.groups;
    }
    for (const int person : problem.participants()) {
        if (seated[at(person)]) continue;
        unplaced_.push_back(person);
        waiting_[at(person)] = !bound(person);
    }
}

void Seating::count_arcs() {
    with_groups_.clear();
    for (int option = 0; option < starts_.size(); ++option) {
        if (place(option).groups == 0) continue;
        place(option).column = static_cast<int>(with_groups_.size());
        with_groups_.push_back(option);
    }
    arcs_.assign(places_.size() * with_groups_.size(), 0);
    waiting_at_.assign(places_.size(), 0);
    for (const int option : with_groups_)
        for (const int person : place(option).seated) count_person(person, option, 1);
    for (const int person : unplaced_)
        if (waiting_[at(person)]) count_waiting(person, 1);
}

void Seating::count_person(int person, int from, int change) {
    const int column = place(from).column;
    if (column < 0) return;  // a group on trial: nobody moves out of it
    starts_.for_each_option(person, [&](int to) {
        if (to != from) arcs_[arc(to, column)] += change;
    });
}

void Seating::count_waiting(int person, int change) {
    starts_.for_each_option(person, [&](int to) { waiting_at_[at(to)] += change; });
}

void Seating::move(Move step) {
    if (step.from >= 0) {
        Place& old = place(step.from);
        old.seated.erase(std::find(old.seated.begin(), old.seated.end(), step.person));
        --old.load;
        count_person(step.person, step.from, -1);
    }
    if (step.to >= 0) {
        Place& next = place(step.to);
        next.seated.push_back(step.person);
        ++next.load;
        count_person(step.person, step.to, 1);
    }
    if (!bound(step.person) && (step.from < 0 || step.to < 0)) {
        waiting_[at(step.person)] = step.to < 0;
        count_waiting(step.person, step.to < 0 ? 1 : -1);
    }
}

void Seating::carry_out(Move step) {
    move(step);
    journal_.push_back(step);
}

void Seating::undo_to(std::size_t mark) {
    while (journal_.size() > mark) {
        const Move step = journal_.back();
        journal_.pop_back();
        move({step.person, step.to, step.from});
    }
}

/// The options from which somebody would move on to the next, ending at `target`;
/// empty when nobody can be had. Breadth first, so that the fewest people move.
std::vector<int> Seating::find_path(int target, bool from_waiting) const {
    std::vector<int> next(places_.size(), -1);
    std::vector<int> queue{target};
    next[at(target)] = target;
    for (std::size_t head = 0; head < queue.size(); ++head) {
        const int here = queue[head];
        const bool source =
            from_waiting ? waiting_at_[at(here)] > 0 : here != target && place(here).load > place(here).least;
        if (source) {
            std::vector<int> path{here};
            while (path.back() != target) path.push_back(next[at(path.back())]);
            return path;
        }
        for (std::size_t column = 0; column < with_groups_.size(); ++column) {
            const int from = with_groups_[column];
            if (arcs_[arc(here, static_cast<int>(column))] == 0 || next[at(from)] >= 0) continue;
            next[at(from)] = here;
            queue.push_back(from);
        }
    }
    return {};
}

bool Seating::pull(int target, bool from_waiting) {
    const std::vector<int> path = find_path(target, from_waiting);
    if (path.empty()) return false;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        const auto& seated = place(path[i]).seated;
        const int person = *std::find_if(seated.begin(), seated.end(),
                                         [&](int p) { return starts_.attends(p, path[i + 1]); });
        carry_out({person, path[i], path[i + 1]});
    }
    if (!from_waiting) return true;
    const int person = *std::find_if(unplaced_.begin(), unplaced_.end(), [&](int p) {
        return waiting_[at(p)] && starts_.attends(p, path.front());
    });
    carry_out({person, -1, path.front()});
    return true;
}

ExtraGroup Seating::open_group(int option, std::span<const int> first) {
    const std::size_t mark = journal_.size();
    Place& target = place(option);
    target.least += least_;
    target.most += most_;
    ++target.groups;
    for (const int person : first) carry_out({person, -1, option});
    while (target.load < target.most && pull(option, true)) {
    }
    while (target.load < target.least && pull(option, false)) {
    }
    ExtraGroup extra;
    extra.works = target.load >= target.least && target.load <= target.most;
    if (extra.works) extra.placed = newly_seated(mark);
    return extra;
}

ExtraGroup Seating::try_group(int option, std::span<const int> first) {
    const std::size_t mark = journal_.size();
    const ExtraGroup extra = open_group(option, first);
    undo_to(mark);
    Place& target = place(option);
    target.least -= least_;
    target.most -= most_;
    --target.groups;
    return extra;
}

ExtraGroup Seating::add_group(int option) {
    if (!try_group(option).works) return {};
    const ExtraGroup extra = open_group(option, {});
    settle(extra.placed);
    return extra;
}

/// Seats that the groups here gain when each may have `more` members.
int Seating::growth(const Place& place, int more) const {
    int seats = more * (place.groups - static_cast<int>(place.too_many.size()));
    for (const int spare : place.too_many)
        seats += std::max(0, grown_ + more - spare) - std::max(0, grown_ - spare);
    return seats;
}

void Seating::fill_everywhere(int more) {
    for (const int option : with_groups_) place(option).most += growth(place(option), more);
    for (const int option : with_groups_)
        while (place(option).load < place(option).most && pull(option, true)) {
        }
}

std::vector<int> Seating::try_larger_groups(int more) {
    const std::size_t mark = journal_.size();
    fill_everywhere(more);
    std::vector<int> placed = newly_seated(mark);
    undo_to(mark);
    for (const int option : with_groups_) place(option).most -= growth(place(option), more);
    return placed;
}

std::vector<int> Seating::make_larger_groups(int more) {
    const std::size_t mark = journal_.size();
    fill_everywhere(more);
    most_ += more;
    grown_ += more;
    const std::vector<int> placed = newly_seated(mark);
    settle(placed);
    return placed;
}

std::vector<int> Seating::newly_seated(std::size_t mark) const {
    std::vector<int> placed;
    for (std::size_t i = mark; i < journal_.size(); ++i)
        if (journal_[i].from < 0) placed.push_back(journal_[i].person);
    std::sort(placed.begin(), placed.end());
    return placed;
}

/// What was tried stays: these people have seats for good.
void Seating::settle(const std::vector<int>& seated) {
    std::erase_if(unplaced_,
                  [&](int person) { return std::binary_search(seated.begin(), seated.end(), person); });
    journal_.clear();
    count_arcs();
    find_reachable_seats();
}

int Seating::free_seats(int option) const {
    return place(option).most - place(option).load;
}

/// Marks all options with a group from which somebody could move on, or be followed, until a free seat is
/// reached.
void Seating::find_reachable_seats() {
    reachable_.assign(places_.size(), false);
    std::vector<int> queue;
    for (const int option : with_groups_) {
        if (free_seats(option) <= 0) continue;
        reachable_[at(option)] = true;
        queue.push_back(option);
    }
    for (std::size_t head = 0; head < queue.size(); ++head) {
        for (std::size_t column = 0; column < with_groups_.size(); ++column) {
            const int from = with_groups_[column];
            if (arcs_[arc(queue[head], static_cast<int>(column))] == 0 || reachable_[at(from)]) continue;
            reachable_[at(from)] = true;
            queue.push_back(from);
        }
    }
}

bool Seating::could_seat(int person) const {
    return std::any_of(with_groups_.begin(), with_groups_.end(),
                       [&](int option) { return reachable_[at(option)] && starts_.attends(person, option); });
}

void Seating::take_seat(int person, int option) {
    move({person, -1, option});
    settle({person});
}

}  // namespace convene
