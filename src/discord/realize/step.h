// src/discord/realize/step.h: one thing to do, as a value.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "app/ports/realization_store.h"
#include "app/ports/realizer.h"
#include "app/welcome.h"
#include "discord/realize/applied.h"
#include "discord/realize/welcome_message.h"
#include "discord/wire/objects.h"

namespace convene::discord {

struct Grant {
    Overwrite overwrite;
    std::string who;

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// Category, text or voice channel, private from its first moment.
struct CreateChannel {
    ChannelType type = ChannelType::category;
    std::string name;
    std::string topic;  ///< without marker; text channels only
    std::optional<OperationKey> parent;
    std::vector<Overwrite> overwrites;
    std::vector<Grant> if_here;       ///< too, if they are on the server, which is to be asked before
    std::optional<int> position;      ///< requests that go at once arrive in any order
    std::vector<std::string> people;  ///< names of all these

    friend bool operator==(const CreateChannel&, const CreateChannel&) = default;
};

struct CreateEvent {
    OperationKey voice;
    std::string name;
    std::string description;  ///< without marker
    Instant start{};
    Instant end{};

    friend bool operator==(const CreateEvent&, const CreateEvent&) = default;
};

/// A message of convene to a group.
struct SendMessage {
    enum class Kind { welcome, newcomers, new_times };
    Kind kind = Kind::welcome;
    OperationKey channel;
    GroupWelcomeData data;
    MessagePart part;                         ///< of a welcome, or of what is told of new times
    std::optional<OperationKey> first_event;  ///< its address goes into a welcome
    std::vector<WelcomeMember> newcomers;
    std::vector<Instant> told;  ///< the meetings that the channel knows of
    MessageApplied applied;
    std::vector<std::string> if_here;  ///< users whom it addresses if they are on the server

    friend bool operator==(const SendMessage&, const SendMessage&) = default;
};

struct Withdraw {
    std::string user_id;
    std::string who;

    friend bool operator==(const Withdraw&, const Withdraw&) = default;
};

/// The database has changed since the event was last written, or a change by hand is taken back.
struct ChangeEvent {
    EventChange change;
    EventApplied applied;
    EventApplied shown;  ///< what Discord shows now

    friend bool operator==(const ChangeEvent&, const ChangeEvent&) = default;
};

/// Of a channel that exists; what is set is changed.
struct ChangeChannel {
    std::string name;  ///< as it is called now
    std::optional<std::string> new_name;
    std::optional<OperationKey> parent;                ///< the category it goes into
    std::optional<std::vector<Overwrite>> overwrites;  ///< all that it shall have
    ChannelApplied applied;                            ///< for the journal, once done

    friend bool operator==(const ChangeChannel&, const ChangeChannel&) = default;
};

/// Channels of one category, put back into the order of their groups.
struct OrderChannels {
    std::vector<std::pair<OperationKey, int>> positions;

    friend bool operator==(const OrderChannels&, const OrderChannels&) = default;
};

/// Only when a cohort is archived and that was asked for.
struct DeleteChannel {
    std::string name;
    int coming_events = 0;  ///< go with it

    friend bool operator==(const DeleteChannel&, const DeleteChannel&) = default;
};

/// The meeting will not take place: its group or cohort has ended.
struct DeleteEvent {
    std::string name;
    Instant start{};

    friend bool operator==(const DeleteEvent&, const DeleteEvent&) = default;
};

/// Found by its marker: an earlier run made it and did not hear of it. Journal only.
struct Adopt {
    std::string discord_id;
    std::string applied;
    std::string name;

    friend bool operator==(const Adopt&, const Adopt&) = default;
};

/// Deleted by hand: not to be made again unasked. Journal only.
struct GiveUp {
    std::string note;

    friend bool operator==(const GiveUp&, const GiveUp&) = default;
};

/// Discord shows already what the database says. Journal only.
struct Remember {
    std::string applied;

    friend bool operator==(const Remember&, const Remember&) = default;
};

using Action =
    std::variant<CreateChannel, CreateEvent, SendMessage, Grant, Withdraw, ChangeEvent, ChangeChannel,
                 OrderChannels, DeleteChannel, DeleteEvent, Adopt, GiveUp, Remember>;

struct Step {
    OperationKey key;  ///< of the object made or changed; for access, of the channel
    std::string group_name;
    Action action;
    std::vector<OperationKey> needs;  ///< must exist before
    /// Earlier steps of these keys must have ended, well or not (before a DeleteChannel: well).
    std::vector<OperationKey> after;

    friend bool operator==(const Step&, const Step&) = default;
};

/// Writes to the journal only, not to Discord.
[[nodiscard]] bool journal_only(const Step& step);

/// For people.
[[nodiscard]] RealizationStep describe(const Step& step);
[[nodiscard]] std::string object_name(DiscordObject object);
/// `create text channel group-1 (Group 1)`.
[[nodiscard]] std::string one_line_of(const RealizationStep& step);

}  // namespace convene::discord
