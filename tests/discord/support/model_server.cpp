#include "tests/discord/support/model_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "discord/realize/access.h"
#include "discord/realize/marker.h"
#include "discord/wire/guild_permissions.h"
#include "discord/wire/snowflake.h"
#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {
namespace {

using namespace permission;

const Instant kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 10} + std::chrono::hours(12);
const Instant kFirst = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + std::chrono::hours(15);

}  // namespace

ModelServer::ModelServer(std::uint64_t seed)
    : random_(seed),
      now_(kNow),
      last_ms_(static_cast<std::uint64_t>(
                   std::chrono::milliseconds((kFirst - std::chrono::hours(1)).time_since_epoch()).count()) -
               1420070400000ULL) {
    all_.guild.id = kGuild;
    all_.guild.owner_id = "5";
    all_.guild.roles = {{kGuild, "@everyone", kViewChannel}, {"7", "bot", 17601047645328ULL}};
    all_.bot = {kBot, {"7"}};
    options.restore = random_.one_in(4);
    people_later_ = random_.one_in(2);
    audit_log_shown_ = !random_.one_in(4);
    invent_cohort();
    invent_server();
    interfere();
}

std::string ModelServer::new_id() {
    return std::to_string(++last_ms_ << 22U);
}

void ModelServer::invent_cohort() {
    store.cohort = small_cohort(random_.between(1, 4), random_.between(0, 4), kFirst);
    for (RealizationGroup& group : store.cohort.groups) {
        for (int i = random_.between(0, 3); i > 0; --i) {
            group.members.push_back({UserId{100 + i}, fmt::format("{}", 9000 + 10 * group.group_id.value + i),
                                     fmt::format("Late {}", i), Role::participant, "Europe/London"});
        }
        if (random_.one_in(4)) group.members.back().discord_id.reset();
        if (random_.one_in(3)) {
            group.former_members.push_back(group.members.back());
            group.members.pop_back();
        }
        for (const RealizationMember& member : group.members) {
            if (member.discord_id) all_.on_server[*member.discord_id] = !random_.one_in(5);
        }
    }
}

/// Each object stands, is in doubt (there or not), or has not been begun.
void ModelServer::invent_server() {
    ModelServer* self = this;
    const auto chance = [self] { return !self->random_.one_in(3); };
    if (!chance()) return;
    const auto stand = [&](const Step& step) {
        const bool exists = chance();
        const bool known = exists && chance();
        if (!exists && chance()) return;
        if (exists) {
            const StepPlan nothing;
            (void)carry_out(step, nothing);
            if (known) return;
        } else {
            journal(step.key, to_json(ChannelApplied{}));
        }
        // The reply was lost: the journal has no id, and no column has.
        for (JournalEntry& entry : store.journal) {
            if (entry.key != step.key) continue;
            entry.discord_id.reset();
            entry.attempts = 1;
            if (step.key.object == DiscordObject::category) store.cohort.discord_category_id.reset();
            for (RealizationGroup& group : store.cohort.groups) {
                if (group.group_id != step.key.group_id) continue;
                if (step.key.object == DiscordObject::text_channel) group.discord_text_channel_id.reset();
                if (step.key.object == DiscordObject::voice_channel) group.discord_voice_channel_id.reset();
                for (RealizationMeeting& meeting : group.meetings) {
                    if (meeting.meeting_id == step.key.meeting_id) meeting.discord_event_id.reset();
                }
            }
        }
    };
    // The planner itself says how things are made; some of its first steps have been carried out.
    const StepPlan whole = plan();
    std::size_t steps = random_.index(whole.steps.size() + 1);
    for (const Step& step : whole.steps) {
        if (steps-- == 0) break;
        const bool possible = std::all_of(step.needs.begin(), step.needs.end(), [&](const OperationKey& key) {
            return !id_of(key, whole).empty();
        });
        if (possible && !journal_only(step)) stand(step);
    }
    made_.clear();
}

