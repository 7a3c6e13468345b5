// src/discord/bot/job_runner.h: runs stored jobs and delivers what came out.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "discord/bot/bot_settings.h"
#include "discord/bot/interaction_api.h"
#include "discord/bot/metrics.h"
#include "discord/commands/slash_command.h"

namespace convene::discord {

using SlashCommands = std::map<std::string, std::unique_ptr<SlashCommand>>;

class JobRunner {
public:
    /// All references outlive it. \param owner  of the jobs that it is given
    JobRunner(const BotSettings& settings, const BotSurroundings& surroundings, const SlashCommands& commands,
              InteractionApi& api, Metrics& metrics, std::string owner);

    /// Any thread; returns at once. The job is stored and this process's.
    void take(const BotJob& job);

    /// Running jobs end at their next safe point and are parked, waiting ones are parked at once.
    void stop();

    [[nodiscard]] std::size_t waiting() const { return long_.waiting() + quick_.waiting(); }
    [[nodiscard]] int running() const noexcept { return running_; }

private:
    void run(Database& database, BotJob job);
    /// After it was begun.
    void work(Database& database, BotJob job);
    [[nodiscard]] CommandOutcome outcome_of(Database& database, const SlashCommand& command,
                                            const BotJob& job);
    void park(Database& database, const BotJob& job);
    /// Stores the report, as often as it takes, then delivers it.
    void finish(Database& database, BotJob job, const Report& report);
    void store(Database& database, BotJob job);
    void deliver(Database& database, const BotJob& job, int attempt);
    [[nodiscard]] InteractionApi::Delivery hand_over(const BotJob& job, const std::vector<Embed>& pages);
    [[nodiscard]] InteractionApi::Posted tell_in_channel(const BotJob& job, const std::vector<Embed>& pages);
    /// The answer whose token has died still says how far the work was: it is made to say where the result
    /// stands.
    void point_to_result(const BotJob& job, const std::string& message_id);
    void again(const BotJob& job, std::chrono::milliseconds delay,
               std::function<void(Database& database, BotJob job)> what);

    [[nodiscard]] const SlashCommand* command_of(const BotJob& job) const;
    [[nodiscard]] WorkerPool& pool_of(const BotJob& job);
    /// For the last words before the end: some seconds after stop() Discord is waited for no longer.
    [[nodiscard]] RestClient::ShouldStop patience() const;

    const BotSettings& settings_;
    const BotSurroundings& around_;
    const SlashCommands& commands_;
    InteractionApi& api_;
    Metrics& metrics_;
    std::string owner_;
    std::atomic<bool> stopping_{false};
    std::atomic<std::chrono::steady_clock::time_point> stopped_at_{};
    std::atomic<int> running_{0};
    WorkerPool quick_;  ///< answers that change nothing: they wait for no search
    WorkerPool long_;
};

}  // namespace convene::discord
