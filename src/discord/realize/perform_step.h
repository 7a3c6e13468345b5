// src/discord/realize/perform_step.h: one step, announced in the journal before it is sent.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/realization_store.h"
#include "core/time/zone_table.h"
#include "discord/realize/discord_api.h"
#include "discord/realize/marker.h"
#include "discord/realize/step.h"

namespace convene::discord {

/// What a step asks of the run that it belongs to; it asks from its own thread.
struct RunSoFar {
    std::function<std::optional<std::string>(const OperationKey&)> id_of;  ///< of what exists by now
    std::function<bool(const std::string& user_id)> is_here;  ///< of those whom the plan put off asking for
    DiscordApi::ShouldStop stop;
};

/// Any number of threads may perform steps at once.
class StepPerformer {
public:
    /// \param reason  for Discord's audit log
    /// \param now     by Discord's clock
    StepPerformer(DiscordApi& api, RealizationStore& store, const ZoneTable& zones, const Clock& clock,
                  const MarkerSource& markers, std::string reason, const std::vector<JournalEntry>& journal,
                  Instant now);

    /// \returns the id of what was made; empty of a step that makes nothing. After an error the journal
    /// knows whether a create is in doubt or refused
    [[nodiscard]] tl::expected<std::string, RestError> perform(const Step& step, const RunSoFar& run);

private:
    using Performed = tl::expected<std::string, RestError>;

    Performed perform(const Step& step, const CreateChannel& create, const RunSoFar& run);
    Performed perform(const Step& step, const CreateEvent& create, const RunSoFar& run);
    Performed perform(const Step& step, const SendMessage& send, const RunSoFar& run);
    Performed perform(const Step& step, const Adopt& adopt, const RunSoFar& run);
    Performed perform(const Step& step, const GiveUp& vain, const RunSoFar& run);
    Performed perform(const Step& step, const Remember& remember, const RunSoFar& run);
    /// Everything that changes what exists.
    template <class Change>
    Performed perform(const Step& step, const Change& change, const RunSoFar& run);

    [[nodiscard]] JournalEntry begin(const Step& step, const std::string& applied);
    [[nodiscard]] Performed complete(const JournalEntry& entry, const std::string& id,
                                     const std::string& applied);
    [[nodiscard]] Performed failed(const JournalEntry& entry, const RestError& error);
    void record(const Step& step, const std::string& applied);
    void give_up(const Step& step, const std::string& note);
    [[nodiscard]] std::string reason_for(const JournalEntry& entry) const;

    DiscordApi& api_;
    RealizationStore& store_;
    const ZoneTable& zones_;
    const Clock& clock_;
    const MarkerSource& markers_;
    const std::string reason_;
    const Instant now_;
    std::map<OperationKey, JournalEntry> journal_;  // as it was when the run began
    std::mutex store_mutex_;                        // a store belongs to one thread at a time
};

}  // namespace convene::discord
