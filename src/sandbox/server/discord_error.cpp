#include "sandbox/server/discord_error.h"

#include <fmt/format.h>

namespace convene::sandbox::refuse {
namespace {
Refusal make(int status, int code, std::string message) {
    return Refusal(DiscordError{status, code, std::move(message), ""});
}
}  // namespace

Refusal unknown_channel() {
    return make(404, 10003, "Unknown Channel");
}
Refusal unknown_guild() {
    return make(404, 10004, "Unknown Guild");
}
Refusal unknown_member() {
    return make(404, 10007, "Unknown Member");
}
Refusal unknown_message() {
    return make(404, 10008, "Unknown Message");
}
Refusal unknown_overwrite() {
    return make(404, 10009, "Unknown permission overwrite");
}
Refusal unknown_role() {
    return make(404, 10011, "Unknown Role");
}
Refusal unknown_scheduled_event() {
    return make(404, 10070, "Unknown Guild Scheduled Event");
}
Refusal missing_access() {
    return make(403, 50001, "Missing Access");
}
Refusal missing_permissions() {
    return make(403, 50013, "Missing Permissions");
}
Refusal max_pins(int limit) {
    return make(400, 30003, fmt::format("Maximum number of pins reached for the channel ({})", limit));
}
Refusal max_guild_channels(int limit) {
    return make(400, 30013, fmt::format("Maximum number of guild channels reached ({})", limit));
}
Refusal max_uncompleted_events(int limit) {
    return make(400, 30038,
                fmt::format("Maximum number of uncompleted guild scheduled events reached ({})", limit));
}
Refusal max_overwrites(int limit) {
    return make(400, 30060,
                fmt::format("Maximum number of channel permission overwrites reached ({})", limit));
}
Refusal one_parent_at_a_time() {
    return make(400, 40009, "Only one channel's parent_id can be changed at a time");
}
Refusal edit_of_foreign_message() {
    return make(403, 50005, "Cannot edit a message authored by another user");
}
Refusal empty_message() {
    return make(400, 50006, "Cannot send an empty message");
}
Refusal non_text_channel() {
    return make(400, 50008, "Cannot send messages in a non-text channel");
}
Refusal system_message() {
    return make(403, 50021, "Cannot execute action on a system message");
}
Refusal wrong_channel_type() {
    return make(400, 50024, "Cannot execute action on this channel type");
}
Refusal unknown_application() {
    return make(404, 10002, "Unknown Application");
}
Refusal unknown_webhook() {
    return make(404, 10015, "Unknown Webhook");
}
Refusal unknown_interaction() {
    return make(404, 10062, "Unknown interaction");
}
Refusal interaction_already_acknowledged() {
    return make(400, 40060, "Interaction has already been acknowledged.");
}
Refusal invalid_webhook_token() {
    return make(401, 50027, "Invalid Webhook Token");
}
Refusal max_commands() {
    return make(400, 30032, "Maximum number of application commands reached (100).");
}
Refusal max_daily_command_creates() {
    return make(400, 30034, "Max number of daily application command creates has been reached (200)");
}
Refusal finished_event() {
    return make(400, 180000, "Cannot update a finished event");
}

}  // namespace convene::sandbox::refuse
