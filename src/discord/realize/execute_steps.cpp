#include "discord/realize/execute_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "discord/realize/change_on_discord.h"
#include "discord/realize/observe.h"
#include "discord/realize/pace.h"
#include "discord/realize/refusal.h"
#include "discord/realize/step_order.h"
#include "discord/realize/welcome_message.h"

namespace convene::discord {
namespace {

// How long a stop, or a reply that opens a limit, can go unnoticed by a worker with nothing to do.
constexpr Duration kIdlePoll = std::chrono::milliseconds(20);

enum class Result { done, failed };

/// One run: the state that the workers share.
class Run {
public:
    Run(DiscordApi& api, RealizationStore& store, const ZoneTable& zones, const Clock& clock,
        const MarkerSource& markers, const ExecutionSettings& settings, const StepPlan& plan,
        const std::vector<JournalEntry>& journal, Instant now, const OnDone& on_done,
        const std::function<bool()>& should_stop)
        : api_(api),
          store_(store),
          zones_(zones),
          clock_(clock),
          markers_(markers),
          settings_(settings),
          plan_(plan),
          now_(now),
          order_(plan.steps),
          on_done_(on_done),
          should_stop_(should_stop),
          states_(plan.steps.size(), State::waiting) {
        report_.ids = plan.ids;
        for (const JournalEntry& entry : journal) journal_[entry.key] = entry;
    }

