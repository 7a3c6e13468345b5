// src/discord/realize/observed_server.h: what Discord shows, as far as it was asked.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "discord/wire/objects.h"

namespace convene::discord {

/// What became of one thing that is known by id but missing from its list.
enum class Fate {
    gone,    ///< Discord does not know it any more
    hidden,  ///< it exists and the bot may not see it
};

struct ObservedServer {
    Guild guild;
    Member bot;
    std::map<std::string, Channel> channels;       ///< by id; those the bot may view
    std::map<std::string, ScheduledEvent> events;  ///< likewise
    std::map<std::string, bool> on_server;         ///< by user id; absent: not asked
    bool may_list_people = true;                   ///< false once the list of members was refused
    std::map<std::string, Fate> missing;           ///< channels, events and messages, by id
    std::set<std::string> seen_messages;           ///< asked for by id, and there
    /// By channel and the id after which was read: at most 100, oldest first.
    std::map<std::pair<std::string, std::string>, std::vector<Message>> messages;
    /// What the bot made, where somebody asked: a line proves that it was made, a missing line nothing.
    std::map<AuditEntry::Action, std::vector<AuditEntry>> audit_log;
    bool may_read_audit_log = true;  ///< false once it was refused
    std::optional<Instant> now;      ///< by Discord's clock
};

/// What a plan cannot be made without.
struct Questions {
    std::set<std::string> members;
    std::set<std::string> channels;
    std::set<std::string> events;
    std::set<std::pair<std::string, std::string>> messages;       ///< channel, message
    std::set<std::pair<std::string, std::string>> message_pages;  ///< channel, after
    std::map<AuditEntry::Action, Instant> audit_log;              ///< from then on

    [[nodiscard]] bool empty() const noexcept {
        return members.empty() && channels.empty() && events.empty() && messages.empty() &&
               message_pages.empty() && audit_log.empty();
    }
};

}  // namespace convene::discord