void ModelServer::interfere() {
    for (auto channel = all_.channels.begin(); channel != all_.channels.end();) {
        Channel& it = channel->second;
        if (random_.one_in(8)) it.name = "by hand " + it.id;
        if (random_.one_in(8)) it.overwrites.push_back({"77", Overwrite::Type::member, kViewChannel, 0});
        if (random_.one_in(12)) {
            it.overwrites.erase(std::remove_if(it.overwrites.begin(), it.overwrites.end(),
                                               [](const Overwrite& held) { return held.id == kBot; }),
                                it.overwrites.end());
        }
        if (random_.one_in(12) && it.type != ChannelType::category) {
            std::erase_if(all_.events, [&](const auto& event) { return event.second.channel_id == it.id; });
            channel = all_.channels.erase(channel);
        } else {
            ++channel;
        }
    }
    for (auto event = all_.events.begin(); event != all_.events.end();) {
        if (random_.one_in(8)) event->second.start += std::chrono::hours(1);
        event = random_.one_in(12) ? all_.events.erase(event) : std::next(event);
    }
    for (int i = random_.between(0, 100); i > 0; --i) {
        const std::string id = new_id();
        ScheduledEvent event;
        event.id = id;
        event.creator_id = "5";
        event.name = "theirs";
        event.start = now_ + std::chrono::days(1);
        all_.events[id] = event;
    }
    const std::string id = new_id();
    all_.channels[id] = {id, ChannelType::text, "general", std::nullopt, "", {}};
    for (RealizationGroup& group : store.cohort.groups) {
        if (random_.one_in(6)) group.group_name += " renamed";
        if (random_.one_in(6) && !group.meetings.empty())
            group.meetings.back().scheduled_time += std::chrono::hours(2);
    }
}

bool ModelServer::shown_to_bot(const Channel& channel) const {
    return (channel_permissions(all_.guild, all_.bot, channel) & kViewChannel) != 0;
}

void ModelServer::answer(const Questions& questions, ObservedServer& shown) const {
    for (const std::string& user : questions.members) {
        const auto there = all_.on_server.find(user);
        shown.on_server[user] = there != all_.on_server.end() && there->second;
    }
    for (const std::string& id : questions.channels)
        shown.missing[id] = all_.channels.contains(id) ? Fate::hidden : Fate::gone;
    for (const std::string& id : questions.events)
        shown.missing[id] = all_.events.contains(id) ? Fate::hidden : Fate::gone;
    const auto sent = [&](const std::string& channel) {
        const auto found = messages_.find(channel);
        return found == messages_.end() ? std::vector<Message>{} : found->second;
    };
    for (const auto& [channel, id] : questions.messages) {
        const auto all = sent(channel);
        const bool there = std::any_of(all.begin(), all.end(), [&, &wanted = id](const Message& message) {
            return message.id == wanted;
        });
        if (there) {
            shown.seen_messages.insert(id);
        } else {
            shown.missing[id] = Fate::gone;
        }
    }
    for (const auto& page : questions.message_pages) shown.messages[page] = sent(page.first);
    for (const auto& [action, since] : questions.audit_log) {
        const auto& log = action == AuditEntry::Action::event_create ? event_log_ : channel_log_;
        shown.audit_log[action] = audit_log_shown_ ? log : std::vector<AuditEntry>{};
    }
}

StepPlan ModelServer::plan() const {
    static const zones::IanaZones table;
    PlanInput input;
    input.cohort = store.cohort;
    input.journal = store.journal;
    input.options = options;
    input.zones = &table;
    input.now = now_;
    input.people_later = people_later_;
    input.settled_until = Instant::max();
    input.server.guild = all_.guild;
    input.server.bot = all_.bot;
    for (const auto& [id, channel] : all_.channels) {
        if (shown_to_bot(channel)) input.server.channels[id] = channel;
    }
    for (const auto& [id, event] : all_.events) {
        const auto channel = event.channel_id ? all_.channels.find(*event.channel_id) : all_.channels.end();
        if (channel == all_.channels.end() || shown_to_bot(channel->second)) input.server.events[id] = event;
    }
    for (int round = 0; round < 8; ++round) {
        StepPlan plan = plan_steps(input);
        if (plan.questions.empty()) return plan;
        answer(plan.questions, input.server);
    }
    throw std::logic_error("the planner asks without end");
}

JournalEntry ModelServer::journal(const OperationKey& key, const std::string& applied) {
    JournalEntry intent;
    intent.key = key;
    intent.guild_id = kGuild;
    intent.applied = applied;
    intent.begun_at = kFirst - std::chrono::hours(1);
    intent.marker = fmt::format("ref:{:016}", ++next_marker_);
    return store.begin_operation(intent);
}