    ExecutionReport run() {
        const int threads = std::max(1, std::min<int>(settings_.threads, static_cast<int>(states_.size())));
        std::vector<std::thread> workers;
        for (int i = 1; i < threads; ++i) workers.emplace_back([this] { work(); });
        work();
        for (std::thread& worker : workers) worker.join();
        if (escaped_) std::rethrow_exception(escaped_);
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (states_[i] != State::done && !journal_only(plan_.steps[i])) {
                report_.not_done.push_back(describe(plan_.steps[i]));
            }
        }
        return std::move(report_);
    }

private:
    enum class State { waiting, running, done, failed };

    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            if (ended() || should_stop_locked()) return;
            const auto next = pick();
            if (!next.ready && !next.person) {
                if (next.running == 0 && next.waiting == 0) return;
                changed_.wait_for(lock, std::min(next.soonest, kIdlePoll));
                continue;
            }
            if (next.ready) {
                carry_out(*next.ready, lock);
            } else {
                ask_for(*next.person, lock);
            }
            changed_.notify_all();
        }
    }

    void carry_out(std::size_t index, std::unique_lock<std::mutex>& lock) {
        states_[index] = State::running;
        const Result result =
            unlocked(lock, [&] { return perform(plan_.steps[index]); }).value_or(Result::failed);
        states_[index] = result == Result::done ? State::done : State::failed;
        if (result != Result::done || journal_only(plan_.steps[index])) return;
        report_.done.push_back(describe(plan_.steps[index]));
        if (on_done_) on_done_(report_.done.back(), remaining());
    }

    /// Looks somebody up whom a channel's creation waits for.
    void ask_for(const Grant& person, std::unique_lock<std::mutex>& lock) {
        const std::string& id = person.overwrite.id;
        people_asked_.insert(id);
        const auto here = unlocked(lock, [&] { return is_on_server(api_, id, stop()); });
        if (!here) return;
        report_.people[id] = *here;
        if (!*here) report_.absent_people.insert(person.who);
    }

    /// Runs without the lock; what is thrown ends the run, and then there is no value.
    template <class Work>
    auto unlocked(std::unique_lock<std::mutex>& lock, Work work) -> std::optional<decltype(work())> {
        std::optional<decltype(work())> value;
        std::exception_ptr escaped;
        std::string failure;
        lock.unlock();
        try {
            value = work();
        } catch (const Failure& failed) {
            failure = failed.what();
        } catch (...) {
            escaped = std::current_exception();
        }
        lock.lock();
        if (escaped && !escaped_) escaped_ = escaped;
        if (!failure.empty() && !report_.stopped && report_.failure.empty()) report_.failure = failure;
        return value;
    }

    [[nodiscard]] bool ended() const { return escaped_ || !report_.failure.empty() || report_.stopped; }

    bool should_stop_locked() {
        if (!report_.stopped && should_stop_ && should_stop_()) report_.stopped = true;
        return report_.stopped;
    }

    /// For code that runs without the lock.
    [[nodiscard]] DiscordApi::ShouldStop stop() {
        return [this] {
            const std::lock_guard lock(mutex_);
            return escaped_ || should_stop_locked();
        };
    }

    struct Pick {
        std::optional<std::size_t> ready;
        std::optional<Grant> person;  ///< without a ready step: whom to look up meanwhile
        int running = 0;
        int waiting = 0;
        Duration soonest = Duration::max();  ///< until a limit lets the next one go
    };

    /// The first step that may go now; without one, how things stand.
    Pick pick() {
        Pick pick;
        std::map<std::string, Duration> waits;  // each limit is asked once
        bool blocked_by_people = false;
        for (const std::size_t i : order_.turn) {
            if (states_[i] == State::running) ++pick.running;
            if (states_[i] != State::waiting) continue;
            const Step& step = plan_.steps[i];
            const bool free =
                std::all_of(order_.waits_for[i].begin(), order_.waits_for[i].end(), [&](std::size_t other) {
                    return states_[other] == State::done || states_[other] == State::failed;
                });
            if (!free || !everybody_known(step)) {
                ++pick.waiting;
                if (free && !blocked_by_people) {
                    // One step at a time: requests are scarce at first, and its successors can wait.
                    blocked_by_people = true;
                    pick.person = somebody_to_ask_for(step);
                }
                continue;
            }
            // A category must not go before its channels, nor leave those behind that could not be deleted.
            const bool all_done =
                std::all_of(order_.waits_for[i].begin(), order_.waits_for[i].end(),
                            [&](std::size_t other) { return states_[other] == State::done; });
            const bool possible =
                (all_done || !std::holds_alternative<DeleteChannel>(step.action)) &&
                std::all_of(step.needs.begin(), step.needs.end(),
                            [&](const OperationKey& key) { return report_.ids.contains(key); });
            if (!possible || pointless(step)) {
                states_[i] = State::failed;
                changed_.notify_all();
                continue;
            }
            ++pick.waiting;
            Duration wait = Duration::zero();
            if (const auto route = route_of(step)) {
                const auto [known, asked] = waits.try_emplace(route->name() + ' ' + route->major());
                if (asked) known->second = api_.client().wait_for(*route);
                wait = known->second;
            }
            if (wait <= Duration::zero()) {
                pick.ready = i;
                return pick;
            }
            pick.soonest = std::min(pick.soonest, wait);
        }
        if (pick.person) {
            // Not before: what a step can use now is worth more than what a later one needs.
            const Duration wait = api_.client().wait_for(api_.get_member_route(pick.person->overwrite.id));
            pick.soonest = std::min(pick.soonest, wait);
            if (wait > Duration::zero()) pick.person.reset();
        }
        return pick;
    }

    [[nodiscard]] std::optional<Grant> somebody_to_ask_for(const Step& step) const {
        for (const Grant& grant : std::get<CreateChannel>(step.action).if_here) {
            if (!people_asked_.contains(grant.overwrite.id)) return grant;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool everybody_known(const Step& step) const {
        const auto* create = std::get_if<CreateChannel>(&step.action);
        return create == nullptr ||
               std::all_of(create->if_here.begin(), create->if_here.end(),
                           [&](const Grant& grant) { return report_.people.contains(grant.overwrite.id); });
    }

    /// Of those of whom the plan did not know whether they are on the server.
    [[nodiscard]] bool is_here(const std::string& user_id) {
        const std::lock_guard lock(mutex_);
        const auto known = report_.people.find(user_id);
        return known != report_.people.end() && known->second;
    }

    /// Known to be in vain, or too early, after what became of other steps.
    [[nodiscard]] bool pointless(const Step& step) const {
        if (const auto* channel = std::get_if<CreateChannel>(&step.action);
            channel != nullptr && channel->parent) {
            return report_.full_categories.contains(report_.ids.at(*channel->parent));
        }
        if (const auto* send = std::get_if<SendMessage>(&step.action); send != nullptr && send->first_event) {
            // A welcome goes out once: it waits for an event in doubt rather than leave its address out.
            return !report_.ids.contains(*send->first_event) &&
                   !report_.refused.contains(*send->first_event) && !events_full_;
        }
        return events_full_ && std::holds_alternative<CreateEvent>(step.action);
    }

    [[nodiscard]] std::optional<Route> route_of(const Step& step) const {
        if (std::holds_alternative<CreateChannel>(step.action)) return api_.create_channel_route();
        if (std::holds_alternative<CreateEvent>(step.action)) return api_.create_event_route();
        if (const auto* send = std::get_if<SendMessage>(&step.action)) {
            return DiscordApi::send_message_route(report_.ids.at(send->channel));
        }
        if (const auto* grant = std::get_if<Grant>(&step.action)) {
            return DiscordApi::put_overwrite_route(report_.ids.at(step.key), grant->overwrite.id);
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string id_of(const OperationKey& key) {
        const std::lock_guard lock(mutex_);
        return report_.ids.at(key);
    }

    Result perform(const Step& step) {
        return std::visit([&](const auto& action) { return perform(step, action); }, step.action);
    }

    Result perform(const Step& step, const CreateChannel& create) {
        NewChannel channel;
        channel.name = create.name;
        channel.type = create.type;
        if (create.parent) channel.parent_id = id_of(*create.parent);
        channel.overwrites = create.overwrites;
        for (const Grant& grant : create.if_here) {
            if (is_here(grant.overwrite.id)) channel.overwrites.push_back(grant.overwrite);
        }
        channel.position = create.position;
        ChannelApplied applied{create.name, "", {}, create.position};
        for (const Overwrite& overwrite : channel.overwrites) {
            if (overwrite.type == Overwrite::Type::member) applied.members.push_back(overwrite.id);
        }
        const JournalEntry entry = begin(step, to_json(applied));
        if (create.type == ChannelType::text) channel.topic = create.topic + " " + in_brackets(entry.marker);
        const auto made = api_.create_channel(channel, reason_for(entry), stop());
        if (!made) return failed(step, &entry, made.error());
        applied.stored = made->name;
        complete(step, entry, made->id, to_json(applied));
        return Result::done;
    }

    Result perform(const Step& step, const CreateEvent& create) {
        const JournalEntry entry = begin(step, to_json(EventApplied{create.name, create.start, create.end}));
        const NewEvent event{id_of(create.voice), create.name,
                             create.description + "\n" + in_brackets(entry.marker), create.start, create.end};
        const auto made = api_.create_event(event, reason_for(entry), stop());
        if (!made) return failed(step, &entry, made.error());
        complete(step, entry, made->id, entry.applied);
        return Result::done;
    }

    Result perform(const Step& step, const SendMessage& send) {
        MessageApplied applied = send.applied;
        for (const std::string& user : send.if_here) {
            if (is_here(user)) applied.users.push_back(user);
        }
        const JournalEntry entry = begin(step, to_json(applied));
        GroupWelcomeData data = send.data;
        if (send.first_event) {
            const std::lock_guard lock(mutex_);
            const auto event = report_.ids.find(*send.first_event);
            if (event != report_.ids.end()) {
                data.first_event_url =
                    fmt::format("https://discord.com/events/{}/{}", api_.guild_id(), event->second);
            }
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
                message = format_new_times(data, send.told, now_, entry.marker);
                break;
        }
        const auto made = api_.send_message(id_of(send.channel), message, stop());
        if (!made) return failed(step, &entry, made.error());
        complete(step, entry, made->id, entry.applied);
        return Result::done;
    }

    /// Everything that changes what exists.
    template <class Change>
    Result perform(const Step& step, const Change& change) {
        const ChangeContext on{api_, [this](const OperationKey& key) { return id_of(key); }, settings_.reason,
                               stop()};
        const ChangeResult changed = change_on_discord(on, step, change);
        if (!changed) return failed(step, nullptr, changed.error());
        if (changed->applied) record(step, *changed->applied);
        if (changed->given_up) give_up(step, *changed->given_up);
        return Result::done;
    }

    Result perform(const Step& step, const Adopt& adopt) {
        const JournalEntry& known = journal_.at(step.key);
        const std::lock_guard lock(store_mutex_);
        store_.complete_operation(known.operation_id, adopt.discord_id, adopt.applied);
        if (known.given_up) store_.give_up_operation(known.operation_id, false, "");
        return Result::done;
    }

    Result perform(const Step& step, const GiveUp& vain) {
        give_up(step, vain.note);
        return Result::done;
    }

    Result perform(const Step& step, const Remember& remember) {
        record(step, remember.applied);
        return Result::done;
    }

    /// With the mark, by which the audit log proves what was made.
    [[nodiscard]] std::string reason_for(const JournalEntry& entry) const {
        return settings_.reason + " " + in_brackets(entry.marker);
    }

    JournalEntry begin(const Step& step, const std::string& applied) {
        JournalEntry intent;
        intent.key = step.key;
        intent.guild_id = api_.guild_id();
        intent.applied = applied;
        intent.begun_at = clock_.now();
        const auto known = journal_.find(step.key);
        // The mark of a thing that once existed is not used again.
        const bool same = known != journal_.end() && !known->second.marker.empty() &&
                          !known->second.discord_id && !known->second.given_up &&
                          known->second.guild_id == intent.guild_id;
        const std::lock_guard lock(store_mutex_);
        intent.marker = same ? known->second.marker : markers_();
        return store_.begin_operation(intent);
    }

    void complete(const Step& step, const JournalEntry& entry, const std::string& id,
                  const std::string& applied) {
        {
            const std::lock_guard lock(store_mutex_);
            store_.complete_operation(entry.operation_id, id, applied);
        }
        const std::lock_guard lock(mutex_);
        report_.ids[step.key] = id;
    }

    /// Objects that no journal entry stands for (another program's) are compared with Discord each time.
    void record(const Step& step, const std::string& applied) {
        const auto known = journal_.find(step.key);
        if (known == journal_.end()) return;
        const std::lock_guard lock(store_mutex_);
        store_.record_applied(known->second.operation_id, applied);
    }

    void give_up(const Step& step, const std::string& note) {
        const auto known = journal_.find(step.key);
        if (known == journal_.end()) return;
        const std::lock_guard lock(store_mutex_);
        store_.give_up_operation(known->second.operation_id, true, note);
    }

    /// What waits for the two limits that take time; the caller holds the lock.
    [[nodiscard]] std::optional<std::chrono::seconds> remaining() const {
        Pace pace;
        pace.done = static_cast<int>(report_.done.size());
        pace.elapsed = std::chrono::steady_clock::now() - begun_;
        int channels = 0;
        int events = 0;
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (states_[i] == State::done || states_[i] == State::failed) continue;
            ++pace.left;
            if (std::holds_alternative<CreateChannel>(plan_.steps[i].action)) ++channels;
            if (std::holds_alternative<CreateEvent>(plan_.steps[i].action)) ++events;
        }
        pace.waiting = {{api_.create_channel_route(), channels}, {api_.create_event_route(), events}};
        return expected_remaining(api_.client(), pace);
    }

    Result failed(const Step& step, const JournalEntry* entry, const RestError& error) {
        if (error.kind == RestError::Kind::unknown_outcome) {
            const std::lock_guard lock(mutex_);
            report_.look_again = true;
            return Result::failed;
        }
        if (entry != nullptr) {
            const std::lock_guard lock(store_mutex_);
            store_.refuse_operation(entry->operation_id, error.message);
        }
        const std::lock_guard lock(mutex_);
        if (error.kind == RestError::Kind::stopped) return Result::failed;
        if (error.kind == RestError::Kind::unreachable) {
            fail(error.message);
        } else {
            refused(step, error);
        }
        return Result::failed;
    }

    void fail(const std::string& why) {
        if (report_.failure.empty()) report_.failure = why;
    }

    /// Discord's answer decides whether this step, this kind of step, or everything ends here.
    void refused(const Step& step, const RestError& error) {
        Refusal refusal = what_follows(step, error);
        switch (refusal.then) {
            case Refusal::Then::end_run:
                return fail(refusal.message);
            case Refusal::Then::category_full:
                report_.full_categories.insert(report_.ids.at(*std::get<CreateChannel>(step.action).parent));
                report_.look_again = true;
                return;
            case Refusal::Then::look_again:
                report_.look_again = true;
                return;
            case Refusal::Then::events_full:
            case Refusal::Then::skip:
                break;
        }
        report_.refused.insert(step.key);
        const bool told = refusal.then == Refusal::Then::events_full && events_full_;
        events_full_ = events_full_ || refusal.then == Refusal::Then::events_full;
        if (!told) {
            report_.notes.push_back(
                {RealizationNote::Kind::shortfall, std::move(refusal.message), std::move(refusal.mend)});
        }
    }

    DiscordApi& api_;
    RealizationStore& store_;
    const ZoneTable& zones_;
    const Clock& clock_;
    const MarkerSource& markers_;
    const ExecutionSettings& settings_;
    const StepPlan& plan_;
    const Instant now_;
    const StepOrder order_;
    const OnDone& on_done_;
    const std::function<bool()>& should_stop_;

    std::map<OperationKey, JournalEntry> journal_;  // constant while the workers run
    std::mutex store_mutex_;                        // a store belongs to one thread at a time
    std::mutex mutex_;                              // everything below
    std::condition_variable changed_;
    std::vector<State> states_;
    std::set<std::string> people_asked_;
    ExecutionReport report_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    bool events_full_ = false;
    std::exception_ptr escaped_;
};

}  // namespace

ExecutionReport StepExecutor::run(const StepPlan& plan, const std::vector<JournalEntry>& journal, Instant now,
                                  const OnDone& on_done, const std::function<bool()>& should_stop) {
    return Run(api_, store_, zones_, clock_, markers_, settings_, plan, journal, now, on_done, should_stop)
        .run();
}

}  // namespace convene::discord
