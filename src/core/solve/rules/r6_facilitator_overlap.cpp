// R6: no facilitator leads two meetings that overlap, with the buffer between them, here or elsewhere.
#include <algorithm>
#include <set>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"
#include "core/solve/slots.h"

namespace convene {
namespace {

class FacilitatorOverlap : public HardRule {
public:
    /// Meetings of groups that stand already, and those in other cohorts.
    void narrow_leader(const Instance& instance, const Leader& leader, Costs& costs) override {
        const Problem& problem = *instance.problem;
        const std::string& id = problem.people()[static_cast<std::size_t>(leader.person)].id;
        const int minutes = problem.schedule().meeting_minutes;
        const int buffer = problem.rules().facilitator_buffer_minutes;
        const auto block = [&](std::span<const Instant> meetings, int length) {
            for (std::size_t s = 0; s < costs.size(); ++s)
                if (costs[s] != kForbidden &&
                    clash(instance.slots[s].meetings, minutes, meetings, length, buffer))
                    costs[s] = kForbidden;
        };
        for (const Slot& slot : instance.slots)
            if (slot.fixed >= 0 && instance.standing[static_cast<std::size_t>(slot.fixed)].facilitator == id)
                block(slot.meetings, minutes);
        for (const Booking& booking : problem.bookings())
            if (booking.person == id) block({&booking.start, 1}, booking.minutes);
    }

    /// Meetings that start within one meeting's length and buffer of each other exclude each other:
    /// for each moment, those that would keep the leader busy then.
    void exclude(const Instance& instance, Leader& leader) override {
        if (leader.capacity == 1) return;
        const Problem& problem = *instance.problem;
        const Minutes blocked(problem.schedule().meeting_minutes +
                              problem.rules().facilitator_buffer_minutes);
        std::vector<std::pair<Instant, int>> starts;
        for (std::size_t i = 0; i < leader.attends.size(); ++i)
            for (const Instant meeting :
                 instance.slots[static_cast<std::size_t>(leader.attends[i].slot)].meetings)
                starts.emplace_back(meeting, static_cast<int>(i));
        std::sort(starts.begin(), starts.end());
        std::set<std::vector<int>> found;
        for (std::size_t from = 0, to = 0; to < starts.size(); ++to) {
            while (starts[from].first + blocked <= starts[to].first) ++from;
            const bool more_follows =
                to + 1 < starts.size() && starts[from].first + blocked > starts[to + 1].first;
            if (more_follows || from == to) continue;
            std::vector<int> clique;
            for (std::size_t k = from; k <= to; ++k) clique.push_back(starts[k].second);
            std::sort(clique.begin(), clique.end());
            clique.erase(std::unique(clique.begin(), clique.end()), clique.end());
            if (clique.size() > 1) found.insert(std::move(clique));
        }
        // A moment that says less than another is left out: where clocks change there are many.
        for (const std::vector<int>& clique : found) {
            const bool said = std::any_of(found.begin(), found.end(), [&](const std::vector<int>& other) {
                return other.size() > clique.size() &&
                       std::includes(other.begin(), other.end(), clique.begin(), clique.end());
            });
            if (!said) leader.cliques.push_back(clique);
        }
    }

    void add_leader_rows(const Leader& leader, std::span<const int> columns,
                         ProgramWriter& program) const override {
        for (const auto& clique : leader.cliques) {
            Terms terms;
            for (const int i : clique) terms.emplace_back(columns[static_cast<std::size_t>(i)], 1);
            program.add_rare_row(-kInfinity, 1, std::move(terms));
        }
    }

    [[nodiscard]] bool lets_lead(const Instance& instance, int /*leader*/, std::span<const int> slots,
                                 int slot) const override {
        const Problem& problem = *instance.problem;
        const int minutes = problem.schedule().meeting_minutes;
        const auto& meetings = instance.slots[static_cast<std::size_t>(slot)].meetings;
        return std::none_of(slots.begin(), slots.end(), [&](int other) {
            return clash(instance.slots[static_cast<std::size_t>(other)].meetings, minutes, meetings, minutes,
                         problem.rules().facilitator_buffer_minutes);
        });
    }
};

}  // namespace

HardRulePtr hard_rules::r6_facilitator_overlap() {
    return std::make_shared<FacilitatorOverlap>();
}

}  // namespace convene
