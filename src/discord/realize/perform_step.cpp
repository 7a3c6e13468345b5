#include "discord/realize/perform_step.h"

#include <fmt/format.h>

#include "discord/realize/change_on_discord.h"
#include "discord/realize/welcome_message.h"

namespace convene::discord {

StepPerformer::StepPerformer(DiscordApi& api, RealizationStore& store, const ZoneTable& zones,
                             const Clock& clock, const MarkerSource& markers, std::string reason,
                             const std::vector<JournalEntry>& journal, Instant now)
    : api_(api),
      store_(store),
      zones_(zones),
      clock_(clock),
      markers_(markers),
      reason_(std::move(reason)),
      now_(now) {
    for (const JournalEntry& entry : journal) journal_[entry.key] = entry;
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const RunSoFar& run) {
    return std::visit([&](const auto& action) { return perform(step, action, run); }, step.action);
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const CreateChannel& create,
                                                const RunSoFar& run) {
    NewChannel channel;
    channel.name = create.name;
    channel.type = create.type;
    if (create.parent) channel.parent_id = run.id_of(*create.parent).value();
    channel.overwrites = create.overwrites;
    for (const Grant& grant : create.if_here) {
        if (run.is_here(grant.overwrite.id)) channel.overwrites.push_back(grant.overwrite);
    }
    channel.position = create.position;
    ChannelApplied applied{create.name, "", {}, create.position};
    for (const Overwrite& overwrite : channel.overwrites) {
        if (overwrite.type == Overwrite::Type::member) applied.members.push_back(overwrite.id);
    }
    const JournalEntry entry = begin(step, to_json(applied));
    if (create.type == ChannelType::text) channel.topic = create.topic + " " + in_brackets(entry.marker);
    const auto made = api_.create_channel(channel, reason_for(entry), run.stop);
    if (!made) return failed(entry, made.error());
    applied.stored = made->name;
    return complete(entry, made->id, to_json(applied));
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const CreateEvent& create,
                                                const RunSoFar& run) {
    const JournalEntry entry = begin(step, to_json(EventApplied{create.name, create.start, create.end}));
    const NewEvent event{run.id_of(create.voice).value(), create.name,
                         create.description + "\n" + in_brackets(entry.marker), create.start, create.end};
    const auto made = api_.create_event(event, reason_for(entry), run.stop);
    if (!made) return failed(entry, made.error());
    return complete(entry, made->id, entry.applied);
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const SendMessage& send,
                                                const RunSoFar& run) {
    MessageApplied applied = send.applied;
    for (const std::string& user : send.if_here) {
        if (run.is_here(user)) applied.users.push_back(user);
    }
    const JournalEntry entry = begin(step, to_json(applied));
    GroupWelcomeData data = send.data;
    if (send.first_event) {
        if (const auto event = run.id_of(*send.first_event))
            data.first_event_url = fmt::format("https://discord.com/events/{}/{}", api_.guild_id(), *event);
    }
    NewMessage message;
    switch (send.kind) {
        case SendMessage::Kind::welcome:
            message = format_welcome(data, send.part, zones_, entry.marker);
            break;
        case SendMessage::Kind::newcomers:
            message = format_newcomers(data, send.newcomers, entry.marker);
            break;
        case SendMessage::Kind::new_times:
            message = format_new_times(data, send.part, send.told, now_, entry.marker);
            break;
    }
    const auto made = api_.send_message(run.id_of(send.channel).value(), message, run.stop);
    if (!made) return failed(entry, made.error());
    return complete(entry, made->id, entry.applied);
}

template <class Change>
StepPerformer::Performed StepPerformer::perform(const Step& step, const Change& change, const RunSoFar& run) {
    const ChangeContext on{api_, [&run](const OperationKey& key) { return run.id_of(key).value(); }, reason_,
                           run.stop};
    const ChangeResult changed = change_on_discord(on, step, change);
    if (!changed) return tl::unexpected(changed.error());
    if (changed->applied) record(step, *changed->applied);
    if (changed->given_up) give_up(step, *changed->given_up);
    return {};
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const Adopt& adopt, const RunSoFar&) {
    const JournalEntry& known = journal_.at(step.key);
    const std::lock_guard lock(store_mutex_);
    store_.complete_operation(known.operation_id, adopt.discord_id, adopt.applied);
    if (known.given_up) store_.give_up_operation(known.operation_id, false, "");
    return {};
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const GiveUp& vain, const RunSoFar&) {
    give_up(step, vain.note);
    return {};
}

StepPerformer::Performed StepPerformer::perform(const Step& step, const Remember& remember, const RunSoFar&) {
    record(step, remember.applied);
    return {};
}

/// With the mark, by which the audit log proves what was made.
std::string StepPerformer::reason_for(const JournalEntry& entry) const {
    return reason_ + " " + in_brackets(entry.marker);
}

JournalEntry StepPerformer::begin(const Step& step, const std::string& applied) {
    JournalEntry intent;
    intent.key = step.key;
    intent.guild_id = api_.guild_id();
    intent.applied = applied;
    intent.begun_at = clock_.now();
    const auto known = journal_.find(step.key);
    // The mark of a thing that once existed is not used again.
    const bool same = known != journal_.end() && !known->second.marker.empty() && !known->second.discord_id &&
                      !known->second.given_up && known->second.guild_id == intent.guild_id;
    const std::lock_guard lock(store_mutex_);
    intent.marker = same ? known->second.marker : markers_();
    return store_.begin_operation(intent);
}

StepPerformer::Performed StepPerformer::complete(const JournalEntry& entry, const std::string& id,
                                                 const std::string& applied) {
    const std::lock_guard lock(store_mutex_);
    store_.complete_operation(entry.operation_id, id, applied);
    return id;
}

/// Of a create: what Discord certainly did not make is not in doubt.
StepPerformer::Performed StepPerformer::failed(const JournalEntry& entry, const RestError& error) {
    if (error.kind != RestError::Kind::unknown_outcome) {
        const std::lock_guard lock(store_mutex_);
        store_.refuse_operation(entry.operation_id, error.message);
    }
    return tl::unexpected(error);
}

/// Objects that no journal entry stands for (another program's) are compared with Discord each time.
void StepPerformer::record(const Step& step, const std::string& applied) {
    const auto known = journal_.find(step.key);
    if (known == journal_.end()) return;
    const std::lock_guard lock(store_mutex_);
    store_.record_applied(known->second.operation_id, applied);
}

void StepPerformer::give_up(const Step& step, const std::string& note) {
    const auto known = journal_.find(step.key);
    if (known == journal_.end()) return;
    const std::lock_guard lock(store_mutex_);
    store_.give_up_operation(known->second.operation_id, true, note);
}

}  // namespace convene::discord
