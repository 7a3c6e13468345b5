// src/core/explain/seating.h: who sits at which time, and how seats could be given
// anew so that more people have one.
//
// The groups of a plan stay in number, time and facilitator; people move between
// them. Groups that meet at one time count as one place with a least and a largest
// load, so that the question is a flow between places (docs/decisions/031-reasons.md).
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/explain/start_table.h"

namespace convene {

/// What one more group at some time would do.
struct ExtraGroup {
    bool works = false;       ///< the group reaches its least size and everybody who had a seat keeps one
    std::vector<int> placed;  ///< unplaced people who get a seat: indices into people(), rising
};

/// Members of groups that exist already, and everybody in a together or apart set,
/// keep their seat; the others may move to any time that they can attend.
class Seating {
public:
    Seating(const Problem& problem, const Plan& plan, const StartTable& starts);

    /// Participants without a seat, rising.
    [[nodiscard]] const std::vector<int>& unplaced() const noexcept { return unplaced_; }
    /// True for members of a together or apart set.
    [[nodiscard]] bool bound(int person) const { return bound_[static_cast<std::size_t>(person)]; }
    /// Seats that nobody takes at this time, the moving of others not considered.
    [[nodiscard]] int free_seats(int option) const;
    /// The plan could seat this person, who is bound by no set, by moving others between its groups.
    [[nodiscard]] bool could_seat(int person) const;

    /// Tries one more group at the option with `first` in it, and as many unplaced
    /// people as can be had. Leaves everything as it was.
    [[nodiscard]] ExtraGroup try_group(int option, std::span<const int> first = {});
    /// As try_group(), and leaves the group in place when it works.
    ExtraGroup add_group(int option);

    /// How many unplaced people could sit if every group had `more` seats. Leaves everything as it was.
    [[nodiscard]] std::vector<int> try_larger_groups(int more);
    /// As try_larger_groups(), and leaves the people in their new seats.
    std::vector<int> make_larger_groups(int more);
    /// From now on a new group needs `fewer` members less.
    void lower_least_size(int fewer) noexcept { least_ -= fewer; }

    /// Somebody takes a free seat.
    void take_seat(int person, int option);

private:
    /// All groups that meet at one option.
    struct Place {
        int load = 0;   ///< people seated here who may move
        int least = 0;  ///< of them
        int most = 0;
        int groups = 0;
        int column = -1;            ///< in arcs_, when there is a group
        std::vector<int> too_many;  ///< of groups beyond the largest size: members to spare
        std::vector<int> seated;
    };
    struct Move {
        int person;
        int from;  ///< an option, or -1: had no seat
        int to;
    };

    [[nodiscard]] std::size_t arc(int to, int column) const {
        return static_cast<std::size_t>(to) * with_groups_.size() + static_cast<std::size_t>(column);
    }
    [[nodiscard]] Place& place(int option) { return places_[static_cast<std::size_t>(option)]; }
    [[nodiscard]] const Place& place(int option) const { return places_[static_cast<std::size_t>(option)]; }
    void seat_groups(const Problem& problem, const Plan& plan);
    void count_arcs();
    void count_person(int person, int from, int change);
    void count_waiting(int person, int change);
    void move(Move step);
    void carry_out(Move step);
    void undo_to(std::size_t mark);
    [[nodiscard]] std::vector<int> find_path(int target, bool from_waiting) const;
    bool pull(int target, bool from_waiting);
    ExtraGroup open_group(int option, std::span<const int> first);
    [[nodiscard]] int growth(const Place& place, int more) const;
    void fill_everywhere(int more);
    [[nodiscard]] std::vector<int> newly_seated(std::size_t mark) const;
    void settle(const std::vector<int>& seated);
    void find_reachable_seats();

    const StartTable& starts_;
    int least_ = 0;  ///< of a new group, its facilitator not counted
    int most_ = 0;
    int grown_ = 0;  ///< seats by which groups were made larger for good
    std::vector<int> unplaced_;
    std::vector<bool> bound_;
    std::vector<bool> waiting_;     ///< unplaced, not bound: may fill any seat
    std::vector<Place> places_;     ///< by option
    std::vector<int> with_groups_;  ///< options with a group: the columns of arcs_
    std::vector<int> arcs_;         ///< by option and column: how many people seated there could sit here
    std::vector<int> waiting_at_;   ///< by option: how many waiting people could sit there
    std::vector<Move> journal_;
    std::vector<bool> reachable_;  ///< by option: whoever can attend it could be seated
};

}  // namespace convene
