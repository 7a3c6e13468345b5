// src/app/cohort_snapshot.h: everything about one cohort that scheduling and
// editing look at, as the database holds it.
//
// Read in one transaction. A write hands it back, and the store refuses when
// the database no longer says the same: that is how two organisers, or an
// organiser and a running schedule, never overwrite each other. Discord ids are
// left out on purpose: realization may run meanwhile.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/ids.h"
#include "core/model/cohort.h"
#include "core/model/person.h"

namespace convene {

/// Enumerators are spelled as in the database.
enum class CohortStatus { active, completed, cancelled };
enum class GroupingStatus { awaiting_grouping, grouped, ungroupable };
enum class GroupStatus { forming, active, completed, merged, cancelled };
enum class MembershipStatus { active, dropped, completed, removed };

/// Values of convene's own table of settings; absent columns are defaults.
struct CohortSettings {
    int meeting_minutes = 60;
    std::string anchor = "UTC";  ///< `UTC`, a zone name, `facilitator` or `best`, as in a cohort file
    Rules rules;

    friend bool operator==(const CohortSettings&, const CohortSettings&) = default;
};

struct CohortRow {
    CohortId cohort_id;
    std::string cohort_name;
    CourseId course_id;
    std::string course_name;
    Date start_date{};
    CohortStatus status = CohortStatus::active;
    int number_of_group_meetings = 0;
    CohortSettings settings;

    friend bool operator==(const CohortRow&, const CohortRow&) = default;
};

/// One person's sign-up with the raw text of what they said. Nothing is parsed
/// here: a malformed column sets one person aside, it does not stop a read.
struct SignupRow {
    SignupId signup_id;
    UserId user_id;
    std::string reference;  ///< the id the person had in an imported file, empty without
    std::optional<std::string> discord_id;
    std::optional<std::string> discord_username;
    std::optional<std::string> nickname;
    std::optional<std::string> email;
    std::optional<std::string> timezone;
    std::optional<std::string> availability_local;
    std::optional<std::string> if_needed_availability_local;
    std::optional<std::string>
        availability_utc;  ///< older databases: interval strings, read when the local ones are null
    std::optional<std::string> if_needed_availability_utc;
    Role role = Role::participant;
    GroupingStatus grouping_status = GroupingStatus::awaiting_grouping;
    int grouping_attempt_count = 0;
    bool certified = false;                ///< facilitators: facilitators.certified_at is set
    std::optional<int> max_active_groups;  ///< facilitators; null is the default

    /// Nickname, else Discord username, else the name before the @ of the e-mail, else `user 12`.
    [[nodiscard]] std::string display_name() const;

    friend bool operator==(const SignupRow&, const SignupRow&) = default;
};

struct MembershipRow {
    UserId user_id;
    Role role = Role::participant;
    MembershipStatus status = MembershipStatus::active;
    bool pinned = false;

    friend bool operator==(const MembershipRow&, const MembershipRow&) = default;
};

struct MeetingRow {
    MeetingId meeting_id;
    Instant scheduled_time;
    bool was_rescheduled = false;

    friend bool operator==(const MeetingRow&, const MeetingRow&) = default;
};

struct GroupRow {
    GroupId group_id;
    std::string group_name;
    GroupStatus status = GroupStatus::forming;
    std::string recurring_meeting_time_utc;   ///< raw: `Wednesday 15:00`, or empty
    std::optional<std::string> anchor;        ///< zone name; empty for groups that convene did not make: UTC
    std::optional<std::string> anchor_start;  ///< `Wednesday 18:00` in the anchor zone; empty likewise
    bool pinned = false;
    std::vector<MembershipRow> members;  ///< all, former ones too; by user id, then role
    std::vector<MeetingRow> meetings;    ///< by time

    friend bool operator==(const GroupRow&, const GroupRow&) = default;
};

/// A meeting that one of the cohort's facilitators has in another running cohort.
struct OutsideBookingRow {
    UserId user_id;
    Instant start;
    int minutes = 60;

    friend bool operator==(const OutsideBookingRow&, const OutsideBookingRow&) = default;
};

/// Groups that one of the cohort's facilitators leads in other running cohorts.
struct OutsideLoadRow {
    UserId user_id;
    int groups = 0;

    friend bool operator==(const OutsideLoadRow&, const OutsideLoadRow&) = default;
};

struct CohortSnapshot {
    CohortRow cohort;
    std::vector<SignupRow> signups;  ///< by user id; users with deleted_at are left out
    std::vector<GroupRow> groups;    ///< by group id; every status
    std::vector<std::vector<UserId>> together;
    std::vector<std::vector<UserId>> apart;
    std::vector<OutsideBookingRow> outside_bookings;  ///< by user id, then start
    std::vector<OutsideLoadRow> outside_loads;        ///< by user id

    friend bool operator==(const CohortSnapshot&, const CohortSnapshot&) = default;
};

}  // namespace convene
