#include "discord/realize/discord_api.h"

#include "app/failure.h"
#include "discord/wire/json.h"
#include "discord/wire/message_json.h"

namespace convene::discord {
namespace {

using ShouldStop = DiscordApi::ShouldStop;

template <class Read>
auto call(RestClient& client, const Route& route, const std::string& body, const std::string& reason,
          const ShouldStop& stop, Read read)
    -> DiscordApi::Result<decltype(read(std::declval<const RestReply&>()))> {
    const auto reply = client.send({route, body, reason}, stop);
    if (!reply) return tl::unexpected(reply.error());
    try {
        return read(*reply);
    } catch (const DiscordFailure& failure) {
        const auto kind =
            route.repeatable() ? RestError::Kind::unreachable : RestError::Kind::unknown_outcome;
        return tl::unexpected(RestError{kind, {}, route.name() + ": " + failure.what()});
    }
}

template <class T>
auto reading(T (*read)(const std::string&)) {
    return [read](const RestReply& reply) { return read(reply.body); };
}

}  // namespace

Route DiscordApi::create_channel_route() const {
    return {Method::post, "/guilds/{guild_id}/channels", {guild_id_}};
}

Route DiscordApi::create_event_route() const {
    return {Method::post, "/guilds/{guild_id}/scheduled-events", {guild_id_}};
}

Route DiscordApi::get_member_route(const std::string& user_id) const {
    return {Method::get, "/guilds/{guild_id}/members/{user_id}", {guild_id_, user_id}};
}

Route DiscordApi::send_message_route(const std::string& channel) {
    return {Method::post, "/channels/{channel_id}/messages", {channel}};
}

Route DiscordApi::put_overwrite_route(const std::string& channel, const std::string& user_id) {
    return {Method::put, "/channels/{channel_id}/permissions/{overwrite_id}", {channel, user_id}};
}

DiscordApi::Result<std::string> DiscordApi::get_own_user_id(const ShouldStop& stop) {
    return call(*client_, {Method::get, "/users/@me"}, "", "", stop, reading(read_user_id));
}

DiscordApi::Result<DiscordApi::GuildAnswer> DiscordApi::get_guild(const ShouldStop& stop) {
    return call(*client_, {Method::get, "/guilds/{guild_id}", {guild_id_}}, "", "", stop,
                [](const RestReply& reply) {
                    return GuildAnswer{read_guild(reply.body), parse_http_date(reply.date)};
                });
}

DiscordApi::Result<Member> DiscordApi::get_member(const std::string& user_id, const ShouldStop& stop) {
    return call(*client_, get_member_route(user_id), "", "", stop, reading(read_member));
}

DiscordApi::Result<std::vector<Member>> DiscordApi::list_members(const std::string& after,
                                                                 const ShouldStop& stop) {
    return call(*client_,
                {Method::get, "/guilds/{guild_id}/members?limit=1000&after={after}", {guild_id_, after}}, "",
                "", stop, reading(read_members));
}

DiscordApi::Result<std::vector<Channel>> DiscordApi::list_channels(const ShouldStop& stop) {
    return call(*client_, {Method::get, "/guilds/{guild_id}/channels", {guild_id_}}, "", "", stop,
                reading(read_channels));
}

DiscordApi::Result<Channel> DiscordApi::get_channel(const std::string& id, const ShouldStop& stop) {
    return call(*client_, {Method::get, "/channels/{channel_id}", {id}}, "", "", stop, reading(read_channel));
}

DiscordApi::Result<std::vector<ScheduledEvent>> DiscordApi::list_events(const ShouldStop& stop) {
    return call(*client_, {Method::get, "/guilds/{guild_id}/scheduled-events", {guild_id_}}, "", "", stop,
                reading(read_events));
}

DiscordApi::Result<ScheduledEvent> DiscordApi::get_event(const std::string& id, const ShouldStop& stop) {
    return call(*client_, {Method::get, "/guilds/{guild_id}/scheduled-events/{event_id}", {guild_id_, id}},
                "", "", stop, reading(read_event));
}

DiscordApi::Result<Message> DiscordApi::get_message(const std::string& channel, const std::string& id,
                                                    const ShouldStop& stop) {
    return call(*client_, {Method::get, "/channels/{channel_id}/messages/{message_id}", {channel, id}}, "",
                "", stop, reading(read_message));
}

DiscordApi::Result<std::vector<AuditEntry>> DiscordApi::list_audit_log(AuditEntry::Action action,
                                                                       const std::string& user_id,
                                                                       const std::string& after,
                                                                       const ShouldStop& stop) {
    return call(*client_,
                {Method::get,
                 "/guilds/{guild_id}/audit-logs?limit=100&action_type={action}&user_id={user}&after={after}",
                 {guild_id_, std::to_string(static_cast<int>(action)), user_id, after}},
                "", "", stop, reading(read_audit_log));
}

DiscordApi::Result<std::vector<Message>> DiscordApi::list_messages(const std::string& channel,
                                                                   const std::string& after,
                                                                   const ShouldStop& stop) {
    return call(*client_,
                {Method::get, "/channels/{channel_id}/messages?limit=100&after={after}", {channel, after}},
                "", "", stop, reading(read_messages));
}

DiscordApi::Result<Channel> DiscordApi::create_channel(const NewChannel& channel, const std::string& reason,
                                                       const ShouldStop& stop) {
    return call(*client_, create_channel_route(), write_channel(channel), reason, stop,
                reading(read_channel));
}

DiscordApi::Result<Channel> DiscordApi::change_channel(const std::string& id, const ChannelChange& change,
                                                       const std::string& reason, const ShouldStop& stop) {
    return call(*client_, {Method::patch, "/channels/{channel_id}", {id}}, write_channel_change(change),
                reason, stop, reading(read_channel));
}

tl::expected<void, RestError> DiscordApi::order_channels(const std::vector<ChannelPosition>& positions,
                                                         const std::string& reason, const ShouldStop& stop) {
    const Route route(Method::patch, "/guilds/{guild_id}/channels", {guild_id_});
    const auto reply = client_->send({route, write_positions(positions), reason}, stop);
    if (!reply) return tl::unexpected(reply.error());
    return {};
}

tl::expected<void, RestError> DiscordApi::delete_channel(const std::string& id, const std::string& reason,
                                                         const ShouldStop& stop) {
    const auto reply = client_->send({Route(Method::del, "/channels/{channel_id}", {id}), "", reason}, stop);
    if (reply || reply.error().api.code == error_code::kUnknownChannel) return {};
    return tl::unexpected(reply.error());
}

tl::expected<void, RestError> DiscordApi::delete_event(const std::string& id, const std::string& reason,
                                                       const ShouldStop& stop) {
    const Route route(Method::del, "/guilds/{guild_id}/scheduled-events/{event_id}", {guild_id_, id});
    const auto reply = client_->send({route, "", reason}, stop);
    if (reply || reply.error().api.code == error_code::kUnknownEvent) return {};
    return tl::unexpected(reply.error());
}

DiscordApi::Result<ScheduledEvent> DiscordApi::create_event(const NewEvent& event, const std::string& reason,
                                                            const ShouldStop& stop) {
    return call(*client_, create_event_route(), write_event(event), reason, stop, reading(read_event));
}

DiscordApi::Result<ScheduledEvent> DiscordApi::change_event(const std::string& id, const EventChange& change,
                                                            const std::string& reason,
                                                            const ShouldStop& stop) {
    return call(*client_, {Method::patch, "/guilds/{guild_id}/scheduled-events/{event_id}", {guild_id_, id}},
                write_event_change(change), reason, stop, reading(read_event));
}

DiscordApi::Result<Message> DiscordApi::send_message(const std::string& channel, const NewMessage& message,
                                                     const ShouldStop& stop) {
    return call(*client_, send_message_route(channel), write_message(message), "", stop,
                reading(read_message));
}

tl::expected<void, RestError> DiscordApi::put_overwrite(const std::string& channel,
                                                        const Overwrite& overwrite, const std::string& reason,
                                                        const ShouldStop& stop) {
    const auto reply =
        client_->send({put_overwrite_route(channel, overwrite.id), write_overwrite(overwrite), reason}, stop);
    if (!reply) return tl::unexpected(reply.error());
    return {};
}

tl::expected<void, RestError> DiscordApi::delete_overwrite(const std::string& channel,
                                                           const std::string& user_id,
                                                           const std::string& reason,
                                                           const ShouldStop& stop) {
    const Route route(Method::del, "/channels/{channel_id}/permissions/{overwrite_id}", {channel, user_id});
    const auto reply = client_->send({route, "", reason}, stop);
    if (reply || reply.error().api.code == error_code::kUnknownOverwrite) return {};
    return tl::unexpected(reply.error());
}

}  // namespace convene::discord
