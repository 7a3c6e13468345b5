// src/app/ports/realization_store.h: what realization reads and remembers.
//
// The journal is a write-ahead log of Discord operations that cannot be
// repeated safely: an entry is on disk before its request is sent, and
// completed after the reply. An entry that was begun and has no id is in
// doubt: it must be looked up on Discord before anything is sent again.
//
// `applied` remembers what Discord was last told, so that a later run can tell
// a change in the database (carried out) from a change by hand (left alone).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cohort_snapshot.h"
#include "app/failure.h"
#include "app/ids.h"
#include "core/model/person.h"
#include "core/time/instant.h"

namespace convene {

struct RealizationMember {
    UserId user_id;
    std::optional<std::string> discord_id;
    std::string name;
    Role role = Role::participant;
    std::string timezone;  ///< IANA name; empty when unknown

    friend bool operator==(const RealizationMember&, const RealizationMember&) = default;
};

struct RealizationMeeting {
    MeetingId meeting_id;
    Instant scheduled_time;
    std::optional<std::string> discord_event_id;

    friend bool operator==(const RealizationMeeting&, const RealizationMeeting&) = default;
};

struct RealizationGroup {
    GroupId group_id;
    std::string group_name;
    std::string meeting_time_utc;  ///< `Wednesday 15:00`, of the first meeting
    std::string anchor;            ///< zone name in which the weekly time stays put
    std::optional<std::string> discord_text_channel_id;
    std::optional<std::string> discord_voice_channel_id;
    std::vector<RealizationMember> members;         ///< active ones; facilitators first, then by name
    std::vector<RealizationMember> former_members;  ///< removed or dropped: access to withdraw
    std::vector<RealizationMeeting> meetings;       ///< by time: entry i is meeting i
    GroupStatus status = GroupStatus::forming;

    friend bool operator==(const RealizationGroup&, const RealizationGroup&) = default;
};

/// Result of get_cohort_groups_for_realization.
struct CohortRealization {
    CohortId cohort_id;
    std::string cohort_name;
    std::string course_name;
    Date cohort_start_date{};
    int number_of_group_meetings = 0;
    int meeting_minutes = 60;
    std::optional<std::string> discord_category_id;
    std::vector<RealizationGroup> groups;  ///< forming or active, by group id
    /// Completed, merged or cancelled ones that may have left something on Discord, by group id. Nobody is
    /// an active member of a cancelled or merged group: all that ever were are former ones.
    std::vector<RealizationGroup> ended_groups;

    friend bool operator==(const CohortRealization&, const CohortRealization&) = default;
};

/// Enumerators are spelled as stored.
enum class DiscordObject { category, text_channel, voice_channel, event, welcome_message, notice_message };

/// Names one thing that must exist once: the same thing has the same key in every run.
struct OperationKey {
    DiscordObject object = DiscordObject::category;
    CohortId cohort_id;
    std::optional<GroupId> group_id;      ///< channels, events, messages
    std::optional<MeetingId> meeting_id;  ///< events
    int ordinal = 0;                      ///< categories: 0, 1, …; notices: rising

    friend auto operator<=>(const OperationKey&, const OperationKey&) = default;
};

struct JournalEntry {
    std::int64_t operation_id = 0;
    OperationKey key;
    std::string guild_id;
    std::string marker;                     ///< the text by which the object is recognised on Discord
    std::string applied;                    ///< JSON: what was last sent, and the name Discord gave it
    int attempts = 0;                       ///< creates begun since it was last known not to exist
    Instant begun_at{};                     ///< of the last attempt
    std::optional<std::string> discord_id;  ///< set once it is known to exist
    bool given_up =
        false;  ///< deleted by hand, or impossible (a past meeting): not to be created again unasked
    std::string note;

    /// A create was begun and nobody knows how it ended.
    [[nodiscard]] bool in_doubt() const noexcept { return attempts > 0 && !discord_id && !given_up; }

    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// Implemented by the same adapters as CohortStore. Each call is one durable transaction (fsync'd).
class RealizationStore {
public:
    virtual ~RealizationStore() = default;

    [[nodiscard]] virtual std::optional<CohortRealization> get_cohort_groups_for_realization(
        CohortId cohort) = 0;

    /// Every journal entry of the cohort, by operation id.
    [[nodiscard]] virtual std::vector<JournalEntry> load_journal(CohortId cohort) = 0;

    /// Every Discord id that other cohorts have in their journals or columns: never to be adopted by this
    /// one.
    [[nodiscard]] virtual std::vector<std::string> list_foreign_discord_ids(CohortId cohort) = 0;

    /// Before a create is sent: inserts the entry with attempts 1, or raises `attempts` of the one that
    /// has this key, sets its guild, marker, applied and begun_at, and clears discord_id, given_up and
    /// note. Returns it as stored.
    [[nodiscard]] virtual JournalEntry begin_operation(const JournalEntry& intent) = 0;

    /// After the reply: sets discord_id and applied, and in the same transaction the
    /// column that the specification names (cohorts.discord_category_id for ordinal 0,
    /// groups.discord_text_channel_id / discord_voice_channel_id,
    /// meetings.discord_event_id and, where the group has one, discord_voice_channel_id).
    virtual void complete_operation(std::int64_t operation_id, const std::string& discord_id,
                                    const std::string& applied) = 0;

    /// After a reply that says for certain that nothing was made: sets attempts to 0, so that the
    /// next run may create it without a look.
    virtual void refuse_operation(std::int64_t operation_id, const std::string& note) = 0;

    /// After a change of an existing object (repeatable, so not announced before): sets applied.
    virtual void record_applied(std::int64_t operation_id, const std::string& applied) = 0;

    /// Marks an entry so that it is not created again unasked, or (false) lifts the mark.
    virtual void give_up_operation(std::int64_t operation_id, bool given_up, const std::string& note) = 0;

    /// The names of the specification, for callers outside the journal.
    virtual void save_discord_channel_ids(GroupId group, const std::string& text_channel_id,
                                          const std::string& voice_channel_id) = 0;
    virtual void save_cohort_category_id(CohortId cohort, const std::string& category_id) = 0;
};

}  // namespace convene
