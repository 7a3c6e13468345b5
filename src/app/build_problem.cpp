#include "app/build_problem.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/queries/people.h"
#include "app/usable_person.h"
#include "app/weekly_time.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

tl::expected<Anchor, InputFaults> read_anchor(const std::string& text, const ZoneTable& zones) {
    if (text.empty() || text == "UTC") return Anchor{};
    if (text == "facilitator") return Anchor{Anchor::Kind::facilitator, nullptr};
    if (text == "best") return Anchor{Anchor::Kind::best, nullptr};
    ZonePtr zone = zones.find(text);
    if (zone) return Anchor{Anchor::Kind::zone, std::move(zone)};
    return tl::unexpected(InputFaults{
        {"cohort.anchor", in_quotes(text), "is not UTC, facilitator, best or the name of a time zone"}});
}

bool is_active(const MembershipRow& member) {
    return member.status == MembershipStatus::active;
}

class Builder {
public:
    Builder(const CohortSnapshot& cohort, const ZoneTable& zones, KeepGroups keep)
        : cohort_(cohort), zones_(zones), keep_(keep) {}

    tl::expected<CohortProblem, InputFaults> build(const ProblemOverrides& overrides) {
        auto anchor = read_anchor(cohort_.cohort.settings.anchor, zones_);
        if (!anchor) return tl::unexpected(anchor.error());
        set_rules(*std::move(anchor), overrides);
        note_standing();
        add_signups();
        add_groups();
        add_sets(cohort_.together, input_.together);
        add_sets(cohort_.apart, input_.apart);
        add_outside();
        auto problem = Problem::build(std::move(input_));
        if (!problem) return tl::unexpected(problem.error());
        return CohortProblem{*std::move(problem),     std::move(id_of_),    std::move(user_of_),
                             std::move(set_aside_),   std::move(eligible_), std::move(groups_),
                             std::move(group_named_), std::move(warnings_)};
    }

private:
    void set_rules(Anchor anchor, const ProblemOverrides& overrides) {
        const CohortRow& row = cohort_.cohort;
        input_.schedule = {row.start_date, row.number_of_group_meetings,
                           overrides.meeting_minutes.value_or(row.settings.meeting_minutes),
                           std::move(anchor)};
        input_.rules = row.settings.rules;
        if (overrides.min_size) input_.rules.min_size = *overrides.min_size;
        if (overrides.max_size) input_.rules.max_size = *overrides.max_size;
        if (overrides.no_if_needed) input_.rules.use_if_needed = false;
    }

    /// Who sits where now, and who has finished.
    void note_standing() {
        for (const GroupRow& group : cohort_.groups) {
            for (const MembershipRow& member : group.members) {
                const bool active = is_active(member);
                if (is_running(group) && active) {
                    in_running_group_.insert(member.user_id);
                    if (member.role == Role::facilitator) leads_.insert(member.user_id);
                }
                if (member.status == MembershipStatus::completed ||
                    (active && group.status == GroupStatus::completed)) {
                    has_completed_.insert(member.user_id);
                }
            }
        }
        for (const SignupRow& signup : cohort_.signups)
            if (signup.role == Role::facilitator) facilitated_ = true;
    }

    /// A participant who looks for a group: new, left out before, or out of their group again.
    bool looks_for_group(const SignupRow& signup) const {
        if (signup.role != Role::participant || in_running_group_.contains(signup.user_id)) return false;
        return signup.grouping_status != GroupingStatus::grouped || !has_completed_.contains(signup.user_id);
    }

    std::string make_id(const SignupRow& signup) {
        const std::string number = std::to_string(signup.user_id.value);
        for (const std::string& id : {signup.reference, number, "user " + number}) {
            if (!id.empty() && !user_of_.contains(id)) return id;
        }
        std::string id = "user " + number;
        while (user_of_.contains(id)) id += '+';
        return id;
    }

    void add_signups() {
        std::set<UserId> seen;
        std::vector<std::string> without_clock_changes;
        for (const SignupRow& signup : cohort_.signups) {
            if (!seen.insert(signup.user_id).second) {
                set_aside_.push_back({signup.user_id, signup.display_name(), signup.role,
                                      SetAsideReason::signed_up_twice,
                                      "signed up more than once; the first sign-up is used"});
                continue;
            }
            const bool eligible = looks_for_group(signup);
            if (eligible) eligible_.push_back(signup.user_id);
            UsablePerson usable = usable_person(signup, zones_);
            const bool matters = eligible || signup.role == Role::facilitator;
            if (usable.set_aside && matters) set_aside_.push_back(*usable.set_aside);
            if (!matters && keep_ == KeepGroups::running) {
                waiting_for_group_.emplace(signup.user_id, std::move(usable.person));
                continue;
            }
            if (usable.person.zone->fixed() && !usable.set_aside)
                without_clock_changes.push_back(usable.person.name + " (" + usable.person.zone->name() + ")");
            add_person(signup, std::move(usable.person));
        }
        if (!without_clock_changes.empty()) {
            std::string names;
            for (const std::string& name : without_clock_changes) names += (names.empty() ? "" : ", ") + name;
            warnings_.push_back("no clock changes are known for people with a fixed offset: " + names);
        }
    }

