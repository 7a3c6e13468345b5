// src/app/ids.h: database keys, one type each, so that they cannot be mixed up.
#pragma once
#include <compare>
#include <cstdint>

namespace convene {

template <class Tag>
struct Id {
    std::int64_t value = 0;
    friend auto operator<=>(const Id&, const Id&) = default;
};

using CourseId = Id<struct CourseTag>;
using CohortId = Id<struct CohortTag>;
using UserId = Id<struct UserTag>;
using SignupId = Id<struct SignupTag>;  ///< courses_users.course_user_id
using GroupId = Id<struct GroupTag>;
using MeetingId = Id<struct MeetingTag>;
using RunId = Id<struct RunTag>;    ///< convene_runs
using EditId = Id<struct EditTag>;  ///< convene_edits

}  // namespace convene
