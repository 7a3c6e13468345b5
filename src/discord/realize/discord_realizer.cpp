#include "discord/realize/discord_realizer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "discord/realize/observe.h"
#include "discord/realize/top_up_steps.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

// How often a run observes anew before it leaves the rest to the next one.
constexpr int kMaxRounds = 8;
// A question may raise another (a channel found by its id, then its members): three levels are the most.
constexpr int kMaxQuestionRounds = 8;

constexpr Minutes kPeopleStay{2};

bool never_stop() {
    return false;
}

std::string audit_reason(CohortId cohort, const RealizationOptions& options) {
    std::string reason = fmt::format("convene: cohort {}", cohort.value);
    if (!options.job_id.empty()) reason += ", job " + options.job_id;
    return reason;
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
                                            const Learned& learned, Instant settled_until, bool people_later,
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
    let_predecessor_pass(input.journal, stop);
    const auto foreign = store_.list_foreign_discord_ids(cohort);
    input.foreign_ids = {foreign.begin(), foreign.end()};
    input.options = options;
    input.zones = &zones_;
    input.settled_until = settled_until;
    input.full_categories = learned.full_categories;
    input.refused = learned.refused;
    input.now = clock_.now();
    ObservedServer known = recalled_people();
    std::set<std::string> people;
    if (people_later) people = newcomers(input.cohort);
    input.server = observe_server(api_, own_user_id_, settings_.threads, stop, std::move(known), people);
    for (int round = 0; round < kMaxQuestionRounds; ++round) {
        look.plan = plan_steps(input);
        if (people_later && !input.people_later && look.plan.questions.members.size() >= kManyPeople) {
            // The list tells of all at once; without it they are asked for while the first steps go.
            if (!list_people(api_, look.plan.questions.members, input.server, stop))
                input.people_later = true;
            continue;
        }
        if (look.plan.questions.empty()) {
            if (options.top_up) keep_top_up_steps(look.plan);
            people_ = input.server.on_server;
            may_list_people_ = input.server.may_list_people;
            return look;
        }
        answer_questions(api_, look.plan.questions, input.server, settings_.threads, stop);
    }
    throw DiscordFailure("Discord's answers contradict each other", Retry::safe);
}

/// A process that died a moment ago may have used up what Discord allows in a second, and nobody
/// is left who knows.
void DiscordRealizer::let_predecessor_pass(const std::vector<JournalEntry>& journal,
                                           const DiscordApi::ShouldStop& stop) {
    if (api_.client().requests_sent() > 0) return;
    const bool recent = std::any_of(journal.begin(), journal.end(), [&](const JournalEntry& entry) {
        return entry.begun_at >= clock_.now() - Minutes{1};
    });
    if (recent) (void)RestClient::pause(settings_.predecessor, stop);
}

/// Who is on the server was asked a moment ago: by the plan that somebody has just agreed to, or by
/// this run's look before.
ObservedServer DiscordRealizer::recalled_people() {
    if (clock_.now() - people_seen_at_ > kPeopleStay) {
        people_.clear();
        people_seen_at_ = clock_.now();
    }
    ObservedServer server;
    server.on_server = people_;
    server.may_list_people = may_list_people_;
    return server;
}

/// Whom a plan will have to ask for, as far as that is certain before it is made; empty where single
/// requests will do.
std::set<std::string> DiscordRealizer::newcomers(const CohortRealization& cohort) const {
    std::set<std::string> people;
    for (const RealizationGroup& group : cohort.groups) {
        if (group.discord_text_channel_id && group.discord_voice_channel_id) continue;
        for (const RealizationMember& member : group.members) {
            if (member.discord_id && is_snowflake(*member.discord_id) &&
                !people_.contains(*member.discord_id))
                people.insert(*member.discord_id);
        }
    }
    return people.size() < kManyPeople ? std::set<std::string>{} : people;
}

RealizationPlan DiscordRealizer::plan(CohortId cohort, const RealizationOptions& options) {
    const Look now = look(cohort, options, {}, settled_by_age(), false, never_stop);
    return for_people(now.input, now.plan);
}

void DiscordRealizer::finish(RealizationOutcome& outcome, const Look& look,
                             const std::map<OperationKey, std::string>& ids) const {
    const PlanInput& input = look.input;
    const Instant now = input.server.now.value_or(input.now);
    for (const RealizationGroup& group : input.cohort.groups) {
        const auto address = [&](DiscordObject object, std::optional<MeetingId> meeting, const char* kind) {
            const auto id =
                ids.find(OperationKey{object, input.cohort.cohort_id, group.group_id, meeting, 0});
            return id == ids.end()
                       ? ""
                       : fmt::format("https://discord.com/{}/{}/{}", kind, api_.guild_id(), id->second);
        };
        GroupHome home;
        home.group_name = group.group_name;
        home.text_channel = address(DiscordObject::text_channel, std::nullopt, "channels");
        home.voice_channel = address(DiscordObject::voice_channel, std::nullopt, "channels");
        for (const RealizationMeeting& meeting : group.meetings) {
            if (meeting.scheduled_time <= now) continue;
            home.next_event = address(DiscordObject::event, meeting.meeting_id, "events");
            break;
        }
        if (!home.text_channel.empty()) outcome.links.push_back(home.text_channel);
        outcome.homes.push_back(std::move(home));
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
                          {settings_.threads, audit_reason(cohort, options)});

    for (int round = 0;;) {
        Look now;
        try {
            now = look(cohort, options, learned, settled_until, true, stop);
        } catch (const Failure& failure) {
            if (outcome.done.empty()) throw;
            outcome.failure = failure.what();
            return outcome;
        }
        const RealizationPlan plan = for_people(now.input, now.plan);
        outcome.cohort_name = plan.cohort_name;
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
        const auto on_done = [&](const RealizationStep& step, std::optional<std::chrono::seconds> remaining) {
            ++done;
            if (on_progress) on_progress({done, total, one_line_of(step), remaining});
        };
        ExecutionReport report = executor.run(now.plan, now.input.journal,
                                              now.input.server.now.value_or(now.input.now), on_done, stop);
        outcome.done.insert(outcome.done.end(), report.done.begin(), report.done.end());
        outcome.not_done = std::move(report.not_done);
        people_.insert(report.people.begin(), report.people.end());
        learned_notes.insert(learned_notes.end(), report.notes.begin(), report.notes.end());
        outcome.notes.insert(outcome.notes.end(), report.notes.begin(), report.notes.end());
        if (!report.absent_people.empty()) outcome.notes.push_back(absence_note(report.absent_people));
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
