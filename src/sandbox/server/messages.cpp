#include "sandbox/server/messages.h"

#include <algorithm>
#include <chrono>

#include "sandbox/server/form.h"
#include "sandbox/server/mentions.h"
#include "sandbox/server/message_form.h"
#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kNonceLength = 25;
constexpr int kSettableFlags = message_flag::kSuppressEmbeds | message_flag::kSuppressNotifications;

/// The channel, when it is one for messages and the user may `needed` in it.
/// Reading a voice channel's messages takes CONNECT as well.
Result<Channel*> reach_text(World& world, const Act& act, Snowflake channel_id, Permissions needed) {
    const auto found = world.channels.find(channel_id);
    const bool voice = found != world.channels.end() && found->second.type == ChannelType::voice;
    const auto channel =
        reach_channel(world, act, channel_id, voice ? needed | permission::kConnect : needed);
    if (channel && (*channel)->type == ChannelType::category) return refuse::non_text_channel();
    return channel;
}

Result<Message*> reach_message(World& world, const Act& act, Snowflake channel_id, Snowflake message_id,
                               Permissions needed) {
    const auto channel = reach_text(world, act, channel_id, needed);
    if (!channel) return Refusal(channel.error());
    auto& messages = world.messages[channel_id];
    const auto message = messages.find(message_id);
    if (message == messages.end()) return refuse::unknown_message();
    return &message->second;
}

/// The nonce as JSON text; empty when there is none.
std::string read_nonce(Form& form) {
    if (!form.has("nonce") || form.is_null("nonce")) return "";
    const json& nonce = form.raw("nonce");
    if (nonce.is_string() && length_of(nonce.get_ref<const std::string&>()) > kNonceLength) {
        form.fault("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.");
    } else if (!nonce.is_string() && !nonce.is_number_integer()) {
        form.fault("nonce", "NONCE_TYPE_INVALID", "Must be a string or an integer.");
    }
    return nonce.dump();
}

/// The use of the same nonce that an enforced repeat falls back on.
const NonceUse* earlier_use(const World& world, const Act& act, Snowflake channel_id,
                            const std::string& nonce) {
    const std::chrono::milliseconds window(world.settings.nonce_window_ms);
    for (const auto& [message_id, use] : world.nonces) {
        const bool recent = act.now - made_at(message_id) < window;
        const bool same_place = !world.settings.nonce_per_channel || use.channel_id == channel_id;
        if (recent && same_place && use.author_id == act.user_id && use.nonce == nonce) return &use;
    }
    return nullptr;
}

int count_pins(const std::map<Snowflake, Message>& messages) {
    return static_cast<int>(std::count_if(messages.begin(), messages.end(),
                                          [](const auto& entry) { return entry.second.pinned; }));
}

/// Notices that Discord itself writes; they cannot be edited or pinned.
bool is_notice(const Message& message) {
    return message.type == MessageType::channel_pinned_message;
}

}  // namespace

Snowflake append_message(World& world, Channel& channel, Message message, Instant now) {
    message.id = world.ids.next(now);
    message.channel_id = channel.id;
    const Snowflake id = message.id;
    world.messages[channel.id].emplace(id, std::move(message));
    channel.last_message_id = id;
    world.note(Kind::message, id, channel.id);
    world.note(Kind::channel, channel.id);
    return id;
}

Result<SentMessage> create_message(World& world, const Act& act, Snowflake channel_id, const json& body) {
    const auto reached = reach_text(world, act, channel_id, permission::kSendMessages);
    if (!reached) return Refusal(reached.error());
    Channel& channel = **reached;
    const Permissions held = channel_permissions(world, act.user_id, channel);

    FormFaults faults;
    Form form(body, faults);
    Message message;
    read_content(form, message, kSettableFlags);
    if (const auto tts = form.boolean("tts"))
        message.tts = *tts && has_all(held, permission::kSendTtsMessages);
    read_mentions(world, form, message, has_all(held, permission::kMentionEveryone));
    const std::string nonce = read_nonce(form);
    const bool enforced = form.boolean("enforce_nonce").value_or(false) && !nonce.empty();
    if (!faults.empty()) return faults.refusal();
    if (is_empty(message)) return refuse::empty_message();
    if (message.embeds != "[]" && !has_all(held, permission::kEmbedLinks))
        return refuse::missing_permissions();

    if (enforced) {
        if (const NonceUse* use = earlier_use(world, act, channel_id, nonce)) {
            if (!world.messages[use->channel_id].contains(use->message_id)) return refuse::unknown_message();
            return SentMessage{use->message_id, nonce};
        }
    }
    message.author_id = act.user_id;
    const Snowflake id = append_message(world, channel, std::move(message), act.now);
    if (enforced) {
        world.nonces.emplace(id, NonceUse{nonce, act.user_id, channel_id, id});
        world.note(Kind::nonce, id);
    }
    return SentMessage{id, nonce};
}

