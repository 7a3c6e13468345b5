#include "discord/realize/observe.h"

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

using ShouldStop = DiscordApi::ShouldStop;

constexpr std::size_t kMemberPage = 1000;
constexpr std::size_t kAuditPage = 100;

template <class T>
T value_of(tl::expected<T, RestError> result) {
    if (!result) throw failure_of(result.error());
    return std::move(*result);
}

bool says_gone(const RestError& error) {
    switch (error.api.code) {
        case error_code::kUnknownChannel:
        case error_code::kUnknownMessage:
        case error_code::kUnknownEvent:
            return true;
        default:
            return error.kind == RestError::Kind::refused && error.api.status == 404;
    }
}

bool says_hidden(const RestError& error) {
    return error.kind == RestError::Kind::refused && error.api.status == 403;
}

void for_each(const std::vector<std::function<void()>>& jobs, int threads) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex mutex;
    const auto work = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++) {
            try {
                jobs[i]();
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
                next = jobs.size();
            }
        }
    };
    std::vector<std::thread> workers;
    for (int i = 1; i < threads && static_cast<std::size_t>(i) < jobs.size(); ++i) workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    if (failure) std::rethrow_exception(failure);
}

/// Nothing when the bot may not look.
std::optional<std::vector<AuditEntry>> read_audit_log(DiscordApi& api, AuditEntry::Action action,
                                                      const std::string& bot, Instant since,
                                                      const ShouldStop& stop) {
    std::vector<AuditEntry> entries;
    for (std::string after = first_id_at(since);;) {
        auto page = api.list_audit_log(action, bot, after, stop);
        if (!page) {
            if (page.error().kind == RestError::Kind::refused && !page.error().bad_token())
                return std::nullopt;
            throw failure_of(page.error());
        }
        entries.insert(entries.end(), page->begin(), page->end());
        if (page->size() < kAuditPage) return entries;
        after = page->back().id;
    }
}

}  // namespace

DiscordFailure failure_of(const RestError& error) {
    switch (error.kind) {
        case RestError::Kind::refused:
            if (error.bad_token()) return {"Discord does not accept the bot token", Retry::useless};
            return {error.message, Retry::useless};
        case RestError::Kind::unknown_outcome:
            return {error.message, Retry::unknown};
        case RestError::Kind::unreachable:
        case RestError::Kind::stopped:
            return {error.message, Retry::safe};
    }
    return {error.message, Retry::unknown};
}

ObservedServer observe_server(DiscordApi& api, std::string& own_user_id, int threads, const ShouldStop& stop,
                              ObservedServer known, const std::set<std::string>& people) {
    ObservedServer server = std::move(known);
    std::vector<std::function<void()>> jobs;
    jobs.emplace_back([&] {
        auto answer = api.get_guild(stop);
        if (!answer && says_gone(answer.error())) {
            throw DiscordFailure("the bot is not on the Discord server " + api.guild_id() +
                                     ": invite it, or correct DISCORD_GUILD_ID",
                                 Retry::useless);
        }
        DiscordApi::GuildAnswer guild = value_of(std::move(answer));
        server.guild = std::move(guild.guild);
        server.now = guild.now;
    });
    jobs.emplace_back([&] {
        if (own_user_id.empty()) own_user_id = value_of(api.get_own_user_id(stop));
        server.bot = value_of(api.get_member(own_user_id, stop));
    });
    jobs.emplace_back([&] {
        for (Channel& channel : value_of(api.list_channels(stop))) {
            if (channel.obfuscated) continue;
            std::string id = channel.id;
            server.channels.emplace(std::move(id), std::move(channel));
        }
    });
    jobs.emplace_back([&] {
        for (ScheduledEvent& event : value_of(api.list_events(stop))) {
            std::string id = event.id;
            server.events.emplace(std::move(id), std::move(event));
        }
    });
    if (!people.empty()) jobs.emplace_back([&] { (void)list_people(api, people, server, stop); });
    for_each(jobs, threads);
    return server;
}

