#include "discord/realize/discord_realizer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "discord/realize/observe.h"
#include "discord/realize/top_up_steps.h"

namespace convene::discord {
namespace {

// How often a run observes anew before it leaves the rest to the next one.
constexpr int kMaxRounds = 8;
// A question may raise another (a channel found by its id, then its members): three levels are the most.
constexpr int kMaxQuestionRounds = 8;

bool never_stop() {
    return false;
}

RealizationPlan for_people(const PlanInput& input, const StepPlan& plan) {
    RealizationPlan out;
    out.cohort_name = input.cohort.cohort_name;
    for (const Step& step : plan.steps) {
        if (!journal_only(step) || std::holds_alternative<Adopt>(step.action))
            out.steps.push_back(describe(step));
    }
    out.notes = plan.notes;
    if (!plan.doubts.empty()) {
        out.notes.push_back(
            {RealizationNote::Kind::info,
             fmt::format("{} of these may exist already: an earlier run was cut short. They are looked "
                         "for once more before anything is created",
                         plan.doubts.size()),
             ""});
    }
    return out;
}

}  // namespace

DiscordRealizer::DiscordRealizer(std::shared_ptr<RestClient> client, std::string guild_id,
                                 RealizationStore& store, const ZoneTable& zones, const Clock& clock,
                                 Settings settings)
    : api_(std::move(client), std::move(guild_id)),
      store_(store),
      zones_(zones),
      clock_(clock),
      settings_(std::move(settings)) {}

Instant DiscordRealizer::settled_by_age() const {
    // The journal keeps minutes: one more makes up for the seconds cut off.
    return clock_.now() - std::chrono::ceil<Minutes>(settings_.settle) - Minutes{1};
}

DiscordRealizer::Look DiscordRealizer::look(CohortId cohort, const RealizationOptions& options,
                                            const Learned& learned, Instant settled_until,
                                            const DiscordApi::ShouldStop& stop) {
    Look look;
    PlanInput& input = look.input;
    auto desired = store_.get_cohort_groups_for_realization(cohort);
    if (!desired) {
        throw StoreFailure("realize", fmt::format("there is no cohort {}", cohort.value), Retry::useless);
    }
    input.cohort = std::move(*desired);
    if (options.top_up) keep_groups_with_homes(input.cohort);
    input.journal = store_.load_journal(cohort);
    const auto foreign = store_.list_foreign_discord_ids(cohort);
    input.foreign_ids = {foreign.begin(), foreign.end()};
    input.options = options;
    input.settled_until = settled_until;
    input.full_categories = learned.full_categories;
    input.refused = learned.refused;
    input.now = clock_.now();
    input.server = observe_server(api_, own_user_id_, stop);
    for (int round = 0; round < kMaxQuestionRounds; ++round) {
        look.plan = plan_steps(input);
        if (look.plan.questions.empty()) {
            if (options.top_up) keep_top_up_steps(look.plan);
            return look;
        }
        answer_questions(api_, look.plan.questions, input.server, settings_.threads, stop);
    }
    throw DiscordFailure("Discord's answers contradict each other", Retry::safe);
}

RealizationPlan DiscordRealizer::plan(CohortId cohort, const RealizationOptions& options) {
    const Look now = look(cohort, options, {}, settled_by_age(), never_stop);
    return for_people(now.input, now.plan);
}

void DiscordRealizer::finish(RealizationOutcome& outcome, const Look& look,
                             const std::map<OperationKey, std::string>& ids) const {
    for (const RealizationGroup& group : look.input.cohort.groups) {
        OperationKey text;
        text.object = DiscordObject::text_channel;
        text.cohort_id = look.input.cohort.cohort_id;
        text.group_id = group.group_id;
        const auto id = ids.find(text);
        if (id != ids.end()) {
            outcome.links.push_back(
                fmt::format("https://discord.com/channels/{}/{}", api_.guild_id(), id->second));
        }
    }
}

RealizationOutcome DiscordRealizer::realize(
    CohortId cohort, const RealizationOptions& options,
    const std::function<void(const RealizationProgress&)>& on_progress,
    const std::function<bool()>& should_stop) {
    const DiscordApi::ShouldStop stop = should_stop ? should_stop : never_stop;
    RealizationOutcome outcome;
    Learned learned;
    std::vector<RealizationNote> learned_notes;
    Instant settled_until = settled_by_age();
    StepExecutor executor(api_, store_, zones_, clock_, settings_.markers,
                          {settings_.threads, fmt::format("convene: cohort {}", cohort.value)});

    for (int round = 0;;) {
        Look now;
        try {
            now = look(cohort, options, learned, settled_until, stop);
        } catch (const Failure& failure) {
            if (outcome.done.empty()) throw;
            outcome.failure = failure.what();
            return outcome;
        }
        const RealizationPlan plan = for_people(now.input, now.plan);
        outcome.notes = plan.notes;
        outcome.notes.insert(outcome.notes.end(), learned_notes.begin(), learned_notes.end());
        outcome.not_done = plan.steps;
        if (plan.blocked()) {
            finish(outcome, now, now.plan.ids);
            return outcome;
        }
        if (!now.plan.doubts.empty()) {
            // A lost create may still be on its way: let it arrive, then look again.
            spdlog::debug("realize: {} in doubt, waiting", now.plan.doubts.size());
            if (!RestClient::pause(settings_.settle, stop)) return outcome;
            settled_until = Instant::max();
            continue;
        }

        const int done_before = static_cast<int>(outcome.done.size());
        const int total = done_before + static_cast<int>(plan.steps.size());
        int done = done_before;
        const auto on_done = [&](const RealizationStep& step) {
            ++done;
            if (on_progress) on_progress({done, total, one_line_of(step)});
        };
        ExecutionReport report = executor.run(now.plan, now.input.journal,
                                              now.input.server.now.value_or(now.input.now), on_done, stop);
        outcome.done.insert(outcome.done.end(), report.done.begin(), report.done.end());
        outcome.not_done = std::move(report.not_done);
        learned_notes.insert(learned_notes.end(), report.notes.begin(), report.notes.end());
        outcome.notes.insert(outcome.notes.end(), report.notes.begin(), report.notes.end());
        outcome.failure = report.failure;
        learned.full_categories.merge(report.full_categories);
        learned.refused.merge(report.refused);

        const bool finished = !report.look_again || report.stopped || !report.failure.empty();
        if (!finished && ++round < kMaxRounds) {
            settled_until = settled_by_age();
            continue;
        }
        if (!finished) {
            outcome.failure =
                fmt::format("Discord left {} steps in doubt after {} looks; a further run goes on from here",
                            outcome.not_done.size(), kMaxRounds);
        }
        finish(outcome, now, report.ids);
        return outcome;
    }
}

}  // namespace convene::discord
