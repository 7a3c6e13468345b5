#include "discord/realize/step_order.h"

#include <algorithm>
#include <map>

namespace convene::discord {
namespace {

/// Steps that share a limit take their turns by it: first what most waits for. A voice channel
/// opens the way to all of a group's events, whose limit takes longest; a text channel to one message.
int urgency(const Step& step) {
    const auto* channel = std::get_if<CreateChannel>(&step.action);
    if (channel == nullptr) return 0;
    switch (channel->type) {
        case ChannelType::category:
            return 0;
        case ChannelType::voice:
            return 1;
        default:
            return 2;
    }
}

}  // namespace

StepOrder::StepOrder(const std::vector<Step>& steps) : waits_for(steps.size()) {
    std::map<OperationKey, std::vector<std::size_t>> earlier;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        for (const auto* keys : {&step.needs, &step.after}) {
            for (const OperationKey& key : *keys) {
                const auto& before = earlier[key];
                // Grants wait for their channel, not for each other.
                const bool own = key == step.key && !before.empty();
                if (own) {
                    waits_for[i].push_back(before.front());
                } else {
                    waits_for[i].insert(waits_for[i].end(), before.begin(), before.end());
                }
            }
        }
        earlier[step.key].push_back(i);
        turn.push_back(i);
    }
    std::stable_sort(turn.begin(), turn.end(), [&](std::size_t left, std::size_t right) {
        return urgency(steps[left]) < urgency(steps[right]);
    });
}

}  // namespace convene::discord