Result<Snowflake> update_message(World& world, const Act& act, Snowflake channel_id, Snowflake message_id,
                                 const json& body) {
    const auto reached = reach_message(world, act, channel_id, message_id, 0);
    if (!reached) return Refusal(reached.error());
    if ((*reached)->author_id != act.user_id) return refuse::edit_of_foreign_message();
    if (is_notice(**reached)) return refuse::system_message();
    Message changed = **reached;
    FormFaults faults;
    Form form(body, faults);
    read_content(form, changed, kSettableFlags);
    const Permissions held = channel_permissions(world, act.user_id, world.channels.at(channel_id));
    read_mentions(world, form, changed, has_all(held, permission::kMentionEveryone));
    if (!faults.empty()) return faults.refusal();
    if (is_empty(changed)) return refuse::empty_message();
    changed.edited_at = act.now;
    **reached = std::move(changed);
    world.note(Kind::message, message_id, channel_id);
    return message_id;
}

Result<void> delete_message(World& world, const Act& act, Snowflake channel_id, Snowflake message_id) {
    const auto reached = reach_message(world, act, channel_id, message_id, 0);
    if (!reached) return Refusal(reached.error());
    const bool own = (*reached)->author_id == act.user_id;
    const Permissions held = channel_permissions(world, act.user_id, world.channels.at(channel_id));
    if (!own && !has_all(held, permission::kManageMessages)) return refuse::missing_permissions();
    const Snowflake author_id = (*reached)->author_id;
    world.messages[channel_id].erase(message_id);
    world.note(Kind::message, message_id, channel_id);
    if (!own) record(world, act, AuditAction::message_delete, author_id);
    return {};
}

Result<void> set_pinned(World& world, const Act& act, Snowflake channel_id, Snowflake message_id,
                        bool pinned) {
    const auto reached = reach_message(world, act, channel_id, message_id, permission::kPinMessages);
    if (!reached) return Refusal(reached.error());
    Message& message = **reached;
    if (is_notice(message)) return refuse::system_message();
    if (message.pinned == pinned) return {};
    if (pinned && count_pins(world.messages[channel_id]) >= world.settings.pins_per_channel) {
        return refuse::max_pins(world.settings.pins_per_channel);
    }
    message.pinned = pinned;
    message.pinned_at = pinned ? std::optional(act.now) : std::nullopt;
    Channel& channel = world.channels.at(channel_id);
    if (pinned) channel.last_pin_at = act.now;
    world.note(Kind::message, message_id, channel_id);
    world.note(Kind::channel, channel_id);
    record(world, act, pinned ? AuditAction::message_pin : AuditAction::message_unpin, message.author_id);
    if (pinned && world.settings.pin_notice) {
        Message notice;
        notice.type = MessageType::channel_pinned_message;
        notice.pinned_message_id = message_id;
        notice.author_id = act.user_id;
        (void)append_message(world, channel, std::move(notice), act.now);
    }
    return {};
}

Result<const Message*> get_message(World& world, const Act& act, Snowflake channel_id, Snowflake message_id) {
    const auto reached = reach_message(world, act, channel_id, message_id, permission::kReadMessageHistory);
    if (!reached) return Refusal(reached.error());
    return *reached;
}

Result<std::vector<const Message*>> list_messages(World& world, const Act& act, Snowflake channel_id,
                                                  const MessagePage& page) {
    const auto channel = reach_text(world, act, channel_id, 0);
    if (!channel) return Refusal(channel.error());
    std::vector<const Message*> listed;
    const Permissions held = channel_permissions(world, act.user_id, **channel);
    if (!has_all(held, permission::kReadMessageHistory)) return listed;

    const std::chrono::milliseconds lag(world.settings.list_lag_ms);
    for (const auto& [id, message] : world.messages[channel_id]) {
        const bool shown = act.now - made_at(id) >= lag;
        const bool on_side = (!page.before || id < *page.before) && (!page.after || id > *page.after);
        if (shown && on_side) listed.push_back(&message);
    }
    // Oldest first here. Cut to the page, then turn it round.
    if (page.around) {
        const auto middle = std::find_if(listed.begin(), listed.end(),
                                         [&](const Message* message) { return message->id >= *page.around; });
        const auto half = static_cast<std::ptrdiff_t>(page.limit / 2);
        const auto first = listed.begin() + std::max<std::ptrdiff_t>(0, (middle - listed.begin()) - half);
        listed.erase(listed.begin(), first);
        if (listed.size() > page.limit) listed.resize(page.limit);
    } else if (page.after) {
        if (listed.size() > page.limit) listed.resize(page.limit);
    } else if (listed.size() > page.limit) {
        listed.erase(listed.begin(), listed.end() - static_cast<std::ptrdiff_t>(page.limit));
    }
    std::reverse(listed.begin(), listed.end());
    return listed;
}

}  // namespace convene::sandbox
