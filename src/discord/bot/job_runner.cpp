#include "discord/bot/job_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/failure.h"
#include "discord/bot/log_line.h"
#include "discord/bot/progress_editor.h"
#include "discord/realize/text.h"
#include "discord/wire/message_json.h"

namespace convene::discord {
namespace {

using Delivery = InteractionApi::Delivery;
using std::chrono::milliseconds;

// Begun so often without an end, a job is what ends the bot.
constexpr int kMostAttempts = 4;
constexpr milliseconds kStoreAgain{5000};
constexpr milliseconds kOwnerMayLive{2000};
constexpr milliseconds kLongestRedelivery{60000};
constexpr std::chrono::seconds kLastWords{5};
constexpr milliseconds kMessageLag{1000};
constexpr int kComputingNiceness = 10;

std::string mention(const BotJob& job) {
    return "<@" + job.user_id + ">";
}

Report failure_report(const std::string& what, Retry retry) {
    std::string advice = "Nothing was done. Run it again in a moment.";
    if (retry == Retry::useless) advice = "It will fail again until somebody mends that; then run it again.";
    if (retry == Retry::unknown)
        advice = "Some of it may have been done. Running it again goes on from there and does nothing twice.";
    return short_report("This failed", {harmless(what), advice}, colour::kBad);
}

LogLine about(const char* message, const BotJob& job) {
    return LogLine(message).with("job", job.job_id).with("command", job.command);
}

}  // namespace

JobRunner::JobRunner(const BotSettings& settings, const BotSurroundings& surroundings,
                     const SlashCommands& commands, InteractionApi& api, Metrics& metrics, std::string owner)
    : settings_(settings),
      around_(surroundings),
      commands_(commands),
      api_(api),
      metrics_(metrics),
      owner_(std::move(owner)),
      quick_({"quick", 1, 0}, surroundings.open_database),
      long_({"long", settings.job_threads, kComputingNiceness}, surroundings.open_database) {}

void JobRunner::take(const BotJob& job) {
    again(job, milliseconds(0),
          [this](Database& database, BotJob taken) { run(database, std::move(taken)); });
}

void JobRunner::stop() {
    stopped_at_ = std::chrono::steady_clock::now();
    stopping_ = true;
    quick_.stop();
    long_.stop();
}

RestClient::ShouldStop JobRunner::patience() const {
    return [this] { return stopping_ && std::chrono::steady_clock::now() - stopped_at_.load() > kLastWords; };
}

const SlashCommand* JobRunner::command_of(const BotJob& job) const {
    const auto found = commands_.find(job.command);
    return found == commands_.end() ? nullptr : found->second.get();
}

WorkerPool& JobRunner::pool_of(const BotJob& job) {
    return job.exclusive ? long_ : quick_;
}

void JobRunner::again(const BotJob& job, milliseconds delay,
                      std::function<void(Database& database, BotJob job)> what) {
    Work work;
    work.run = [job, what](Database& database) { what(database, job); };
    // Without a database nothing can be noted; the job stays stored and this process's.
    work.fail = [this, job, what](const std::string&) {
        if (!stopping_) again(job, kStoreAgain, what);
    };
    pool_of(job).add_after(delay, std::move(work));
}

void JobRunner::run(Database& database, BotJob job) {
    const SlashCommand* command = command_of(job);
    if (job.state == JobState::finished) {
        deliver(database, job, 0);
        return;
    }
    if (command == nullptr || job.attempts >= kMostAttempts) {
        finish(database, job,
               short_report("This was given up",
                            {fmt::format("It was begun {} times and the bot ended each time before it was "
                                         "done. What was stored is kept; tell whoever runs the bot, with "
                                         "the job's name below.",
                                         job.attempts)},
                            colour::kBad));
        return;
    }
    if (stopping_) {
        park(database, job);
        return;
    }
    try {
        if (!database.jobs().begin_job(job.job_id, owner_)) return;
    } catch (const StoreFailure& failure) {
        about("job not begun", job).with("why", failure.what()).error();
        again(job, kStoreAgain, [this](Database& fresh, BotJob same) { run(fresh, std::move(same)); });
        return;
    }
    job.state = JobState::running;
    ++job.attempts;
    about("job begun", job).with("attempt", job.attempts).info();
    work(database, std::move(job));
}

void JobRunner::work(Database& database, BotJob job) {
    if (stopping_) {
        park(database, job);
        return;
    }
    const auto begun = std::chrono::steady_clock::now();
    ++running_;
    const CommandOutcome outcome = outcome_of(database, *command_of(job), job);
    --running_;
    const auto took = std::chrono::steady_clock::now() - begun;
    switch (outcome.kind) {
        case CommandOutcome::Kind::parked:
            park(database, job);
            return;
        case CommandOutcome::Kind::again_later:
            again(job, kOwnerMayLive, [this](Database& same, BotJob later) { work(same, std::move(later)); });
            return;
        case CommandOutcome::Kind::reported:
            break;
    }
    metrics_.count(metric::kJobs, "command", job.command);
    metrics_.observe(metric::kJobTime, "command", job.command, took);
    about("job ended", job).with("ms", std::chrono::duration_cast<milliseconds>(took).count()).info();
    finish(database, std::move(job), outcome.report);
}

CommandOutcome JobRunner::outcome_of(Database& database, const SlashCommand& command, const BotJob& job) {
    const auto realizer = around_.make_realizer(database);
    ProgressEditor editor(settings_.progress_interval,
                          [&](const std::string& text, const std::function<bool()>& should_stop) {
                              NewMessage message;
                              message.content = text;
                              return api_.edit(job.token, message, should_stop) != Delivery::gone;
                          });
    CommandContext context{.database = database,
                           .zones = around_.zones,
                           .clock = around_.clock,
                           .realizer = *realizer,
                           .job = job,
                           .options = read_options(job.options),
                           .progress = [&](const std::string& text) { editor.tell(text); },
                           .should_stop = [this] { return stopping_.load(); },
                           .time_limit_s = settings_.time_limit_s,
                           .threads = settings_.solver_threads};
    try {
        return command.run(context);
    } catch (const StoreFailure& failure) {
        about("job failed", job).with("why", failure.what()).error();
        return {CommandOutcome::Kind::reported, failure_report(failure.what(), failure.retry())};
    } catch (const DiscordFailure& failure) {
        about("job failed", job).with("why", failure.what()).error();
        return {CommandOutcome::Kind::reported, failure_report(failure.what(), failure.retry())};
    } catch (const std::exception& error) {
        about("job failed unexpectedly", job).with("why", error.what()).error();
        return {CommandOutcome::Kind::reported,
                failure_report("an error inside convene; the log tells more", Retry::unknown)};
    }
}

void JobRunner::park(Database& database, const BotJob& job) {
    if (database.jobs().park_job(job.job_id, owner_)) about("job parked", job).info();
    NewMessage message;
    message.content = "The bot is being restarted; this goes on by itself.";
    (void)api_.edit(job.token, message, patience());
}

void JobRunner::finish(Database& database, BotJob job, const Report& report) {
    Report signed_report = report;
    signed_report.footer = "job " + job.job_id;
    job.report = write_embeds(paged(signed_report));
    store(database, std::move(job));
}

void JobRunner::store(Database& database, BotJob job) {
    try {
        if (!database.jobs().finish_job(job.job_id, owner_, job.report)) return;
    } catch (const StoreFailure& failure) {
        about("report not stored", job).with("why", failure.what()).error();
        again(job, kStoreAgain, [this](Database& fresh, BotJob same) { store(fresh, std::move(same)); });
        return;
    }
    job.state = JobState::finished;
    deliver(database, job, 0);
}

InteractionApi::Posted JobRunner::tell_in_channel(const BotJob& job, const std::vector<Embed>& pages) {
    const SlashCommand* command = command_of(job);
    NewMessage message;
    if (command != nullptr && command->ephemeral()) {
        // Meant for one pair of eyes: not here.
        message.content = fmt::format(
            "{} the answer to your `/{}` came too late to be shown to you alone. "
            "Please run it again.",
            mention(job), job.command);
    } else {
        message = page_message(pages, 0, job.job_id);
        message.content = fmt::format("{} your `/{}` is done:", mention(job), job.command);
    }
    message.mentions = {job.user_id};
    message.nonce = job.job_id;
    return api_.post(job.channel_id, message, patience());
}

void JobRunner::point_to_result(const BotJob& job, const std::string& message_id) {
    const SlashCommand* command = command_of(job);
    if (command != nullptr && command->ephemeral()) return;  // out of reach without its token
    const auto answer = api_.find_answer(job.channel_id, job.interaction_id, patience());
    if (!answer) return;
    NewMessage message;
    message.content = message_id.empty() ? "This came too late to be shown here; the result stands below."
                                         : fmt::format(
                                               "This came too late to be shown here; the result stands "
                                               "[below](https://discord.com/channels/{}/{}/{}).",
                                               settings_.guild_id, job.channel_id, message_id);
    if (api_.edit_message(job.channel_id, *answer, message, patience()) != Delivery::delivered)
        about("old answer not changed", job).info();
}

Delivery JobRunner::hand_over(const BotJob& job, const std::vector<Embed>& pages) {
    Delivery delivery = api_.edit(job.token, page_message(pages, 0, job.job_id), patience());
    if (delivery == Delivery::gone && !job.token.empty()) {
        // Right after its first answer Discord may not know the message yet.
        (void)RestClient::pause(kMessageLag, patience());
        delivery = api_.edit(job.token, page_message(pages, 0, job.job_id), patience());
    }
    if (delivery == Delivery::refused) {
        NewMessage plain;
        plain.content = fmt::format(
            "This is done (job {}), but Discord will not show the result here. `/groups` "
            "and `convene groups` show how things stand.",
            job.job_id);
        delivery = api_.edit(job.token, plain, patience());
    }
    if (delivery == Delivery::delivered) metrics_.count(metric::kReports, "where", "reply");
    if (delivery != Delivery::gone && delivery != Delivery::refused) return delivery;
    const InteractionApi::Posted posted = tell_in_channel(job, pages);
    delivery = posted.delivery;
    if (delivery == Delivery::delivered) {
        metrics_.count(metric::kReports, "where", "channel");
        point_to_result(job, posted.message_id);
    }
    if (delivery == Delivery::refused || delivery == Delivery::gone) {
        about("report undeliverable", job).error();
        metrics_.count(metric::kReports, "where", "nowhere");
    }
    return delivery;
}

void JobRunner::deliver(Database& database, const BotJob& job, int attempt) {
    const Delivery delivery = hand_over(job, read_embeds(job.report));
    if (delivery != Delivery::unreachable) {
        try {
            (void)database.jobs().settle_job(job.job_id, owner_);
            about("job reported", job).info();
            return;
        } catch (const StoreFailure& failure) {
            about("job not settled", job).with("why", failure.what()).error();
        }
    }
    if (stopping_) return;  // stored: the next process delivers it
    const milliseconds delay =
        std::min(settings_.first_redelivery * (1 << std::min(attempt, 10)), kLongestRedelivery);
    again(job, delay,
          [this, attempt](Database& fresh, const BotJob& same) { deliver(fresh, same, attempt + 1); });
}

}  // namespace convene::discord
