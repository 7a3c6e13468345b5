// The tables that the course platform and convene share. A database that has
// them already keeps its own; see create_or_complete().
#include "storage/schema/tables.h"

namespace convene::storage {

const std::vector<EnumType>& course_enums() {
    static const std::vector<EnumType> kEnums{
        {"cohort_status", {"active", "completed", "cancelled"}},
        {"cohort_role", {"participant", "facilitator"}},
        {"grouping_status", {"awaiting_grouping", "grouped", "ungroupable"}},
        {"group_status", {"forming", "active", "completed", "merged", "cancelled"}},
        {"group_user_role", {"participant", "facilitator"}},
        {"group_user_status", {"active", "dropped", "completed", "removed"}},
    };
    return kEnums;
}

const std::vector<Table>& course_tables() {
    static const std::vector<Table> kTables{
        {"users",
         {
             {"user_id", "{key}"},
             {"discord_id", "TEXT"},
             {"discord_username", "TEXT"},
             {"nickname", "TEXT"},
             {"email", "TEXT"},
             {"timezone", "TEXT"},
             {"availability_local", "TEXT"},
             {"if_needed_availability_local", "TEXT"},
             {"availability_utc", "TEXT"},
             {"if_needed_availability_utc", "TEXT"},
             {"created_at", "{instant}", "", "DEFAULT ({now})"},
             {"updated_at", "{instant}", "", "DEFAULT ({now})"},
             {"deleted_at", "{instant}"},
         },
         {"CREATE UNIQUE INDEX users_discord_id ON users (discord_id) WHERE deleted_at IS NULL",
          "CREATE INDEX users_email ON users (lower(email))"}},
        {"facilitators",
         {
             {"facilitator_id", "{key}"},
             {"user_id", "{reference}", "", "NOT NULL UNIQUE REFERENCES users (user_id) ON DELETE CASCADE"},
             {"max_active_groups", "INTEGER", "2"},
             {"certified_at", "{instant}"},
         },
         {}},
        {"courses",
         {
             {"course_id", "{key}"},
             {"course_name", "TEXT", "", "NOT NULL"},
             {"description", "TEXT"},
         },
         {}},
        {"cohorts",
         {
             {"cohort_id", "{key}"},
             {"cohort_name", "TEXT", "", "NOT NULL"},
             {"course_id", "{reference}", "", "NOT NULL REFERENCES courses (course_id)"},
             {"cohort_start_date", "{date}", "", "NOT NULL"},
             {"duration_days", "INTEGER", "", "NOT NULL"},
             {"status", "cohort_status", "'active'", "NOT NULL"},
             {"number_of_group_meetings", "INTEGER", "", "NOT NULL"},
             {"discord_category_id", "TEXT"},
         },
         {}},
        {"courses_users",
         {
             {"course_user_id", "{key}"},
             {"user_id", "{reference}", "", "NOT NULL REFERENCES users (user_id) ON DELETE CASCADE"},
             {"course_id", "{reference}", "", "REFERENCES courses (course_id)"},
             {"cohort_id", "{reference}", "", "REFERENCES cohorts (cohort_id) ON DELETE CASCADE"},
             {"cohort_role", "cohort_role", "'participant'", "NOT NULL"},
             {"grouping_status", "grouping_status", "'awaiting_grouping'", "NOT NULL"},
             {"grouping_attempt_count", "INTEGER", "0", "NOT NULL"},
             {"last_grouping_attempt_at", "{instant}"},
         },
         {"CREATE INDEX courses_users_cohort_id ON courses_users (cohort_id)",
          "CREATE INDEX courses_users_user_id ON courses_users (user_id)"}},
        {"groups",
         {
             {"group_id", "{key}"},
             {"group_name", "TEXT", "", "NOT NULL"},
             {"cohort_id", "{reference}", "", "NOT NULL REFERENCES cohorts (cohort_id) ON DELETE CASCADE"},
             {"discord_text_channel_id", "TEXT"},
             {"discord_voice_channel_id", "TEXT"},
             {"recurring_meeting_time_utc", "TEXT"},
             {"status", "group_status", "'forming'", "NOT NULL"},
             {"start_date", "{date}"},
             {"expected_end_date", "{date}"},
             {"created_at", "{instant}", "", "DEFAULT ({now})"},
             {"updated_at", "{instant}", "", "DEFAULT ({now})"},
         },
         {"CREATE INDEX groups_cohort_id ON groups (cohort_id)"}},
        {"groups_users",
         {
             {"group_user_id", "{key}"},
             {"user_id", "{reference}", "", "NOT NULL REFERENCES users (user_id) ON DELETE CASCADE"},
             {"group_id", "{reference}", "", "NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE"},
             {"role", "group_user_role", "'participant'", "NOT NULL"},
             {"status", "group_user_status", "'active'", "NOT NULL"},
             {"joined_at", "{instant}"},
             {"left_at", "{instant}"},
         },
         {"CREATE INDEX groups_users_group_id ON groups_users (group_id)",
          "CREATE INDEX groups_users_user_id ON groups_users (user_id)"}},
        {"meetings",
         {
             {"meeting_id", "{key}"},
             {"group_id", "{reference}", "", "NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE"},
             {"cohort_id", "{reference}", "", "REFERENCES cohorts (cohort_id) ON DELETE CASCADE"},
             {"course_id", "{reference}", "", "REFERENCES courses (course_id)"},
             {"scheduled_time_utc", "{instant}", "", "NOT NULL"},
             {"was_rescheduled", "{boolean}", "{no}", "NOT NULL"},
             {"discord_event_id", "TEXT"},
             {"discord_voice_channel_id", "TEXT"},
         },
         {"CREATE INDEX meetings_group_id ON meetings (group_id)"}},
    };
    return kTables;
}

}  // namespace convene::storage
