// src/storage/sql_realization_store.h: the RealizationStore port over SQL.
#pragma once
#include "app/ports/realization_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/transactor.h"

namespace convene::storage {

class SqlRealizationStore : public RealizationStore {
public:
    explicit SqlRealizationStore(Connection& connection) : transactor_(connection) {}

    std::optional<CohortRealization> get_cohort_groups_for_realization(CohortId cohort) override;
    std::vector<JournalEntry> load_journal(CohortId cohort) override;
    std::vector<std::string> list_foreign_discord_ids(CohortId cohort) override;
    JournalEntry begin_operation(const JournalEntry& intent) override;
    void complete_operation(std::int64_t operation_id, const std::string& discord_id,
                            const std::string& applied) override;
    void refuse_operation(std::int64_t operation_id, const std::string& note) override;
    void record_applied(std::int64_t operation_id, const std::string& applied) override;
    void give_up_operation(std::int64_t operation_id, bool given_up, const std::string& note) override;
    void save_discord_channel_ids(GroupId group, const std::string& text_channel_id,
                                  const std::string& voice_channel_id) override;
    void save_cohort_category_id(CohortId cohort, const std::string& category_id) override;

private:
    /// A statement that must change exactly the row that `what` names.
    void change_one(const std::string& operation, const std::string& what, const std::string& sql,
                    const Params& params);

    Transactor transactor_;
};

}  // namespace convene::storage
