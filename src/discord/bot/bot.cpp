#include "discord/bot/bot.h"

#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "app/job_id.h"
#include "discord/bot/log_line.h"
#include "discord/bot/top_up.h"

namespace convene::discord {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// Far more than Discord repeats; what is forgotten here the database still knows.
constexpr std::size_t kRemembered = 2000;
constexpr std::chrono::seconds kLifeCheck{30};
constexpr std::chrono::seconds kUnhealthyAfter{60};
constexpr std::chrono::hours kForgetEvery{1};
// Results can be paged through for so long; then the names in them go.
constexpr std::chrono::hours kKept{7 * 24};
constexpr milliseconds kSessionAgain{20};
constexpr std::chrono::seconds kFirstTopUp{5};

SlashCommands commands_by_name() {
    SlashCommands commands;
    for (auto& command : all_slash_commands()) {
        const std::string name = command->definition().name;
        commands[name] = std::move(command);
    }
    return commands;
}

std::string user_who_joined(const std::string& data, const std::string& guild_id) {
    const auto json = nlohmann::json::parse(data, nullptr, false);
    if (!json.is_object() || json.value("guild_id", nlohmann::json()) != guild_id) return "";
    const auto user = json.find("user");
    if (user == json.end() || !user->is_object()) return "";
    const auto id = user->find("id");
    return id != user->end() && id->is_string() ? id->get<std::string>() : "";
}

}  // namespace

std::vector<CommandDefinition> command_definitions() {
    std::vector<CommandDefinition> definitions;
    for (const auto& [name, command] : commands_by_name()) definitions.push_back(command->definition());
    return definitions;
}

Bot::Bot(BotSettings settings, BotSurroundings surroundings)
    : settings_(std::move(settings)),
      around_(std::move(surroundings)),
      owner_(make_job_id() + make_job_id()),
      own_database_(around_.open_database()),
      commands_(commands_by_name()),
      api_(around_.first_answers, around_.client, settings_.application_id) {
    life_ = own_database_->jobs().try_hold_owner(owner_);
    session_ = own_database_->jobs().inherit_session(owner_);
    last_contact_ = last_life_check_ = SteadyClock::now();
    jobs_ = std::make_unique<JobRunner>(settings_, around_, commands_, api_, metrics_, owner_);
    intake_ = std::make_unique<Intake>(settings_, around_, commands_, api_, metrics_, owner_,
                                       [this](const BotJob& job) { jobs_->take(job); });
    chores_ = std::make_unique<WorkerPool>(WorkerPool::Settings{"chores", 1, 0}, around_.open_database);
    front_ = std::make_unique<WorkerPool>(WorkerPool::Settings{"front", settings_.front_threads, 0},
                                          around_.open_database);
    adopt(*own_database_);
    ticker_ = std::thread([this] { look_after(); });
}

Bot::~Bot() {
    stop();
}

void Bot::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    stopped_.notify_all();
    ticker_.join();
    front_->stop();
    jobs_->stop();
    chores_->stop();
    try {
        if (const auto session = keeper_.ready()) own_database_->jobs().save_session(owner_, *session);
    } catch (const StoreFailure& failure) {
        LogLine("session not kept").with("why", failure.what()).warning();
    }
    life_.reset();
}

void Bot::on_event(const std::string& name, const std::string& data) {
    if (name == "INTERACTION_CREATE") (void)interaction_came(data);
    if (name == "GUILD_MEMBER_ADD") member_joined(data);
}

bool Bot::take_interaction(const std::string& data, milliseconds patience) {
    const std::shared_future<bool> safe = interaction_came(data);
    return safe.wait_for(patience) == std::future_status::ready && safe.get();
}

std::optional<std::shared_future<bool>> Bot::seen_before(const std::string& interaction_id,
                                                         std::shared_future<bool> fresh) {
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = receipts_.try_emplace(interaction_id, std::move(fresh));
    if (!is_new) return known->second;
    recent_.push_back(interaction_id);
    if (recent_.size() > kRemembered) {
        receipts_.erase(recent_.front());
        recent_.pop_front();
    }
    return std::nullopt;
}

std::shared_future<bool> Bot::interaction_came(const std::string& data) {
    const SteadyTime arrived = SteadyClock::now();
    auto interaction = read_interaction(data);
    const std::uint64_t event = keeper_.received();
    const auto receipt = std::make_shared<Receipt>([this, event] { keeper_.stored(event); });
    if (!interaction) {
        LogLine("an interaction that cannot be read").warning();
        receipt->give();
    } else if (auto known = seen_before(interaction->id, receipt->answer())) {
        LogLine("interaction came twice").with("interaction", interaction->id).info();
        receipt->give();
        return *std::move(known);
    } else {
        add_to_front(*std::move(interaction), receipt, arrived);
    }
    return receipt->answer();
}