std::string ModelServer::id_of(const OperationKey& key, const StepPlan& plan) const {
    if (const auto made = made_.find(key); made != made_.end()) return made->second;
    const auto known = plan.ids.find(key);
    return known == plan.ids.end() ? "" : known->second;
}

std::string ModelServer::carry_out(const StepPlan& plan) {
    made_.clear();
    for (const Step& step : plan.steps) {
        const bool possible = std::all_of(step.needs.begin(), step.needs.end(),
                                          [&](const OperationKey& key) { return !id_of(key, plan).empty(); });
        if (!possible) return one_line_of(describe(step)) + ": what it needs was not planned before it";
        const std::string fault = carry_out(step, plan);
        if (!fault.empty()) return one_line_of(describe(step)) + ": " + fault;
    }
    return {};
}

std::string ModelServer::carry_out(const Step& step, const StepPlan& plan) {
    const auto entry_of = [&](const OperationKey& key) -> JournalEntry* {
        for (JournalEntry& entry : store.journal) {
            if (entry.key == key) return &entry;
        }
        return nullptr;
    };
    const auto complete = [&](const JournalEntry& entry, const std::string& id, const std::string& applied) {
        store.complete_operation(entry.operation_id, id, applied);
        made_[step.key] = id;
    };
    const auto record = [&](const std::string& applied) {
        if (const JournalEntry* entry = entry_of(step.key))
            store.record_applied(entry->operation_id, applied);
    };
    if (const auto* action = std::get_if<CreateChannel>(&step.action)) {
        create(step, *action);
    } else if (const auto* event = std::get_if<CreateEvent>(&step.action)) {
        const std::string applied = to_json(EventApplied{event->name, event->start, event->end});
        const JournalEntry entry = journal(step.key, applied);
        const std::string id = new_id();
        all_.events[id] = {id,
                           id_of(event->voice, plan),
                           kBot,
                           event->name,
                           event->description + "\n" + in_brackets(entry.marker),
                           event->start,
                           event->end,
                           ScheduledEvent::Status::scheduled};
        event_log_.push_back({new_id(), id, in_brackets(entry.marker)});
        complete(entry, id, applied);
    } else if (const auto* send = std::get_if<SendMessage>(&step.action)) {
        MessageApplied applied = send->applied;
        for (const std::string& user : send->if_here) {
            if (all_.on_server.at(user)) applied.users.push_back(user);
        }
        const JournalEntry entry = journal(step.key, to_json(applied));
        const std::string id = new_id();
        messages_[id_of(send->channel, plan)].push_back({id, kBot, in_brackets(entry.marker)});
        complete(entry, id, entry.applied);
    } else if (const auto* grant = std::get_if<Grant>(&step.action)) {
        Channel& channel = all_.channels.at(id_of(step.key, plan));
        const Overwrite* held = channel.overwrite(grant->overwrite.id);
        if (held != nullptr && *held == grant->overwrite) return "they had it";
        std::erase_if(channel.overwrites,
                      [&](const Overwrite& each) { return each.id == grant->overwrite.id; });
        channel.overwrites.push_back(grant->overwrite);
    } else if (const auto* withdraw = std::get_if<Withdraw>(&step.action)) {
        Channel& channel = all_.channels.at(id_of(step.key, plan));
        if (channel.overwrite(withdraw->user_id) == nullptr) return "they had none";
        std::erase_if(channel.overwrites,
                      [&](const Overwrite& held) { return held.id == withdraw->user_id; });
    } else if (const auto* change = std::get_if<ChangeEvent>(&step.action)) {
        ScheduledEvent& it = all_.events.at(id_of(step.key, plan));
        if (change->change.name) it.name = *change->change.name;
        if (change->change.start) it.start = *change->change.start;
        if (change->change.end) it.end = change->change.end;
        if (change->change.channel_id) it.channel_id = change->change.channel_id;
        record(to_json(change->applied));
    } else if (const auto* channel_change = std::get_if<ChangeChannel>(&step.action)) {
        Channel& channel = all_.channels.at(id_of(step.key, plan));
        ChannelApplied applied = channel_change->applied;
        if (channel_change->new_name) applied.stored = channel.name = *channel_change->new_name;
        if (channel_change->parent) channel.parent_id = id_of(*channel_change->parent, plan);
        if (channel_change->overwrites) channel.overwrites = *channel_change->overwrites;
        record(to_json(applied));
    } else if (const auto* order = std::get_if<OrderChannels>(&step.action)) {
        for (const auto& [key, position] : order->positions)
            all_.channels.at(id_of(key, plan)).position = position;
    } else if (std::holds_alternative<DeleteChannel>(step.action)) {
        const std::string id = id_of(step.key, plan);
        all_.channels.erase(id);
        std::erase_if(all_.events, [&](const auto& entry) { return entry.second.channel_id == id; });
        if (const JournalEntry* entry = entry_of(step.key))
            store.give_up_operation(entry->operation_id, true, "deleted");
    } else if (std::holds_alternative<DeleteEvent>(step.action)) {
        all_.events.erase(id_of(step.key, plan));
        if (const JournalEntry* entry = entry_of(step.key))
            store.give_up_operation(entry->operation_id, true, "deleted");
    } else if (const auto* adopt = std::get_if<Adopt>(&step.action)) {
        complete(*entry_of(step.key), adopt->discord_id, adopt->applied);
        store.give_up_operation(entry_of(step.key)->operation_id, false, "");
    } else if (const auto* give_up = std::get_if<GiveUp>(&step.action)) {
        store.give_up_operation(entry_of(step.key)->operation_id, true, give_up->note);
    } else if (const auto* remember = std::get_if<Remember>(&step.action)) {
        record(remember->applied);
    } else {
        return "the model does not know how";
    }
    return {};
}

