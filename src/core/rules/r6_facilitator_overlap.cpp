// R6: no facilitator leads two meetings that overlap, with the buffer kept free
// between them, meetings of other running cohorts included.
#include <algorithm>
#include <map>
#include <set>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

struct Meeting {
    Instant start;
    Instant end;
    const JudgedGroup* group;  ///< null: a booking outside this cohort

    /// Was there before the plan was made.
    [[nodiscard]] bool old() const { return group == nullptr || group->kept_facilitator(); }
    [[nodiscard]] std::string text() const {
        return (group == nullptr ? "a meeting outside this cohort" : group->planned->name) + " at " +
               to_iso8601(start);
    }
};

using Diary = std::vector<Meeting>;

std::map<int, Diary> diaries_of(const JudgedPlan& plan) {
    std::map<int, Diary> diaries;
    const Minutes length(plan.problem().schedule().meeting_minutes);
    for (const JudgedGroup& group : plan.groups()) {
        if (group.facilitator < 0 || group.series == nullptr) continue;
        for (const Instant start : group.series->meetings())
            diaries[group.facilitator].push_back({start, start + length, &group});
    }
    for (const Booking& booking : plan.problem().bookings()) {
        const auto diary = diaries.find(plan.problem().index_of(booking.person));
        if (diary == diaries.end()) continue;
        diary->second.push_back({booking.start, booking.start + Minutes(booking.minutes), nullptr});
    }
    return diaries;
}

}  // namespace

void check_r6_facilitator_overlap(const JudgedPlan& plan, Violations& found) {
    const Minutes buffer(plan.problem().rules().facilitator_buffer_minutes);
    for (auto& [person, diary] : diaries_of(plan)) {
        Diary meetings = diary;
        std::stable_sort(meetings.begin(), meetings.end(),
                         [](const Meeting& a, const Meeting& b) { return a.start < b.start; });
        std::set<std::pair<const JudgedGroup*, const JudgedGroup*>> named;
        for (std::size_t i = 0; i < meetings.size(); ++i) {
            const Meeting& first = meetings[i];
            for (std::size_t j = i + 1; j < meetings.size() && meetings[j].start < first.end + buffer; ++j) {
                const Meeting& second = meetings[j];
                if (first.group == second.group || (first.old() && second.old())) continue;
                if (!named.insert(std::minmax(first.group, second.group)).second) continue;
                std::string message = plan.label(person) + " leads " + first.text() + " and " + second.text();
                message += second.start < first.end ? ", which overlap"
                                                    : ", with less than " + std::to_string(buffer.count()) +
                                                          " minutes between them";
                const JudgedGroup* to_name = second.group != nullptr ? second.group : first.group;
                found.push_back({"R6", to_name->planned->name, std::move(message)});
            }
        }
    }
}

}  // namespace convene::rules
