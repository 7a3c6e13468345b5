// tests/support/memory_realization_store.h: a RealizationStore in memory that can die at any write.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/ports/realization_store.h"

namespace convene::test {

class MemoryRealizationStore : public RealizationStore {
public:
    CohortRealization cohort;
    std::vector<JournalEntry> journal;
    std::vector<std::string> foreign_ids;
    /// Called before (false) and after (true) each write; what it throws flies through.
    std::function<void(bool after)> at_write;

    std::optional<CohortRealization> get_cohort_groups_for_realization(CohortId id) override;
    std::vector<JournalEntry> load_journal(CohortId id) override;
    std::vector<std::string> list_foreign_discord_ids(CohortId id) override;
    JournalEntry begin_operation(const JournalEntry& intent) override;
    void complete_operation(std::int64_t operation_id, const std::string& discord_id,
                            const std::string& applied) override;
    void refuse_operation(std::int64_t operation_id, const std::string& note) override;
    void record_applied(std::int64_t operation_id, const std::string& applied) override;
    void give_up_operation(std::int64_t operation_id, bool given_up, const std::string& note) override;
    void save_discord_channel_ids(GroupId group, const std::string& text_channel_id,
                                  const std::string& voice_channel_id) override;
    void save_cohort_category_id(CohortId id, const std::string& category_id) override;

private:
    JournalEntry& at(std::int64_t operation_id) {
        return journal.at(static_cast<std::size_t>(operation_id - 1));
    }
    void write(const std::function<void()>& change);
};

}  // namespace convene::test
