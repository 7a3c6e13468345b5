// src/app/review_groups.h: a cohort's groups as an organiser looks them over.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/build_problem.h"
#include "app/ports/cohort_store.h"
#include "core/explain/heat_map.h"

namespace convene {

/// A stretch of the course in which a member's clock shows the same weekly time.
struct LocalTimeSpell {
    int first_meeting = 0;  ///< index into ReviewedGroup::meetings
    Date from{};            ///< local date of that meeting
    WeeklyStart local;      ///< weekday and clock time where the member is

    friend bool operator==(const LocalTimeSpell&, const LocalTimeSpell&) = default;
};

struct ReviewedMember {
    UserId user_id;
    std::string name;
    Role role = Role::participant;
    std::string timezone;       ///< as stored
    bool fixed_offset = false;  ///< an offset, not a zone: no clock changes are known
    bool pinned = false;
    bool if_needed = false;  ///< relies on if-needed hours
    std::vector<LocalTimeSpell>
        local_times;           ///< at least one, unless the zone is unusable or there is no meeting
    std::vector<int> outside;  ///< meetings outside their hours, as indices; rising
    std::string problem;       ///< why their hours cannot be judged; else empty
};

struct ReviewedMeeting {
    Instant start;
    bool was_rescheduled = false;
    std::vector<UserId> outside;  ///< members outside their hours
};

struct ReviewedGroup {
    GroupId group_id;
    std::string group_name;
    GroupStatus status = GroupStatus::forming;
    std::string meeting_time_utc;
    std::string anchor;
    std::string anchor_start;
    bool pinned = false;
    bool realized = false;                ///< has both Discord channels
    int size = 0;                         ///< by the cohort's way of counting
    std::vector<ReviewedMember> members;  ///< active: facilitators first, then by name
    std::vector<ReviewedMeeting> meetings;
    std::vector<std::string> violations;  ///< `R2 …`: what the judge holds against it
};

struct WaitingPerson {
    UserId user_id;
    std::string name;
    Role role = Role::participant;
    GroupingStatus grouping_status = GroupingStatus::awaiting_grouping;
};

struct CohortReview {
    CohortRow cohort;
    std::vector<ReviewedGroup> groups;   ///< running ones, by id
    std::vector<WaitingPerson> waiting;  ///< in no running group, by name
    std::vector<SetAsidePerson> set_aside;
    std::vector<std::string> warnings;
    int min_size = 0;
    int max_size = 0;
    HeatMap heat_map;  ///< everybody's hours, in the cohort's anchor zone or UTC
};

/// `realized` tells which groups have channels, as get_cohort_groups_for_realization says; may be empty.
[[nodiscard]] tl::expected<CohortReview, InputFaults> review_groups(
    const CohortSnapshot& cohort, const ZoneTable& zones, const std::vector<GroupId>& realized = {});

}  // namespace convene
