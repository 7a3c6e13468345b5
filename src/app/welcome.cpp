#include "app/welcome.h"

#include <chrono>

#include "core/time/weekly_start.h"

namespace convene {

GroupWelcomeData make_welcome_data(const CohortRealization& cohort, const RealizationGroup& group) {
    GroupWelcomeData data;
    data.group_name = group.group_name;
    data.cohort_name = cohort.cohort_name;
    data.number_of_meetings = static_cast<int>(group.meetings.size());
    data.meeting_minutes = cohort.meeting_minutes;
    for (const RealizationMeeting& meeting : group.meetings) data.meetings.push_back(meeting.scheduled_time);
    if (!data.meetings.empty()) {
        const Instant first = data.meetings.front();
        const auto day = std::chrono::floor<std::chrono::days>(first);
        const int weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1;
        const auto minute_of_day = static_cast<int>((first - day).count());
        data.meeting_time_utc = {std::string(weekday_name(weekday)), minute_of_day / 60, minute_of_day % 60};
        data.first_meeting_date = Date{day};
    }
    for (const RealizationMember& member : group.members) {
        data.members.push_back({member.name, member.discord_id, member.role, member.timezone});
    }
    return data;
}

}  // namespace convene
