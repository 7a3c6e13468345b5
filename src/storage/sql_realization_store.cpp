#include "storage/sql_realization_store.h"

#include "app/failure.h"
#include "storage/queries.h"
#include "storage/words.h"

namespace convene::storage {
namespace {

const std::vector<std::string>& journal_columns() {
    static const std::vector<std::string> kColumns{
        "operation_id", "object",  "cohort_id", "group_id", "meeting_id", "ordinal",  "guild_id",
        "marker",       "applied", "attempts",  "begun_at", "discord_id", "given_up", "note"};
    return kColumns;
}

JournalEntry read_entry(const Row& row) {
    JournalEntry entry;
    entry.operation_id = row.integer("operation_id");
    entry.key.object = read_word<DiscordObject>(row, "object");
    entry.key.cohort_id = row.id<CohortId>("cohort_id");
    if (!row.is_null("group_id")) entry.key.group_id = row.id<GroupId>("group_id");
    if (!row.is_null("meeting_id")) entry.key.meeting_id = row.id<MeetingId>("meeting_id");
    entry.key.ordinal = row.small("ordinal");
    entry.guild_id = row.text("guild_id");
    entry.marker = row.text("marker");
    entry.applied = row.text("applied");
    entry.attempts = row.small("attempts");
    entry.begun_at = row.instant("begun_at");
    entry.discord_id = row.optional_text("discord_id");
    entry.given_up = row.boolean_or("given_up", false);
    entry.note = row.text("note");
    return entry;
}

JournalEntry select_entry(Connection& connection, const std::string& operation, std::int64_t operation_id) {
    const Rows rows = connection.select(journal_columns(),
                                        "FROM convene_discord_operations WHERE operation_id = :operation",
                                        {{"operation", operation_id}});
    if (rows.empty()) {
        throw StoreFailure(operation, "the journal has no operation " + std::to_string(operation_id),
                           Retry::useless);
    }
    return read_entry(rows.front());
}

/// The columns of the platform's tables that name what was made.
void write_discord_id(Connection& connection, const OperationKey& key, const std::string& discord_id) {
    switch (key.object) {
        case DiscordObject::category:
            if (key.ordinal != 0) return;
            connection.execute("UPDATE cohorts SET discord_category_id = :id WHERE cohort_id = :cohort",
                               {{"id", discord_id}, {"cohort", key.cohort_id}});
            return;
        case DiscordObject::text_channel:
            connection.execute("UPDATE groups SET discord_text_channel_id = :id WHERE group_id = :group",
                               {{"id", discord_id}, {"group", key.group_id}});
            return;
        case DiscordObject::voice_channel:
            connection.execute("UPDATE groups SET discord_voice_channel_id = :id WHERE group_id = :group",
                               {{"id", discord_id}, {"group", key.group_id}});
            return;
        case DiscordObject::event:
            connection.execute(
                "UPDATE meetings SET discord_event_id = :id, discord_voice_channel_id = coalesce("
                "(SELECT g.discord_voice_channel_id FROM groups g WHERE g.group_id = meetings.group_id), "
                "discord_voice_channel_id) WHERE meeting_id = :meeting",
                {{"id", discord_id}, {"meeting", key.meeting_id}});
            return;
        case DiscordObject::welcome_message:
        case DiscordObject::notice_message:
            return;
    }
}

}  // namespace

std::optional<CohortRealization> SqlRealizationStore::get_cohort_groups_for_realization(CohortId cohort) {
    std::optional<CohortRealization> realization;
    transactor_.run("get_cohort_groups_for_realization", TransactionMode::read,
                    [&](Connection& connection) { realization = select_realization(connection, cohort); });
    return realization;
}

std::vector<JournalEntry> SqlRealizationStore::load_journal(CohortId cohort) {
    std::vector<JournalEntry> entries;
    transactor_.run("load_journal", TransactionMode::read, [&](Connection& connection) {
        entries.clear();
        for (const Row& row : connection.select(
                 journal_columns(),
                 "FROM convene_discord_operations WHERE cohort_id = :cohort ORDER BY operation_id",
                 {{"cohort", cohort}})) {
            entries.push_back(read_entry(row));
        }
    });
    return entries;
}

std::vector<std::string> SqlRealizationStore::list_foreign_discord_ids(CohortId cohort) {
    std::vector<std::string> ids;
    transactor_.run("list_foreign_discord_ids", TransactionMode::read, [&](Connection& connection) {
        ids.clear();
        const Rows rows = connection.select(
            {"id"},
            "FROM (SELECT discord_id AS id FROM convene_discord_operations WHERE cohort_id <> :cohort "
            "UNION SELECT discord_category_id FROM cohorts WHERE cohort_id <> :cohort "
            "UNION SELECT discord_text_channel_id FROM groups WHERE cohort_id <> :cohort "
            "UNION SELECT discord_voice_channel_id FROM groups WHERE cohort_id <> :cohort "
            "UNION SELECT m.discord_event_id FROM meetings m JOIN groups g ON g.group_id = m.group_id "
            "WHERE g.cohort_id <> :cohort) ids WHERE id IS NOT NULL AND id <> '' ORDER BY id",
            {{"cohort", cohort}});
        for (const Row& row : rows) ids.push_back(row.text("id"));
    });
    return ids;
}

JournalEntry SqlRealizationStore::begin_operation(const JournalEntry& intent) {
    JournalEntry stored;
    transactor_.run("begin_operation", TransactionMode::write, [&](Connection& connection) {
        const std::int64_t id = connection.insert(
            "INSERT INTO convene_discord_operations (object, cohort_id, group_id, meeting_id, ordinal, "
            "guild_id, "
            "marker, applied, attempts, begun_at, given_up, note) "
            "VALUES (:object, :cohort, :group, :meeting, :ordinal, :guild, :marker, :applied, 1, :begun, "
            ":given_up, '') "
            "ON CONFLICT (cohort_id, object, coalesce(group_id, 0), coalesce(meeting_id, 0), ordinal) "
            "DO UPDATE SET attempts = convene_discord_operations.attempts + 1, guild_id = excluded.guild_id, "
            "marker = excluded.marker, applied = excluded.applied, begun_at = excluded.begun_at, "
            "discord_id = NULL, given_up = excluded.given_up, note = excluded.note RETURNING operation_id",
            {{"object", word_of(intent.key.object)},
             {"cohort", intent.key.cohort_id},
             {"group", intent.key.group_id},
             {"meeting", intent.key.meeting_id},
             {"ordinal", intent.key.ordinal},
             {"guild", intent.guild_id},
             {"marker", intent.marker},
             {"applied", intent.applied},
             {"begun", intent.begun_at},
             {"given_up", false}});
        stored = select_entry(connection, "begin_operation", id);
    });
    return stored;
}

void SqlRealizationStore::complete_operation(std::int64_t operation_id, const std::string& discord_id,
                                             const std::string& applied) {
    transactor_.run("complete_operation", TransactionMode::write, [&](Connection& connection) {
        const JournalEntry entry = select_entry(connection, "complete_operation", operation_id);
        connection.execute(
            "UPDATE convene_discord_operations SET discord_id = :id, applied = :applied "
            "WHERE operation_id = :operation",
            {{"id", discord_id}, {"applied", applied}, {"operation", operation_id}});
        write_discord_id(connection, entry.key, discord_id);
    });
}

void SqlRealizationStore::refuse_operation(std::int64_t operation_id, const std::string& note) {
    change_one(
        "refuse_operation", "operation " + std::to_string(operation_id),
        "UPDATE convene_discord_operations SET attempts = 0, note = :note WHERE operation_id = :operation",
        {{"note", note}, {"operation", operation_id}});
}

void SqlRealizationStore::record_applied(std::int64_t operation_id, const std::string& applied) {
    change_one("record_applied", "operation " + std::to_string(operation_id),
               "UPDATE convene_discord_operations SET applied = :applied WHERE operation_id = :operation",
               {{"applied", applied}, {"operation", operation_id}});
}

void SqlRealizationStore::give_up_operation(std::int64_t operation_id, bool given_up,
                                            const std::string& note) {
    change_one("give_up_operation", "operation " + std::to_string(operation_id),
               "UPDATE convene_discord_operations SET given_up = :given_up, note = :note "
               "WHERE operation_id = :operation",
               {{"given_up", given_up}, {"note", note}, {"operation", operation_id}});
}

void SqlRealizationStore::save_discord_channel_ids(GroupId group, const std::string& text_channel_id,
                                                   const std::string& voice_channel_id) {
    change_one("save_discord_channel_ids", "group " + std::to_string(group.value),
               "UPDATE groups SET discord_text_channel_id = :text, discord_voice_channel_id = :voice "
               "WHERE group_id = :group",
               {{"text", text_channel_id}, {"voice", voice_channel_id}, {"group", group}});
}

void SqlRealizationStore::save_cohort_category_id(CohortId cohort, const std::string& category_id) {
    change_one("save_cohort_category_id", "cohort " + std::to_string(cohort.value),
               "UPDATE cohorts SET discord_category_id = :category WHERE cohort_id = :cohort",
               {{"category", category_id}, {"cohort", cohort}});
}

void SqlRealizationStore::change_one(const std::string& operation, const std::string& what,
                                     const std::string& sql, const Params& params) {
    transactor_.run(operation, TransactionMode::write, [&](Connection& connection) {
        if (connection.execute(sql, params) == 0) {
            throw StoreFailure(operation, "there is no " + what, Retry::useless);
        }
    });
}

}  // namespace convene::storage
