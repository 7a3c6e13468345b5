// tests/discord/support/model_server.h: a server as values, to carry plans out on without a request.
#pragma once
#include <set>
#include <string>
#include <utility>

#include "discord/realize/plan_steps.h"
#include "tests/support/memory_realization_store.h"
#include "tests/support/random_numbers.h"
#include "zones/iana_zones.h"

namespace convene::discord::test {

class ModelServer {
public:
    static constexpr const char* kGuild = "100000000000000001";
    static constexpr const char* kBot = "100000000000000002";

    /// A random cohort, a server on which parts of it stand, and a journal that knows of some and
    /// is in doubt of others; people have changed a thing or two by hand.
    explicit ModelServer(std::uint64_t seed);

    /// The plan once every question is answered and every doubt has been waited out.
    [[nodiscard]] StepPlan plan() const;

    /// As if every request went well. \returns what no step may do, empty when none did it
    std::string carry_out(const StepPlan& plan);

    /// Who sees which channel, `@everyone` included.
    [[nodiscard]] std::set<std::pair<std::string, std::string>> sights() const;
    /// Those whom the database puts into the channel's group.
    [[nodiscard]] std::set<std::pair<std::string, std::string>> allowed() const;
    [[nodiscard]] std::set<std::string> objects() const;

    convene::test::MemoryRealizationStore store;
    RealizationOptions options;

private:
    [[nodiscard]] std::string new_id();
    void invent_cohort();
    void invent_server();
    void interfere();
    JournalEntry journal(const OperationKey& key, const std::string& applied);
    void answer(const Questions& questions, ObservedServer& shown) const;
    [[nodiscard]] bool shown_to_bot(const Channel& channel) const;
    void create(const Step& step, const CreateChannel& action);
    std::string carry_out(const Step& step, const StepPlan& plan);
    [[nodiscard]] std::string id_of(const OperationKey& key, const StepPlan& plan) const;

    convene::test::RandomNumbers random_;
    ObservedServer all_;  ///< everything, seen by the bot or not
    std::map<std::string, std::vector<Message>> messages_;
    std::vector<AuditEntry> channel_log_;
    std::vector<AuditEntry> event_log_;
    bool audit_log_shown_ = true;
    bool people_later_ = false;
    Instant now_;
    std::uint64_t last_ms_;
    int next_marker_ = 0;
    std::map<OperationKey, std::string> made_;  ///< by the plan that is carried out
};

}  // namespace convene::discord::test
