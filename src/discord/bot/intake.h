// src/discord/bot/intake.h: from an interaction to its first answer, and to a stored job.
#pragma once
#include <chrono>
#include <functional>
#include <string>

#include "discord/bot/bot_settings.h"
#include "discord/bot/interaction_api.h"
#include "discord/bot/job_runner.h"
#include "discord/bot/metrics.h"

namespace convene::discord {

class Intake {
public:
    /// All references outlive it. \param take  what becomes of a job that is stored and acknowledged
    Intake(const BotSettings& settings, const BotSurroundings& surroundings, const SlashCommands& commands,
           InteractionApi& api, Metrics& metrics, std::string owner,
           std::function<void(const BotJob& job)> take);

    /// Answers it. Any thread with a database of its own.
    /// \param stored  called when a command is in the database, before Discord hears of it
    void handle(Database& database, const Interaction& interaction,
                std::chrono::steady_clock::time_point arrived, const std::function<void()>& stored);
    /// Instead, when there is no database.
    void apologise(const Interaction& interaction);

private:
    void complete(Database& database, const Interaction& interaction,
                  std::chrono::steady_clock::time_point arrived);
    void begin(Database& database, const Interaction& interaction,
               std::chrono::steady_clock::time_point arrived, const std::function<void()>& stored);
    void turn_page(Database& database, const Interaction& interaction,
                   std::chrono::steady_clock::time_point arrived);
    /// On another server than the one this bot works for.
    [[nodiscard]] bool elsewhere(const Interaction& interaction) const;
    void refuse(const Interaction& interaction, const std::string& text);
    InteractionApi::FirstAnswer answer(const Interaction& interaction, const std::string& body,
                                       std::chrono::steady_clock::time_point arrived);

    const BotSettings& settings_;
    const BotSurroundings& around_;
    const SlashCommands& commands_;
    InteractionApi& api_;
    Metrics& metrics_;
    std::string owner_;
    std::function<void(const BotJob& job)> take_;
};

}  // namespace convene::discord
