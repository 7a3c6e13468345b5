#include "discord/realize/refusal.h"

namespace convene::discord {

Refusal what_follows(const Step& step, const RestError& error) {
    using Then = Refusal::Then;
    const ApiError& api = error.api;
    const std::string what = one_line_of(describe(step)) + ": ";
    if (error.bad_token()) return {Then::end_run, "Discord does not accept the bot token", ""};
    if (api.status == 429) return {Then::end_run, error.message, ""};
    if (api.code == error_code::kGuildChannelsFull) {
        return {Then::end_run,
                "the Discord server is full: it holds 500 channels, some of them perhaps hidden from the bot",
                ""};
    }
    const auto* create = std::get_if<CreateChannel>(&step.action);
    if (api.has_field_code("CHANNEL_PARENT_MAX_CHANNELS") && create != nullptr && create->parent)
        return {Then::category_full, "", ""};
    if (api.code == error_code::kGuildEventsFull) {
        return {Then::events_full,
                "Discord takes no more events on this server now: 100 are coming, some perhaps hidden from "
                "the bot",
                "run realize again later"};
    }
    if (api.has_field_code("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST"))
        return {Then::skip, what + "by Discord's clock the meeting has begun; skipped", ""};
    if (api.status == 404) return {Then::look_again, "", ""};
    if (api.status == 403) return {Then::end_run, what + error.message, ""};
    return {Then::skip, what + error.message, ""};
}

}  // namespace convene::discord
