// What a plan says of itself: names, ids, meetings, lists and numbers.
#include <algorithm>
#include <set>
#include <string_view>

#include "core/model/members_outside.h"
#include "core/rules/rules.h"

namespace convene::rules {
namespace {

class DocumentJudge {
public:
    DocumentJudge(const JudgedPlan& plan, Violations& found) : plan_(plan), found_(found) {}

    void judge() {
        check_names();
        for (const JudgedGroup& group : plan_.groups()) {
            check_ids(group);
            check_meetings(group);
            check_if_needed(group);
            check_spare_starts(group);
            check_outside(group);
        }
        check_unplaced();
        check_objective();
        check_bound();
    }

private:
    void report(const std::string& group, std::string message) {
        found_.push_back({"plan", group, std::move(message)});
    }

    void check_names() {
        std::set<std::string_view> names;
        for (const JudgedGroup& group : plan_.groups()) {
            const std::string& name = group.planned->name;
            if (name.empty())
                report("", "a group has no name");
            else if (!names.insert(name).second)
                report(name, "two groups are called " + name);
        }
    }

    void check_ids(const JudgedGroup& group) {
        const std::string& name = group.planned->name;
        for (const std::string& id : group.planned->participants)
            if (plan_.problem().index_of(id) < 0)
                report(name, name + " lists " + id + ", whom the cohort does not know");
        if (!in_week(group.planned->start))
            report(name, name + " starts at minute " + std::to_string(group.planned->start.minute_of_week) +
                             " of a week that has " + std::to_string(kMinutesPerWeek));
        if (!group.anchor)
            report(name,
                   name + " keeps its time in " + group.planned->anchor + ", a zone of nobody in the cohort");
    }

    void check_meetings(const JudgedGroup& group) {
        if (group.series == nullptr) return;
        const std::string& name = group.planned->name;
        const auto& listed = group.planned->meetings;
        const auto& right = group.series->meetings();
        if (listed.size() != right.size()) {
            report(name, name + " lists " + std::to_string(listed.size()) + " meetings instead of " +
                             std::to_string(right.size()));
        }
        for (std::size_t k = 0; k < std::min(listed.size(), right.size()); ++k) {
            if (listed[k] == right[k]) continue;
            report(name, "meeting " + std::to_string(k + 1) + " of " + name + " is listed at " +
                             to_iso8601(listed[k]) + ", but " + to_string(group.planned->start) + " " +
                             group.planned->anchor + " is " + to_iso8601(right[k]));
            return;  // the others are likely shifted alike
        }
    }

    void check_if_needed(const JudgedGroup& group) {
        if (group.series == nullptr) return;
        std::set<std::string> right;
        const auto add = [&](int person) {
            if (plan_.attendance(group, person) == Attendance::if_needed)
                right.insert(plan_.person(person).id);
        };
        for (const int person : group.participants) add(person);
        if (group.facilitator >= 0) add(group.facilitator);
        if_needed_ += static_cast<int>(right.size());

        const std::string& name = group.planned->name;
        std::set<std::string> listed;
        for (const std::string& id : group.planned->if_needed) {
            if (!listed.insert(id).second) {
                report(name, name + " lists " + id + " twice as relying on if-needed time");
            } else if (!right.contains(id)) {
                report(name, name + " lists " + id + " as relying on if-needed time, which they do not");
            }
        }
        for (const std::string& id : right)
            if (!listed.contains(id))
                report(name, id + " relies on if-needed time in " + name + ", which does not say so");
    }

    void check_spare_starts(const JudgedGroup& group) {
        if (!group.anchor) return;
        for (const WeeklyStart spare : group.planned->spare_starts) {
            const std::string fault = fault_of_spare(group, spare);
            if (fault.empty()) continue;
            const std::string& name = group.planned->name;
            report(name, name + " cannot move to its spare start" + fault);
        }
    }

