// src/app/welcome.h: what a group is told when its home is ready.
//
// Plain data, so that Discord, e-mail and terminal can each format it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/ports/realization_store.h"
#include "core/model/person.h"
#include "core/time/instant.h"

namespace convene {

struct WelcomeMember {
    std::string name;
    std::optional<std::string> discord_id;
    Role role = Role::participant;
    std::string timezone;  ///< as stored; empty when unknown

    friend bool operator==(const WelcomeMember&, const WelcomeMember&) = default;
};

/// Result of get_group_welcome_data.
struct GroupWelcomeData {
    struct MeetingTime {
        std::string day;  ///< `Wednesday`
        int hour = 0;
        int minute = 0;

        friend bool operator==(const MeetingTime&, const MeetingTime&) = default;
    };

    std::string group_name;
    std::string cohort_name;
    MeetingTime meeting_time_utc;  ///< of the first meeting
    Date first_meeting_date{};     ///< UTC
    int number_of_meetings = 0;
    std::optional<std::string> first_event_url;  ///< added by whoever created the event
    std::vector<WelcomeMember> members;          ///< facilitators first, then by name
    int meeting_minutes = 60;
    std::vector<Instant> meetings;  ///< rising; may be empty for a group without meetings

    friend bool operator==(const GroupWelcomeData&, const GroupWelcomeData&) = default;
};

/// The welcome of one of the cohort's groups, without an event's address.
[[nodiscard]] GroupWelcomeData make_welcome_data(const CohortRealization& cohort,
                                                 const RealizationGroup& group);

}  // namespace convene
