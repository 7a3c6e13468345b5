// src/discord/realize/discord_api.h: the calls that realization makes, typed.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "discord/rest/rest_client.h"
#include "discord/wire/objects.h"

namespace convene::discord {

/// Any number of threads may call at once. Answers that cannot be read are
/// failures: of a create, one with unknown outcome.
class DiscordApi {
public:
    template <class T>
    using Result = tl::expected<T, RestError>;
    using ShouldStop = RestClient::ShouldStop;

    DiscordApi(std::shared_ptr<RestClient> client, std::string guild_id)
        : client_(std::move(client)), guild_id_(std::move(guild_id)) {}

    [[nodiscard]] const std::string& guild_id() const noexcept { return guild_id_; }
    [[nodiscard]] RestClient& client() noexcept { return *client_; }

    [[nodiscard]] Result<std::string> get_own_user_id(const ShouldStop& stop);
    struct GuildAnswer {
        Guild guild;
        std::optional<Instant> now;  ///< by Discord's clock
    };
    [[nodiscard]] Result<GuildAnswer> get_guild(const ShouldStop& stop);
    [[nodiscard]] Result<Member> get_member(const std::string& user_id, const ShouldStop& stop);
    /// One page of at most 1000, after that user; refused without the privileged intent.
    [[nodiscard]] Result<std::vector<Member>> list_members(const std::string& after, const ShouldStop& stop);
    [[nodiscard]] Result<std::vector<Channel>> list_channels(const ShouldStop& stop);
    [[nodiscard]] Result<Channel> get_channel(const std::string& id, const ShouldStop& stop);
    [[nodiscard]] Result<std::vector<ScheduledEvent>> list_events(const ShouldStop& stop);
    [[nodiscard]] Result<ScheduledEvent> get_event(const std::string& id, const ShouldStop& stop);
    [[nodiscard]] Result<Message> get_message(const std::string& channel, const std::string& id,
                                              const ShouldStop& stop);
    /// What that user did of that kind: at most 100, the oldest after that id first.
    [[nodiscard]] Result<std::vector<AuditEntry>> list_audit_log(AuditEntry::Action action,
                                                                 const std::string& user_id,
                                                                 const std::string& after,
                                                                 const ShouldStop& stop);
    /// At most 100, the oldest after that id first.
    [[nodiscard]] Result<std::vector<Message>> list_messages(const std::string& channel,
                                                             const std::string& after,
                                                             const ShouldStop& stop);

    [[nodiscard]] Result<Channel> create_channel(const NewChannel& channel, const std::string& reason,
                                                 const ShouldStop& stop);
    [[nodiscard]] Result<Channel> change_channel(const std::string& id, const ChannelChange& change,
                                                 const std::string& reason, const ShouldStop& stop);
    /// All in one request.
    [[nodiscard]] tl::expected<void, RestError> order_channels(const std::vector<ChannelPosition>& positions,
                                                               const std::string& reason,
                                                               const ShouldStop& stop);
    /// One that is not there is as good as deleted; the same for events.
    [[nodiscard]] tl::expected<void, RestError> delete_channel(const std::string& id,
                                                               const std::string& reason,
                                                               const ShouldStop& stop);
    [[nodiscard]] tl::expected<void, RestError> delete_event(const std::string& id, const std::string& reason,
                                                             const ShouldStop& stop);
    [[nodiscard]] Result<ScheduledEvent> create_event(const NewEvent& event, const std::string& reason,
                                                      const ShouldStop& stop);
    [[nodiscard]] Result<ScheduledEvent> change_event(const std::string& id, const EventChange& change,
                                                      const std::string& reason, const ShouldStop& stop);
    [[nodiscard]] Result<Message> send_message(const std::string& channel, const NewMessage& message,
                                               const ShouldStop& stop);
    [[nodiscard]] tl::expected<void, RestError> put_overwrite(const std::string& channel,
                                                              const Overwrite& overwrite,
                                                              const std::string& reason,
                                                              const ShouldStop& stop);
    /// An overwrite that is not there is as good as withdrawn.
    [[nodiscard]] tl::expected<void, RestError> delete_overwrite(const std::string& channel,
                                                                 const std::string& user_id,
                                                                 const std::string& reason,
                                                                 const ShouldStop& stop);

    // Routes, so that a scheduler can ask which may go.
    [[nodiscard]] Route create_channel_route() const;
    [[nodiscard]] Route create_event_route() const;
    [[nodiscard]] Route get_member_route(const std::string& user_id) const;
    [[nodiscard]] static Route send_message_route(const std::string& channel);
    [[nodiscard]] static Route put_overwrite_route(const std::string& channel, const std::string& user_id);

private:
    std::shared_ptr<RestClient> client_;
    std::string guild_id_;
};

}  // namespace convene::discord