    std::string fault_of_spare(const JudgedGroup& group, WeeklyStart spare) {
        if (!in_week(spare)) return ", which is no time of a week";
        const std::string text = " " + to_string(spare);
        if (spare == group.planned->start) return text + ": it meets then";
        const int step = plan_.problem().rules().start_step_minutes;
        if (spare.minute_of_day() % step != 0)
            return text + ": off the grid of " + std::to_string(step) + " minutes";
        const Series& series = plan_.series(*group.anchor, spare);
        const auto cannot = [&](int person) {
            return series.attendance(plan_.person(person), plan_.problem().rules()) == Attendance::cannot;
        };
        if (group.facilitator >= 0 && cannot(group.facilitator))
            return text + ": " + plan_.label(group.facilitator) + " cannot attend then";
        const auto missing = std::find_if(group.participants.begin(), group.participants.end(), cannot);
        return missing == group.participants.end()
                   ? ""
                   : text + ": " + plan_.label(*missing) + " cannot attend then";
    }

    /// Plans by other hands may leave the list out; one that is there must be right.
    void check_outside(const JudgedGroup& group) {
        const PlannedGroup& planned = *group.planned;
        if (planned.outside.empty()) return;
        const std::string& name = planned.name;
        if (plan_.problem().rules().fit == Fit::every_meeting) {
            report(name, name + " lists who falls outside, which only plans of fit first-meeting do");
            return;
        }
        const auto right = members_outside(plan_.problem(), planned);
        for (std::size_t k = 0; k < std::max(right.size(), planned.outside.size()); ++k) {
            if (k < right.size() && k < planned.outside.size() && right[k] == planned.outside[k]) continue;
            report(name, name + " says wrongly who falls outside meeting " + std::to_string(k + 1));
            return;
        }
    }

    void check_unplaced() {
        for (const UnplacedPerson& unplaced : plan_.plan().unplaced) {
            const int person = plan_.problem().index_of(unplaced.person);
            if (person < 0) {
                report("", unplaced.person + " is among the unplaced, but the cohort does not know them");
            } else if (plan_.person(person).role == Role::facilitator) {
                report("", plan_.label(person) + " is among the unplaced, but signed up as a facilitator");
            }
        }
    }

    void check_objective() {
        const Objective& stated = plan_.plan().objective;
        const int placed = plan_.placed();
        if (stated.placed != placed)
            report("", "objective.placed is " + std::to_string(stated.placed) + ", but " +
                           std::to_string(placed) + " participants sit in groups");
        if (stated.if_needed != if_needed_)
            report("", "objective.if_needed is " + std::to_string(stated.if_needed) + ", but " +
                           std::to_string(if_needed_) + " members rely on if-needed time");
    }

    void check_bound() {
        const Objective& stated = plan_.plan().objective;
        const Objective& bound = plan_.plan().bound;
        const auto against = [](int bound_value, int value) {
            return std::to_string(bound_value) + ", but the plan reaches " + std::to_string(value);
        };
        if (bound.placed < stated.placed)
            report("", "bound.placed is " + against(bound.placed, stated.placed));
        if (bound.if_needed > stated.if_needed)
            report("", "bound.if_needed is " + against(bound.if_needed, stated.if_needed));
        if (plan_.plan().status == PlanStatus::optimal &&
            (bound.placed > stated.placed || bound.if_needed < stated.if_needed)) {
            report("", "the plan calls itself optimal, but its bound (" + std::to_string(bound.placed) +
                           " placed, " + std::to_string(bound.if_needed) +
                           " if needed) leaves room above what it reaches (" + std::to_string(stated.placed) +
                           ", " + std::to_string(stated.if_needed) + ")");
        }
    }

    const JudgedPlan& plan_;
    Violations& found_;
    int if_needed_ = 0;  ///< members of all groups who rely on if-needed time
};

}  // namespace

void check_document(const JudgedPlan& plan, Violations& found) {
    DocumentJudge(plan, found).judge();
}

}  // namespace convene::rules
