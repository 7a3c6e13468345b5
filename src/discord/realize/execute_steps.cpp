#include "discord/realize/execute_steps.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "discord/realize/observe.h"
#include "discord/realize/pace.h"
#include "discord/realize/perform_step.h"
#include "discord/realize/refusal.h"
#include "discord/realize/step_order.h"

namespace convene::discord {
namespace {

// How long a stop, or a reply that opens a limit, can go unnoticed by a worker with nothing to do.
constexpr Duration kIdlePoll = std::chrono::milliseconds(20);

/// One run: the state that the workers share.
class Run {
public:
    Run(DiscordApi& api, StepPerformer& performer, int threads, const StepPlan& plan, const OnDone& on_done,
        const std::function<bool()>& should_stop)
        : api_(api),
          performer_(performer),
          threads_(threads),
          plan_(plan),
          order_(plan.steps),
          on_done_(on_done),
          should_stop_(should_stop),
          states_(plan.steps.size(), State::waiting) {
        report_.ids = plan.ids;
    }

    ExecutionReport run() {
        const int threads = std::max(1, std::min<int>(threads_, static_cast<int>(states_.size())));
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
        const bool done = unlocked(lock, [&] { return perform(plan_.steps[index]); }).value_or(false);
        states_[index] = done ? State::done : State::failed;
        if (!done || journal_only(plan_.steps[index])) return;
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

    [[nodiscard]] std::optional<std::string> id_of(const OperationKey& key) {
        const std::lock_guard lock(mutex_);
        const auto found = report_.ids.find(key);
        return found != report_.ids.end() ? std::optional(found->second) : std::nullopt;
    }

    /// \returns whether it is done
    bool perform(const Step& step) {
        const RunSoFar run{[this](const OperationKey& key) { return id_of(key); },
                           [this](const std::string& user) { return is_here(user); }, stop()};
        const auto performed = performer_.perform(step, run);
        const std::lock_guard lock(mutex_);
        if (!performed) {
            failed(step, performed.error());
            return false;
        }
        if (!performed->empty()) report_.ids[step.key] = *performed;
        return true;
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

    void failed(const Step& step, const RestError& error) {
        switch (error.kind) {
            case RestError::Kind::unknown_outcome:
                report_.look_again = true;
                return;
            case RestError::Kind::stopped:
                return;
            case RestError::Kind::unreachable:
                return fail(error.message);
            case RestError::Kind::refused:
                return refused(step, error);
        }
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
    StepPerformer& performer_;
    const int threads_;
    const StepPlan& plan_;
    const StepOrder order_;
    const OnDone& on_done_;
    const std::function<bool()>& should_stop_;

    std::mutex mutex_;  // everything below
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
    StepPerformer performer(api_, store_, zones_, clock_, markers_, settings_.reason, journal, now);
    return Run(api_, performer, settings_.threads, plan, on_done, should_stop).run();
}

}  // namespace convene::discord
