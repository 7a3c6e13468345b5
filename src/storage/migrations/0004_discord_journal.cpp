// The journal of Discord operations. It refers to cohorts, groups and meetings
// without foreign keys: it must outlive them, for the channels do.
#include "storage/migrations/migrations.h"

namespace convene::storage {
namespace {

constexpr const char* kSql = R"(
CREATE TABLE convene_discord_operations (
    operation_id {key},
    object TEXT NOT NULL CHECK (object IN ('category', 'text_channel', 'voice_channel', 'event',
                                           'welcome_message', 'notice_message')),
    cohort_id {reference} NOT NULL,
    group_id {reference},
    meeting_id {reference},
    ordinal INTEGER NOT NULL,
    guild_id TEXT NOT NULL,
    marker TEXT NOT NULL,
    applied TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    begun_at {instant} NOT NULL,
    discord_id TEXT,
    given_up {boolean} NOT NULL,
    note TEXT NOT NULL
);
CREATE UNIQUE INDEX convene_discord_operations_once ON convene_discord_operations
    (cohort_id, object, coalesce(group_id, 0), coalesce(meeting_id, 0), ordinal);
)";

}  // namespace

void migrate_0004_discord_journal(Connection& connection, Report& report) {
    connection.script(in_dialect(connection.dialect(), kSql));
    report.push_back("created convene's journal of Discord operations");
}

}  // namespace convene::storage
