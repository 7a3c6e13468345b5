// src/discord/realize/planner.h: the working state behind plan_steps().
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "discord/realize/plan_steps.h"

namespace convene::discord {

/// One pass over one cohort: categories, then channels, access, events, messages.
class Planner {
public:
    explicit Planner(const PlanInput& input);
    [[nodiscard]] StepPlan plan();
    /// When the cohort has ended: what closes or removes everything that was made for it.
    [[nodiscard]] StepPlan archive();

private:
    /// How one thing that should exist once stands.
    enum class Standing {
        exists,
        absent,  ///< to be created; perhaps in doubt, then StepPlan::doubts names it
        gone,    ///< deleted by hand: left alone
        hidden,  ///< the bot may not see it
        asked,   ///< a question must be answered first
    };
    struct CategoryState {
        OperationKey key;
        Standing standing = Standing::absent;
        int free = kMaxChannelsPerCategory;
    };
    struct WantedEvent {
        const RealizationGroup* group = nullptr;
        std::size_t meeting = 0;  ///< index in the group's meetings
        OperationKey key;
    };
    /// What a group's channel has been told, and by which numbers more can be.
    struct Notices {
        MessageApplied told;
        std::set<int> unused;
        int next_ordinal = 0;
    };
    using Finder = std::vector<std::string> (Planner::*)(const JournalEntry& entry) const;

    // planner.cpp
    [[nodiscard]] const JournalEntry* entry(const OperationKey& key) const;
    [[nodiscard]] OperationKey key(DiscordObject object, const RealizationGroup* group = nullptr,
                                   const RealizationMeeting* meeting = nullptr, int ordinal = 0) const;
    [[nodiscard]] bool usable(const OperationKey& key) const;
    [[nodiscard]] std::string group_name(const RealizationGroup& group) const;
    void note(RealizationNote::Kind kind, std::string message, std::string mend = {});
    void forgo(const OperationKey& key, const RealizationGroup* group, const std::string& what);
    void note_unprovable(const JournalEntry& entry, const RealizationGroup* group,
                         RealizationNote::Kind kind);
    /// Of a thing in doubt: adopts the oldest of what was found, or what the audit log names.
    Standing settle_doubt(const JournalEntry& entry, const RealizationGroup* group,
                          std::vector<std::string> found);
    Standing settle_by_audit_log(const JournalEntry& entry, const RealizationGroup* group,
                                 const std::vector<std::string>& found);
    Standing adopt(const JournalEntry& entry, const RealizationGroup* group, const std::string& id);
    [[nodiscard]] Standing not_found(const JournalEntry& entry);
    [[nodiscard]] Instant earliest_of(const JournalEntry& entry) const;

    // planner_channels.cpp
    Standing resolve_channel(const OperationKey& key, const RealizationGroup* group,
                             const std::optional<std::string>& column, const std::string& name);
    [[nodiscard]] std::vector<std::string> find_channel(const JournalEntry& entry) const;
    [[nodiscard]] bool shown_again(const JournalEntry& entry) const;
    void resolve_categories();
    [[nodiscard]] std::string category_name(int ordinal) const;
    void create_category(int ordinal);
    std::optional<OperationKey> place(int channels, const OperationKey* beside);
    void plan_channels();
    [[nodiscard]] int rank(const RealizationGroup& group) const;
    void create_channel(const RealizationGroup& group, const OperationKey& key, ChannelType type,
                        const OperationKey& parent);

    // planner_drift.cpp
    void compare_channel(const OperationKey& key, const RealizationGroup* group, const Channel& channel,
                         const std::string& name, const ChannelApplied& applied);
    [[nodiscard]] bool at_home(const Channel& channel) const;
    void compare_order();
    void compare_order_in(const OperationKey& category, DiscordObject object);

    // planner_access.cpp
    void plan_access(const RealizationGroup& group, const OperationKey& key, ChannelType type);
    [[nodiscard]] std::optional<bool> on_server(const RealizationMember& member);
    [[nodiscard]] bool asked_later(const RealizationGroup& group, const RealizationMember& member) const;
    [[nodiscard]] bool has_access(const RealizationGroup& group, const RealizationMember& member);
    void note_people();

    // planner_events.cpp
    void plan_events();
    std::optional<WantedEvent> resolve_event(const RealizationGroup& group, std::size_t meeting);
    void compare_event(const RealizationGroup& group, std::size_t meeting, const OperationKey& key,
                       const ScheduledEvent& event);
    [[nodiscard]] std::vector<std::string> find_event(const JournalEntry& entry,
                                                      const RealizationGroup& group) const;
    [[nodiscard]] std::string event_name(const RealizationGroup& group, std::size_t meeting) const;
    void create_event(const WantedEvent& wanted);

    // planner_ended.cpp
    [[nodiscard]] std::optional<std::string> leftover_channel(const OperationKey& key,
                                                              const RealizationGroup* group,
                                                              const std::optional<std::string>& column);
    [[nodiscard]] std::optional<std::string> leftover_event(const RealizationGroup& group,
                                                            const RealizationMeeting& meeting);
    int delete_coming_events(const RealizationGroup& group);
    void plan_ended_groups();

    // planner_archive.cpp
    void close_channel(const RealizationGroup& group, const OperationKey& key, ChannelType type);
    void remove_channels();
    void find_leftovers();
    void note_hidden(const OperationKey& key, const RealizationGroup* group,
                     const std::optional<std::string>& column);

    // planner_messages.cpp
    void plan_messages(const RealizationGroup& group);
    [[nodiscard]] Standing resolve_welcome(const RealizationGroup& group, const OperationKey& part);
    [[nodiscard]] GroupWelcomeData welcome_data(const RealizationGroup& group) const;
    void send_welcome(const RealizationGroup& group, const std::vector<MessagePart>& parts, int index);
    [[nodiscard]] Notices read_notices(const RealizationGroup& group, MessageApplied welcome);
    void plan_notices(const RealizationGroup& group, MessageApplied welcome);
    void tell_new_times(const RealizationGroup& group, Notices& notices);
    std::optional<OperationKey> send_notice(const RealizationGroup& group, Notices& notices,
                                            SendMessage message, const std::optional<OperationKey>& previous);
    [[nodiscard]] Standing resolve_message(const JournalEntry& entry, const RealizationGroup& group,
                                           const std::string& after);
    [[nodiscard]] std::optional<OperationKey> first_event(const RealizationGroup& group) const;

    // planner_preflight.cpp
    void preflight();
    void incomplete(std::string message, std::string mend, bool anything_else);
    void note_overwrites();
    void note_names();

    const PlanInput& in_;
    StepPlan out_;
    Instant now_;
    std::map<OperationKey, const JournalEntry*> journal_;
    std::map<OperationKey, Standing> standing_;
    std::set<std::string> claimed_;  ///< ids that belong to something already
    std::vector<CategoryState> categories_;
    std::set<std::string> absent_people_;  ///< names, not on the server
    std::set<std::string> people_without_id_;
    std::vector<std::string> unmanageable_;  ///< categories, by name
    bool other_server_ = false;
    bool nowhere_ = false;  ///< groups without channels have no category to get them in
};

}  // namespace convene::discord
