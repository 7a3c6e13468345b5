#include "tests/support/memory_realization_store.h"

#include <algorithm>

namespace convene::test {

void MemoryRealizationStore::write(const std::function<void()>& change) {
    if (at_write) at_write(false);
    change();
    if (at_write) at_write(true);
}

std::optional<CohortRealization> MemoryRealizationStore::get_cohort_groups_for_realization(CohortId id) {
    if (id != cohort.cohort_id) return std::nullopt;
    return cohort;
}

std::vector<JournalEntry> MemoryRealizationStore::load_journal(CohortId) {
    return journal;
}

std::vector<std::string> MemoryRealizationStore::list_foreign_discord_ids(CohortId) {
    return foreign_ids;
}

JournalEntry MemoryRealizationStore::begin_operation(const JournalEntry& intent) {
    std::int64_t id = 0;
    write([&] {
        auto known = std::find_if(journal.begin(), journal.end(),
                                  [&](const JournalEntry& entry) { return entry.key == intent.key; });
        const bool fresh = known == journal.end();
        if (fresh) {
            journal.push_back(intent);
            known = std::prev(journal.end());
            known->operation_id = static_cast<std::int64_t>(journal.size());
            known->attempts = 0;
        }
        ++known->attempts;
        known->guild_id = intent.guild_id;
        known->marker = intent.marker;
        known->applied = intent.applied;
        known->begun_at = intent.begun_at;
        known->discord_id.reset();
        known->given_up = false;
        known->note.clear();
        id = known->operation_id;
    });
    return at(id);
}

void MemoryRealizationStore::complete_operation(std::int64_t operation_id, const std::string& discord_id,
                                                const std::string& applied) {
    write([&] {
        JournalEntry& entry = at(operation_id);
        entry.discord_id = discord_id;
        entry.applied = applied;
        if (entry.key.object == DiscordObject::category && entry.key.ordinal == 0) {
            cohort.discord_category_id = discord_id;
        }
        for (RealizationGroup& group : cohort.groups) {
            if (group.group_id != entry.key.group_id) continue;
            if (entry.key.object == DiscordObject::text_channel) group.discord_text_channel_id = discord_id;
            if (entry.key.object == DiscordObject::voice_channel) group.discord_voice_channel_id = discord_id;
            for (RealizationMeeting& meeting : group.meetings) {
                if (meeting.meeting_id == entry.key.meeting_id) meeting.discord_event_id = discord_id;
            }
        }
    });
}

void MemoryRealizationStore::refuse_operation(std::int64_t operation_id, const std::string& note) {
    write([&] {
        at(operation_id).attempts = 0;
        at(operation_id).note = note;
    });
}

void MemoryRealizationStore::record_applied(std::int64_t operation_id, const std::string& applied) {
    write([&] { at(operation_id).applied = applied; });
}

void MemoryRealizationStore::give_up_operation(std::int64_t operation_id, bool given_up,
                                               const std::string& note) {
    write([&] {
        at(operation_id).given_up = given_up;
        at(operation_id).note = note;
    });
}

void MemoryRealizationStore::save_discord_channel_ids(GroupId id, const std::string& text_channel_id,
                                                      const std::string& voice_channel_id) {
    write([&] {
        for (RealizationGroup& group : cohort.groups) {
            if (group.group_id != id) continue;
            group.discord_text_channel_id = text_channel_id;
            group.discord_voice_channel_id = voice_channel_id;
        }
    });
}

void MemoryRealizationStore::save_cohort_category_id(CohortId, const std::string& category_id) {
    write([&] { cohort.discord_category_id = category_id; });
}

}  // namespace convene::test
