#include "discord/realize/top_up_steps.h"

namespace convene::discord {
namespace {

bool belongs(const Step& step, const StepPlan& plan) {
    if (journal_only(step) || std::holds_alternative<Grant>(step.action)) return true;
    if (const auto* event = std::get_if<CreateEvent>(&step.action)) return plan.ids.contains(event->voice);
    const auto* message = std::get_if<SendMessage>(&step.action);
    return message != nullptr && message->kind == SendMessage::Kind::newcomers;
}

}  // namespace

void keep_groups_with_homes(CohortRealization& cohort) {
    std::erase_if(cohort.groups, [](const RealizationGroup& group) {
        return !group.discord_text_channel_id || !group.discord_voice_channel_id;
    });
}

void keep_top_up_steps(StepPlan& plan) {
    std::erase_if(plan.steps, [&](const Step& step) { return !belongs(step, plan); });
}

}  // namespace convene::discord