void Bot::add_to_front(Interaction interaction, std::shared_ptr<Receipt> receipt, SteadyTime arrived) {
    const auto shared = std::make_shared<const Interaction>(std::move(interaction));
    Work work;
    work.run = [this, shared, arrived, receipt](Database& database) {
        intake_->handle(database, *shared, arrived, [&] { receipt->give(); });
        receipt->give();
    };
    work.fail = [this, shared, receipt](const std::string&) {
        intake_->apologise(*shared);
        receipt->give();
    };
    front_->add(std::move(work));
}

void Bot::member_joined(const std::string& data) {
    const std::string user = user_who_joined(data, settings_.guild_id);
    if (user.empty()) return;
    {
        const std::lock_guard lock(mutex_);
        const bool first = joined_.empty();
        joined_.insert(user);
        if (!first) return;  // looked after together with the first
    }
    Work work;
    work.run = [this](Database& database) {
        std::set<std::string> joined;
        {
            const std::lock_guard lock(mutex_);
            joined.swap(joined_);
        }
        top_up_cohorts(database, around_, metrics_, joined, [this] {
            const std::lock_guard lock(mutex_);
            return stopping_;
        });
    };
    chores_->add_after(settings_.join_pause, std::move(work));
}

void Bot::keep_session(const std::string& session) {
    const bool queued = keeper_.waiting();
    keeper_.keep(session);
    if (!queued) write_session();
}

void Bot::write_session() {
    Work work;
    work.run = [this](Database& database) {
        if (const auto session = keeper_.ready()) {
            database.jobs().save_session(owner_, *session);
        }
        // Events before it are still on their way to the database.
        const std::lock_guard lock(mutex_);
        if (!stopping_ && keeper_.waiting()) write_session();
    };
    front_->add_after(kSessionAgain, std::move(work));
}

void Bot::adopt(Database& database) {
    for (const BotJob& job : database.jobs().adopt_jobs(owner_)) {
        LogLine("job taken over").with("job", job.job_id).with("command", job.command).info();
        if (job.state == JobState::waiting) {
            // It may have died before it could say that it had heard.
            const auto command = commands_.find(job.command);
            const bool ephemeral = command != commands_.end() && command->second->ephemeral();
            (void)api_.answer(job.interaction_id, job.token, write_deferral(ephemeral));
        }
        jobs_->take(job);
    }
}

void Bot::look_after() {
    // Somebody may have joined while no bot ran.
    SteadyTime next_top_up = SteadyClock::now() + kFirstTopUp;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, settings_.tick, [this] { return stopping_; })) {
        lock.unlock();
        try {
            tick(*own_database_);
        } catch (const std::exception& error) {
            LogLine("look-around failed").with("why", error.what()).warning();
        }
        if (settings_.top_up_interval.count() > 0 && SteadyClock::now() >= next_top_up) {
            next_top_up = SteadyClock::now() + settings_.top_up_interval;
            top_up_all();
        }
        lock.lock();
    }
}

void Bot::tick(Database& database) {
    adopt(database);
    const SteadyTime now = SteadyClock::now();
    if (now - last_life_check_ > kLifeCheck) {
        last_life_check_ = now;
        // A database server that was restarted has forgotten who lives.
        if (auto life = database.jobs().try_hold_owner(owner_)) {
            LogLine("the database had lost this process").warning();
            life_ = std::move(life);
        }
    }
    if (now - last_forgetting_ > kForgetEvery) {
        last_forgetting_ = now;
        database.jobs().forget_jobs(around_.clock.now() - kKept);
    }
    const std::lock_guard lock(mutex_);
    last_contact_ = now;
}

void Bot::top_up_all() {
    Work work;
    work.run = [this](Database& database) {
        top_up_cohorts(database, around_, metrics_, std::nullopt, [this] {
            const std::lock_guard lock(mutex_);
            return stopping_;
        });
    };
    chores_->add(std::move(work));
}

bool Bot::healthy() const {
    const std::lock_guard lock(mutex_);
    return !stopping_ && SteadyClock::now() - last_contact_ < kUnhealthyAfter;
}

std::string Bot::metrics_text(std::vector<Metrics::Gauge> gauges) const {
    gauges.push_back({"convene_jobs_running", "Jobs being worked on", static_cast<double>(jobs_->running())});
    gauges.push_back(
        {"convene_jobs_waiting", "Jobs and reports waiting", static_cast<double>(jobs_->waiting())});
    gauges.push_back({"convene_front_waiting", "Interactions waiting for their first answer",
                      static_cast<double>(front_->waiting())});
    gauges.push_back(
        {"convene_discord_requests_total", "Requests sent to Discord's API",
         static_cast<double>(around_.client->requests_sent() + around_.first_answers->requests_sent()),
         true});
    return metrics_.text(gauges);
}

}  // namespace convene::discord
