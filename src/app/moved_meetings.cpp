#include "app/moved_meetings.h"

#include <algorithm>

#include "app/build_problem.h"
#include "app/queries/people.h"
#include "core/time/attendance.h"

namespace convene {
namespace {

struct Moved {
    int number = 0;  ///< from 1
    Instant from{};
    Instant to{};
};

struct Appointment {
    Instant start{};
    int minutes = 60;
    std::string what;
};

std::vector<Moved> moved_in(const GroupRow& group, const TimeChange& change) {
    std::vector<Moved> moved;
    for (std::size_t i = 0; i < group.meetings.size(); ++i) {
        const MeetingRow& row = group.meetings[i];
        for (const MeetingTime& wanted : change.meetings) {
            if (wanted.meeting_id == row.meeting_id && wanted.time != row.scheduled_time)
                moved.push_back({static_cast<int>(i) + 1, row.scheduled_time, wanted.time});
        }
    }
    return moved;
}

bool too_near(Instant start, int minutes, const Appointment& other, int buffer) {
    const Minutes gap(buffer);
    return start < other.start + Minutes(other.minutes) + gap && other.start < start + Minutes(minutes) + gap;
}

/// Everything else that this person leads.
std::vector<Appointment> diary_of(const CohortSnapshot& cohort, const GroupRow& group, UserId leader) {
    std::vector<Appointment> diary;
    for (const GroupRow& other : cohort.groups) {
        if (other.group_id == group.group_id || !is_running(other)) continue;
        const bool leads = std::any_of(other.members.begin(), other.members.end(), [&](const auto& member) {
            return member.user_id == leader && member.role == Role::facilitator &&
                   member.status == MembershipStatus::active;
        });
        if (!leads) continue;
        for (const MeetingRow& meeting : other.meetings)
            diary.push_back(
                {meeting.scheduled_time, cohort.cohort.settings.meeting_minutes, other.group_name});
    }
    for (const OutsideBookingRow& booking : cohort.outside_bookings) {
        if (booking.user_id == leader)
            diary.push_back({booking.start, booking.minutes, "a group of another cohort"});
    }
    return diary;
}

}  // namespace

tl::expected<std::vector<Violation>, InputFaults> moved_meeting_violations(const CohortSnapshot& cohort,
                                                                           const GroupRow& group,
                                                                           const TimeChange& change,
                                                                           const ZoneTable& zones) {
    const auto problem = build_problem(cohort, zones, {}, KeepGroups::none);
    if (!problem) return tl::unexpected(problem.error());
    const Rules& rules = problem->problem.rules();
    const int minutes = cohort.cohort.settings.meeting_minutes;
    const std::vector<Moved> moved = moved_in(group, change);
    std::vector<Violation> found;
    for (const MembershipRow& member : group.members) {
        if (member.status != MembershipStatus::active) continue;
        const std::string name = name_of(cohort, member.user_id);
        const auto id = problem->id_of.find(member.user_id);
        if (id != problem->id_of.end()) {
            const auto& people = problem->problem.people();
            const auto person = std::find_if(people.begin(), people.end(),
                                             [&](const Person& one) { return one.id == id->second; });
            const WeeklySet hours =
                rules.use_if_needed ? person->available.united_with(person->if_needed) : person->available;
            for (const Moved& meeting : moved) {
                if (!is_free(person->clock(), hours, meeting.from, minutes)) continue;
                if (is_free(person->clock(), hours, meeting.to, minutes)) continue;
                found.push_back({"R3", group.group_name,
                                 name + " cannot attend meeting " + std::to_string(meeting.number) + " on " +
                                     to_iso8601(meeting.to) + ": outside their hours"});
            }
        }
        if (member.role != Role::facilitator) continue;
        const std::vector<Appointment> diary = diary_of(cohort, group, member.user_id);
        for (const Moved& meeting : moved) {
            for (const Appointment& other : diary) {
                if (!too_near(meeting.to, minutes, other, rules.facilitator_buffer_minutes)) continue;
                if (too_near(meeting.from, minutes, other, rules.facilitator_buffer_minutes)) continue;
                found.push_back({"R6", group.group_name,
                                 name + " leads " + other.what + " on " + to_iso8601(other.start) +
                                     ", too near to meeting " + std::to_string(meeting.number) + " on " +
                                     to_iso8601(meeting.to)});
            }
        }
    }
    return found;
}

}  // namespace convene