bool list_people(DiscordApi& api, const std::set<std::string>& wanted, ObservedServer& server,
                 const ShouldStop& stop) {
    if (!server.may_list_people) return false;
    std::set<std::string> there;
    for (std::string after = "0";;) {
        const auto page = api.list_members(after, stop);
        if (!page) {
            if (page.error().kind != RestError::Kind::refused || page.error().bad_token())
                throw failure_of(page.error());
            server.may_list_people = false;
            return false;
        }
        for (const Member& member : *page) there.insert(member.user_id);
        if (page->size() < kMemberPage) break;
        after = page->back().user_id;
    }
    for (const std::string& user : wanted) server.on_server[user] = there.contains(user);
    return true;
}

bool is_on_server(DiscordApi& api, const std::string& user_id, const ShouldStop& stop) {
    const auto member = api.get_member(user_id, stop);
    const bool unknown = !member && member.error().kind == RestError::Kind::refused &&
                         (member.error().api.code == error_code::kUnknownMember ||
                          member.error().api.code == error_code::kUnknownUser ||
                          member.error().api.status == 400 || member.error().api.status == 404);
    if (!member && !unknown) throw failure_of(member.error());
    return member.has_value();
}

void answer_questions(DiscordApi& api, const Questions& questions, ObservedServer& server, int threads,
                      const ShouldStop& stop) {
    std::mutex mutex;
    std::vector<std::function<void()>> jobs;
    const auto missing = [&](const std::string& id, const RestError& error) {
        if (!says_gone(error) && !says_hidden(error)) throw failure_of(error);
        const std::lock_guard lock(mutex);
        server.missing[id] = says_gone(error) ? Fate::gone : Fate::hidden;
    };

    if (questions.members.size() < kManyPeople || !list_people(api, questions.members, server, stop)) {
        for (const std::string& user : questions.members) {
            jobs.emplace_back([&, user] {
                const bool here = is_on_server(api, user, stop);
                const std::lock_guard lock(mutex);
                server.on_server[user] = here;
            });
        }
    }
    for (const std::string& id : questions.channels) {
        jobs.emplace_back([&, id] {
            auto channel = api.get_channel(id, stop);
            if (!channel) return missing(id, channel.error());
            const std::lock_guard lock(mutex);
            if (channel->obfuscated) {
                server.missing[id] = Fate::hidden;
                return;
            }
            server.channels.insert_or_assign(id, std::move(*channel));
        });
    }
    for (const std::string& id : questions.events) {
        jobs.emplace_back([&, id] {
            auto event = api.get_event(id, stop);
            if (!event) return missing(id, event.error());
            const std::lock_guard lock(mutex);
            server.events.insert_or_assign(id, std::move(*event));
        });
    }
    for (const auto& [channel, id] : questions.messages) {
        jobs.emplace_back([&, channel = channel, id = id] {
            const auto message = api.get_message(channel, id, stop);
            if (!message) return missing(id, message.error());
            const std::lock_guard lock(mutex);
            server.seen_messages.insert(id);
        });
    }
    for (const auto& [action, since] : questions.audit_log) {
        jobs.emplace_back([&, action = action, since = since] {
            auto entries = read_audit_log(api, action, server.bot.user_id, since, stop);
            const std::lock_guard lock(mutex);
            if (!entries) server.may_read_audit_log = false;
            server.audit_log[action] = std::move(entries).value_or(std::vector<AuditEntry>{});
        });
    }
    for (const auto& page : questions.message_pages) {
        jobs.emplace_back([&, page] {
            auto messages = value_of(api.list_messages(page.first, page.second, stop));
            const std::lock_guard lock(mutex);
            server.messages[page] = std::move(messages);
        });
    }
    for_each(jobs, threads);
}

}  // namespace convene::discord
