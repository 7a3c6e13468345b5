#include "discord/bot/intake.h"

#include <fmt/format.h>

#include "app/failure.h"
#include "app/job_id.h"
#include "app/queries/cohorts.h"
#include "discord/bot/log_line.h"
#include "discord/commands/group_lines.h"
#include "discord/realize/text.h"
#include "discord/wire/message_json.h"

namespace convene::discord {
namespace {

using FirstAnswer = InteractionApi::FirstAnswer;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::size_t kContent = 2000;

const char* word(FirstAnswer answer) {
    switch (answer) {
        case FirstAnswer::accepted:
            return "accepted";
        case FirstAnswer::answered_before:
            return "answered_before";
        case FirstAnswer::too_late:
            return "too_late";
        case FirstAnswer::failed:
            break;
    }
    return "failed";
}

const char* word(InteractionType type) {
    switch (type) {
        case InteractionType::command:
            return "command";
        case InteractionType::component:
            return "component";
        case InteractionType::autocomplete:
            return "autocomplete";
        case InteractionType::ping:
        case InteractionType::other:
            break;
    }
    return "other";
}

NewMessage text_message(const std::string& text) {
    NewMessage message;
    message.content = shortened(text, kContent);
    return message;
}

BotJob job_of(const Interaction& interaction, CohortId cohort, const SlashCommand& command) {
    BotJob job;
    job.job_id = make_job_id();
    job.interaction_id = interaction.id;
    job.token = interaction.token;
    job.channel_id = interaction.channel_id;
    job.user_id = interaction.user_id;
    job.command = interaction.command;
    job.options = write_options(interaction.options);
    job.cohort_id = cohort;
    job.exclusive = command.exclusive();
    return job;
}

std::string already_running(const BotJob& other) {
    return fmt::format(
        "`/{}` for this cohort is under way already: <@{}> asked for it {}, and its result "
        "appears in <#{}>. Nothing more was begun.",
        other.command, other.user_id, timestamp(other.asked_at, 'R'), other.channel_id);
}

std::string spelled(const InputFaults& faults) {
    std::string text;
    for (const std::string& line : fault_lines(faults)) text += line + '\n';
    return text + "Pick a cohort from the list that appears while you type.";
}

}  // namespace

Intake::Intake(const BotSettings& settings, const BotSurroundings& surroundings,
               const SlashCommands& commands, InteractionApi& api, Metrics& metrics, std::string owner,
               std::function<void(const BotJob& job)> take)
    : settings_(settings),
      around_(surroundings),
      commands_(commands),
      api_(api),
      metrics_(metrics),
      owner_(std::move(owner)),
      take_(std::move(take)) {}

bool Intake::elsewhere(const Interaction& interaction) const {
    return !interaction.guild_id.empty() && interaction.guild_id != settings_.guild_id;
}

FirstAnswer Intake::answer(const Interaction& interaction, const std::string& body, TimePoint arrived) {
    const FirstAnswer answer = api_.answer(interaction.id, interaction.token, body);
    const auto took = std::chrono::steady_clock::now() - arrived;
    metrics_.count(metric::kAnswers, "outcome", word(answer));
    if (answer == FirstAnswer::accepted)
        metrics_.observe(metric::kAnswerTime, "type", word(interaction.type), took);
    LogLine("answered")
        .with("interaction", interaction.id)
        .with("type", word(interaction.type))
        .with("outcome", word(answer))
        .with("ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count())
        .debug();
    return answer;
}

void Intake::refuse(const Interaction& interaction, const std::string& text) {
    (void)answer(interaction, write_reply(text_message(text), true), std::chrono::steady_clock::now());
}

void Intake::apologise(const Interaction& interaction) {
    if (interaction.type == InteractionType::autocomplete) {
        (void)answer(interaction, write_choices({}), std::chrono::steady_clock::now());
        return;
    }
    refuse(interaction,
           "The database cannot be reached, so nothing was begun. Try again in a moment; if that does not "
           "help, whoever runs the bot should look at `convene doctor`.");
}

void Intake::handle(Database& database, const Interaction& interaction, TimePoint arrived,
                    const std::function<void()>& stored) {
    metrics_.count(metric::kInteractions, "type", word(interaction.type));
    try {
        switch (interaction.type) {
            case InteractionType::autocomplete:
                complete(database, interaction, arrived);
                break;
            case InteractionType::command:
                begin(database, interaction, arrived, stored);
                break;
            case InteractionType::component:
                turn_page(database, interaction, arrived);
                break;
            case InteractionType::ping:
            case InteractionType::other:
                break;
        }
    } catch (const StoreFailure& failure) {
        LogLine("interaction failed").with("interaction", interaction.id).with("why", failure.what()).error();
        apologise(interaction);
    } catch (const std::exception& error) {
        LogLine("interaction failed unexpectedly")
            .with("interaction", interaction.id)
            .with("why", error.what())
            .error();
        refuse(interaction, "An error inside the bot kept it from doing that; its log tells more.");
    }
}

void Intake::complete(Database& database, const Interaction& interaction, TimePoint arrived) {
    std::vector<Choice> choices;
    const auto command = commands_.find(interaction.command);
    if (interaction.by_administrator() && !elsewhere(interaction) && command != commands_.end()) {
        std::string typed;
        for (const InteractionOption& option : interaction.options) {
            if (option.focused) typed = option.text;
        }
        choices = matching(command->second->choices(database), typed);
    }
    (void)answer(interaction, write_choices(choices), arrived);
}

void Intake::begin(Database& database, const Interaction& interaction, TimePoint arrived,
                   const std::function<void()>& stored) {
    const auto command = commands_.find(interaction.command);
    if (command == commands_.end()) {
        refuse(interaction, "This command is not known any more. Reload Discord to see those there are.");
        return;
    }
    if (elsewhere(interaction)) {
        refuse(interaction, "This bot works for another server only.");
        return;
    }
    // Whatever the server's settings show to whom: they are only a default, and can be changed.
    if (!interaction.by_administrator()) {
        refuse(interaction, fmt::format("Only administrators of this server may use `/{}`. Ask one of them.",
                                        interaction.command));
        return;
    }
    const auto cohort =
        find_cohort(database.cohorts(), option_text(interaction.options, "cohort").value_or(""));
    if (!cohort) {
        refuse(interaction, spelled(cohort.error()));
        return;
    }
    BotJob job = job_of(interaction, cohort->cohort_id, *command->second);
    job.owner = owner_;
    job.asked_at = around_.clock.now();
    const JobIntake intake = database.jobs().take_in(job);
    stored();
    if (intake.answer == JobIntake::Answer::known) {
        LogLine("interaction known").with("interaction", interaction.id).info();
        return;
    }
    if (intake.answer == JobIntake::Answer::in_turn) {
        refuse(interaction, already_running(*intake.other));
        return;
    }
    LogLine("job taken in")
        .with("job", job.job_id)
        .with("command", job.command)
        .with("cohort", cohort->cohort_id.value)
        .with("interaction", interaction.id)
        .info();
    if (answer(interaction, write_deferral(command->second->ephemeral()), arrived) ==
        FirstAnswer::answered_before) {
        // Another bot with another database has it: two would do everything twice.
        LogLine("job left to another bot").with("job", job.job_id).warning();
        (void)database.jobs().settle_job(job.job_id, owner_);
        return;
    }
    take_(job);
}

void Intake::turn_page(Database& database, const Interaction& interaction, TimePoint arrived) {
    const auto button = read_page_button(interaction.custom_id);
    if (!button) {
        refuse(interaction, "This button has no meaning any more.");
        return;
    }
    if (!interaction.by_administrator()) {
        refuse(interaction, "Only administrators of this server may turn these pages.");
        return;
    }
    const auto job = database.jobs().find_job(button->job_id);
    if (!job || job->report.empty()) {
        refuse(interaction, "This result is not kept any more. `/groups` shows how things stand now.");
        return;
    }
    (void)answer(interaction,
                 write_update(page_message(read_embeds(job->report), button->page, button->job_id)), arrived);
}

}  // namespace convene::discord
