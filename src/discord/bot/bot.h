// src/discord/bot/bot.h: what the bot does with what happens on Discord.
//
// Events come from the gateway's thread or from the HTTP endpoint and are only read, remembered and queued
// there. Threads of three kinds do the rest, none of which waits for another: the front (first answers,
// autocomplete), the jobs (searches, realization), the chores (looking after what exists).
#pragma once
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "discord/bot/bot_settings.h"
#include "discord/bot/intake.h"
#include "discord/bot/job_runner.h"
#include "discord/bot/metrics.h"
#include "discord/bot/receipt.h"
#include "discord/bot/session_keeper.h"
#include "discord/wire/command_json.h"

namespace convene::discord {

/// What Discord is to be told that the bot can do; by name.
[[nodiscard]] std::vector<CommandDefinition> command_definitions();

class Bot {
public:
    /// Takes over the jobs of processes that died. \throws StoreFailure
    Bot(BotSettings settings, BotSurroundings surroundings);
    ~Bot();
    Bot(const Bot&) = delete;
    Bot& operator=(const Bot&) = delete;

    /// Any thread; returns at once. \param data  JSON text
    void on_event(const std::string& name, const std::string& data);
    /// An interaction that nobody will send again. Any thread; waits until it cannot be lost any more.
    /// \returns false when that takes longer than `patience`: it may still be stored, and then is carried out
    [[nodiscard]] bool take_interaction(const std::string& data, std::chrono::milliseconds patience);

    /// What the gateway wants kept over a restart; written once the events before it are safe.
    void keep_session(const std::string& session);
    /// Of a process that died or ended, as it was when this one began.
    [[nodiscard]] const std::optional<std::string>& inherited_session() const noexcept { return session_; }

    /// Answers what has come, parks running work and ends. Events that come later are dropped.
    void stop();

    /// Whether the database answered lately.
    [[nodiscard]] bool healthy() const;
    [[nodiscard]] std::string metrics_text(std::vector<Metrics::Gauge> more) const;

private:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// \returns whether it is safe, once that is known
    std::shared_future<bool> interaction_came(const std::string& data);
    void member_joined(const std::string& data);
    void add_to_front(Interaction interaction, std::shared_ptr<Receipt> receipt, SteadyTime arrived);
    /// What is known of an interaction that came before; remembers a new one under `fresh`.
    [[nodiscard]] std::optional<std::shared_future<bool>> seen_before(const std::string& interaction_id,
                                                                      std::shared_future<bool> fresh);
    void write_session();
    void look_after();
    void tick(Database& database);
    void adopt(Database& database);
    void top_up_all();

    BotSettings settings_;
    BotSurroundings around_;
    std::string owner_;
    std::unique_ptr<Database> own_database_;
    std::unique_ptr<CohortLock> life_;  ///< held while this process lives
    std::optional<std::string> session_;
    SlashCommands commands_;
    Metrics metrics_;
    InteractionApi api_;
    SessionKeeper keeper_;

    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::deque<std::string> recent_;                            ///< interactions, oldest first
    std::map<std::string, std::shared_future<bool>> receipts_;  ///< of those
    std::set<std::string> joined_;  ///< users who joined and were not looked after yet
    SteadyTime last_contact_{};
    SteadyTime last_life_check_{};
    SteadyTime last_forgetting_{};

    // Last, so that their threads end before what they use.
    std::unique_ptr<JobRunner> jobs_;
    std::unique_ptr<Intake> intake_;
    std::unique_ptr<WorkerPool> chores_;
    std::unique_ptr<WorkerPool> front_;
    std::thread ticker_;
};

}  // namespace convene::discord
