#include "discord/realize/change_on_discord.h"

namespace convene::discord {
namespace {

template <class Reply>
ChangeResult answer(const Reply& reply, Changed changed = {}) {
    if (!reply) return tl::unexpected(reply.error());
    return changed;
}

}  // namespace

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const Grant& grant) {
    return answer(on.api.put_overwrite(on.id_of(step.key), grant.overwrite, on.reason, on.stop));
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const Withdraw& withdraw) {
    return answer(on.api.delete_overwrite(on.id_of(step.key), withdraw.user_id, on.reason, on.stop));
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const ChangeEvent& change) {
    return answer(on.api.change_event(on.id_of(step.key), change.change, on.reason, on.stop),
                  {to_json(change.applied), std::nullopt});
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const ChangeChannel& change) {
    ChannelChange request;
    request.name = change.new_name;
    if (change.parent) request.parent_id = on.id_of(*change.parent);
    request.overwrites = change.overwrites;
    const auto changed = on.api.change_channel(on.id_of(step.key), request, on.reason, on.stop);
    if (!changed) return tl::unexpected(changed.error());
    ChannelApplied applied = change.applied;
    if (change.new_name) applied.stored = changed->name;
    return Changed{to_json(applied), std::nullopt};
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& /*step*/, const OrderChannels& order) {
    std::vector<ChannelPosition> positions;
    for (const auto& [key, position] : order.positions) positions.push_back({on.id_of(key), position});
    return answer(on.api.order_channels(positions, on.reason, on.stop));
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const DeleteChannel& /*removal*/) {
    return answer(on.api.delete_channel(on.id_of(step.key), on.reason, on.stop),
                  {std::nullopt, "removed when the cohort was archived"});
}

ChangeResult change_on_discord(const ChangeContext& on, const Step& step, const DeleteEvent& /*removal*/) {
    return answer(on.api.delete_event(on.id_of(step.key), on.reason, on.stop),
                  {std::nullopt, "removed: its group has ended"});
}

}  // namespace convene::discord