    void add_person(const SignupRow& signup, Person person) {
        person.id = make_id(signup);
        id_of_[signup.user_id] = person.id;
        user_of_[person.id] = signup.user_id;
        input_.people.push_back(std::move(person));
    }

    void add_groups() {
        for (const GroupRow& group : cohort_.groups) {
            if (!is_running(group)) continue;
            const auto time = weekly_time(group, zones_);
            if (!time) {
                leave_out(group, "its meeting time " + in_quotes(group.recurring_meeting_time_utc) +
                                     " cannot be read");
            } else if (facilitated_ && leaders(group).empty() && keep_ != KeepGroups::none) {
                leave_out(group, "nobody leads it");
            } else {
                add_group(group, *time);
            }
        }
        for (const auto& [id, fixed] : groups_) {
            if (keep_ == KeepGroups::running || (keep_ == KeepGroups::started && !planned_.contains(id))) {
                input_.fixed_groups.push_back(fixed);
            } else if (!fixed.meetings.empty()) {
                input_.standing_groups.push_back(fixed);
                input_.standing_groups.back().over = meetings_over(id, fixed);
            }
        }
    }

    void leave_out(const GroupRow& group, const std::string& why) {
        warnings_.push_back(group.group_name + " (group " + std::to_string(group.group_id.value) +
                            ") is left out: " + why);
        for (const UserId leader : leaders(group)) further_loads_[leader] += 1;
    }

    static std::vector<UserId> leaders(const GroupRow& group) {
        std::vector<UserId> found;
        for (const MembershipRow& member : group.members)
            if (is_active(member) && member.role == Role::facilitator) found.push_back(member.user_id);
        return found;
    }

    void add_group(const GroupRow& group, const WeeklyTime& time) {
        FixedGroup fixed;
        fixed.name = unique_name(group);
        fixed.anchor = time.anchor;
        fixed.start = time.start;
        fixed.meetings = stored_meetings(group, time);
        const std::vector<UserId> led_by = leaders(group);
        for (const MembershipRow& member : group.members) {
            if (!is_active(member)) continue;
            if (member.role == Role::participant) {
                fixed.participants.push_back(member_id(group, member));
            } else if (member.user_id == led_by.front()) {
                fixed.facilitator = member_id(group, member);
            } else {
                note_further_leader(group, member.user_id);
            }
        }
        group_named_[fixed.name] = group.group_id;
        if (group.status == GroupStatus::forming && !group.pinned && fixed.meetings.empty())
            planned_.insert(group.group_id);
        groups_.emplace(group.group_id, std::move(fixed));
    }

    std::string unique_name(const GroupRow& group) const {
        std::string name = group.group_name.empty() ? "Group" : group.group_name;
        if (group.group_name.empty() || group_named_.contains(name))
            name += " (#" + std::to_string(group.group_id.value) + ")";
        return name;
    }

    /// Empty where they are what the weekly rule gives.
    std::vector<Instant> stored_meetings(const GroupRow& group, const WeeklyTime& time) const {
        std::vector<Instant> stored;
        for (const MeetingRow& meeting : group.meetings) stored.push_back(meeting.scheduled_time);
        std::sort(stored.begin(), stored.end());
        stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
        const Schedule& schedule = input_.schedule;
        if (schedule.start_date.ok() && schedule.number_of_group_meetings > 0 &&
            schedule.number_of_group_meetings <= 520 &&
            stored == meeting_instants(*time.anchor, time.start, schedule.start_date,
                                       schedule.number_of_group_meetings)) {
            return {};
        }
        return stored;
    }