void ModelServer::create(const Step& step, const CreateChannel& action) {
    ChannelApplied applied{action.name, action.name, {}, action.position};
    for (const Overwrite& overwrite : action.overwrites) {
        if (overwrite.type == Overwrite::Type::member) applied.members.push_back(overwrite.id);
    }
    Channel channel{"", action.type, action.name, std::nullopt, "", action.overwrites};
    for (const Grant& grant : action.if_here) {
        if (!all_.on_server.at(grant.overwrite.id)) continue;
        channel.overwrites.push_back(grant.overwrite);
        applied.members.push_back(grant.overwrite.id);
    }
    const JournalEntry entry = journal(step.key, to_json(applied));
    channel.position = action.position.value_or(0);
    const std::string id = channel.id = new_id();
    const StepPlan nothing;
    if (action.parent) {
        const auto known = std::find_if(
            store.journal.begin(), store.journal.end(),
            [&](const JournalEntry& each) { return each.key == *action.parent && each.discord_id; });
        channel.parent_id =
            known != store.journal.end() ? known->discord_id : store.cohort.discord_category_id;
    }
    if (action.type == ChannelType::text) channel.topic = action.topic + " " + in_brackets(entry.marker);
    all_.channels[id] = channel;
    channel_log_.push_back({new_id(), id, in_brackets(entry.marker)});
    store.complete_operation(entry.operation_id, id, to_json(applied));
    made_[step.key] = id;
}

std::set<std::pair<std::string, std::string>> ModelServer::sights() const {
    std::set<std::pair<std::string, std::string>> sights;
    for (const auto& [id, channel] : all_.channels) {
        const Overwrite* everyone = channel.overwrite(kGuild);
        if (everyone == nullptr || (everyone->deny & kViewChannel) == 0) sights.emplace("@everyone", id);
        for (const Overwrite& held : channel.overwrites) {
            if (held.id != kGuild && (held.allow & kViewChannel) != 0) sights.emplace(held.id, id);
        }
    }
    return sights;
}

std::set<std::pair<std::string, std::string>> ModelServer::allowed() const {
    std::set<std::pair<std::string, std::string>> allowed;
    for (const auto& [id, channel] : all_.channels) allowed.emplace(kBot, id);
    for (const RealizationGroup& group : store.cohort.groups) {
        for (const RealizationMember& member : group.members) {
            if (!member.discord_id) continue;
            if (group.discord_text_channel_id)
                allowed.emplace(*member.discord_id, *group.discord_text_channel_id);
            if (group.discord_voice_channel_id)
                allowed.emplace(*member.discord_id, *group.discord_voice_channel_id);
        }
    }
    return allowed;
}

std::set<std::string> ModelServer::objects() const {
    std::set<std::string> objects;
    for (const auto& [id, channel] : all_.channels) objects.insert("channel " + id);
    for (const auto& [id, event] : all_.events) objects.insert("event " + id);
    for (const auto& [channel, sent] : messages_) {
        for (const Message& message : sent) objects.insert("message " + message.id);
    }
    return objects;
}

}  // namespace convene::discord::test