    /// A retime moves all that is to come, so what lies elsewhere and was not moved is over, and what was
    /// before it too.
    int meetings_over(GroupId id, const FixedGroup& fixed) const {
        const std::vector<MeetingRow>& rows = group_of(cohort_, id)->meetings;
        if (rows.size() != fixed.meetings.size()) return 0;
        int over = 0;
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const LocalTime local = fixed.anchor->to_local(rows[k].scheduled_time);
            const LocalTime by_rule = local + Minutes(fixed.start.minute_of_week - minute_of_week(local));
            const bool elsewhere = fixed.anchor->to_instant(by_rule) != rows[k].scheduled_time;
            if (elsewhere && !rows[k].was_rescheduled) over = static_cast<int>(k) + 1;
        }
        return over < static_cast<int>(rows.size()) ? over : 0;  // all elsewhere: by another program's rule
    }

    /// A second leader is none that the rules know: their time and load count all the same.
    void note_further_leader(const GroupRow& group, UserId user) {
        further_loads_[user] += 1;
        for (const MeetingRow& meeting : group.meetings)
            further_bookings_.push_back({user, meeting.scheduled_time, input_.schedule.meeting_minutes});
        warnings_.push_back(group.group_name + " has more than one facilitator; " + name_of(cohort_, user) +
                            " counts as busy at its meetings");
    }

    /// The id by which a member takes their seat.
    std::string member_id(const GroupRow& group, const MembershipRow& member) {
        const UserId user = member.user_id;
        const bool second_seat = member.role == Role::participant && !seated_.insert(user).second;
        if (second_seat && keep_ != KeepGroups::none) {
            warnings_.push_back(name_of(cohort_, user) + " sits in more than one running group");
            return add_placeholder(group, member);
        }
        if (const auto known = id_of_.find(user); known != id_of_.end()) return known->second;
        const SignupRow* signup = signup_of(cohort_, user);
        if (signup == nullptr) {
            warnings_.push_back(name_of(cohort_, user) + " is in " + group.group_name +
                                " without a sign-up; the seat counts as taken");
            return add_placeholder(group, member);
        }
        auto waiting = waiting_for_group_.extract(user);
        Person person = std::move(waiting.mapped());
        if (leads_.contains(user)) {
            // Signed up as a participant, made a leader by an organiser.
            person.role = Role::facilitator;
            person.max_groups = 0;
        }
        add_person(*signup, std::move(person));
        return id_of_.at(user);
    }

    std::string add_placeholder(const GroupRow& group, const MembershipRow& member) {
        Person person;
        person.id = "user " + std::to_string(member.user_id.value);
        if (user_of_.contains(person.id)) person.id += " in group " + std::to_string(group.group_id.value);
        person.name = name_of(cohort_, member.user_id);
        person.role = member.role;
        person.max_groups = 0;
        person.zone = utc_zone();
        user_of_[person.id] = member.user_id;
        id_of_.try_emplace(member.user_id, person.id);
        input_.people.push_back(person);
        return person.id;
    }

    void add_sets(const std::vector<std::vector<UserId>>& sets,
                  std::vector<std::vector<std::string>>& target) const {
        for (const auto& set : sets) {
            std::set<std::string> ids;
            for (const UserId user : set)
                if (const auto id = id_of_.find(user); id != id_of_.end()) ids.insert(id->second);
            if (ids.size() > 1) target.emplace_back(ids.begin(), ids.end());
        }
    }

    void add_outside() {
        for (const OutsideBookingRow& booking : cohort_.outside_bookings) add_booking(booking);
        for (const OutsideBookingRow& booking : further_bookings_) add_booking(booking);
        for (const OutsideLoadRow& load : cohort_.outside_loads) further_loads_[load.user_id] += load.groups;
        for (const auto& [user, groups] : further_loads_) {
            if (const auto id = id_of_.find(user); id != id_of_.end())
                input_.outside_load.push_back({id->second, groups});
        }
    }

    void add_booking(const OutsideBookingRow& booking) {
        if (const auto id = id_of_.find(booking.user_id); id != id_of_.end())
            input_.bookings.push_back({id->second, booking.start, booking.minutes});
    }

    const CohortSnapshot& cohort_;
    const ZoneTable& zones_;
    KeepGroups keep_;
    ProblemInput input_;
    std::set<UserId> in_running_group_;
    std::set<UserId> leads_;
    std::set<UserId> has_completed_;
    std::set<UserId> seated_;
    bool facilitated_ = false;
    std::map<UserId, Person> waiting_for_group_;  ///< members whose group has not been read yet
    std::map<UserId, int> further_loads_;
    std::vector<OutsideBookingRow> further_bookings_;
    std::map<UserId, std::string> id_of_;
    std::map<std::string, UserId> user_of_;
    std::vector<SetAsidePerson> set_aside_;
    std::vector<UserId> eligible_;
    std::map<GroupId, FixedGroup> groups_;
    std::set<GroupId> planned_;  ///< formed by a run and untouched since, as far as one can tell
    std::map<std::string, GroupId> group_named_;
    std::vector<std::string> warnings_;
};

}  // namespace

std::string_view to_string(SetAsideReason reason) noexcept {
    switch (reason) {
        case SetAsideReason::no_timezone:
            return "no_timezone";
        case SetAsideReason::unknown_timezone:
            return "unknown_timezone";
        case SetAsideReason::malformed_availability:
            return "malformed_availability";
        case SetAsideReason::not_certified:
            return "not_certified";
        case SetAsideReason::signed_up_twice:
            return "signed_up_twice";
    }
    return "";
}

tl::expected<CohortProblem, InputFaults> build_problem(const CohortSnapshot& cohort, const ZoneTable& zones,
                                                       const ProblemOverrides& overrides, KeepGroups keep) {
    return Builder(cohort, zones, keep).build(overrides);
}

}  // namespace convene
