#include "tests/discord/support/realize_fixture.h"

#include <fmt/format.h>

#include <algorithm>

namespace convene::discord::test {

using Json = nlohmann::json;

CohortRealization small_cohort(int groups, int meetings, Instant first) {
    CohortRealization cohort;
    cohort.cohort_id = CohortId{1};
    cohort.cohort_name = "AI Safety - Jan 2025";
    cohort.number_of_group_meetings = meetings;
    cohort.meeting_minutes = 60;
    std::int64_t next_meeting = 1;
    for (int g = 0; g < groups; ++g) {
        RealizationGroup group;
        group.group_id = GroupId{g + 1};
        group.group_name = fmt::format("Group {}", g + 1);
        for (int m = 0; m < 2; ++m) {
            group.members.push_back({UserId{2 * g + m + 1}, fmt::format("{}", 1000 * (g + 2) + m + 1),
                                     fmt::format("Person {}", 2 * g + m + 1),
                                     m == 0 ? Role::facilitator : Role::participant, "Europe/London"});
        }
        for (int i = 0; i < meetings; ++i) {
            group.meetings.push_back({MeetingId{next_meeting++},
                                      first + std::chrono::hours(g) + std::chrono::days(7 * i),
                                      std::nullopt});
        }
        cohort.groups.push_back(std::move(group));
    }
    return cohort;
}

const ZoneTable& World::zones() {
    static const zones::IanaZones table;
    return table;
}

World::World(int groups, int meetings) {
    store.cohort = small_cohort(
        groups, meetings, std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + std::chrono::hours(15));
    for (const RealizationGroup& group : store.cohort.groups) {
        for (const RealizationMember& member : group.members) discord->on_server.insert(*member.discord_id);
    }
    discord->watch = [this] { watch(); };
}

/// Each person who sees a channel of ours is or was of its group.
void World::watch() {
    const auto was_ever_in = [](const RealizationGroup& group, const std::string& user) {
        for (const auto* members : {&group.members, &group.former_members}) {
            for (const RealizationMember& member : *members)
                if (member.discord_id == user) return true;
        }
        return false;
    };
    for (const auto& [id, channel] : discord->channels) {
        std::vector<std::string> viewers;
        bool ours = false;
        for (const Json& overwrite : channel.at("permission_overwrites")) {
            const std::string user = overwrite.at("id");
            ours = ours || user == FakeDiscord::kBot;
            const bool sees = (std::stoull(overwrite.at("allow").get<std::string>()) & 1024) != 0;
            const bool by_hand = user.size() == 4 && user >= "9000";
            if (overwrite.at("type") == 1 && user != FakeDiscord::kBot && sees && !by_hand)
                viewers.push_back(user);
        }
        if (!ours || viewers.empty()) continue;
        const auto fits = [&](const RealizationGroup& group) {
            return std::all_of(viewers.begin(), viewers.end(),
                               [&](const std::string& user) { return was_ever_in(group, user); });
        };
        const auto known = group_of_.find(id);
        bool right = false;
        for (const auto* groups : {&store.cohort.groups, &store.cohort.ended_groups}) {
            for (const RealizationGroup& group : *groups) {
                if (!fits(group) || (known != group_of_.end() && known->second != group.group_id)) continue;
                right = true;
                group_of_.emplace(id, group.group_id);
            }
        }
        if (!right && stranger.empty()) stranger = channel.dump();
    }
}

std::unique_ptr<DiscordRealizer> World::process() {
    RestClient::Settings rest;
    rest.api_base = "http://127.0.0.1:1/api/v10";
    rest.token = "token";
    rest.user_agent = "DiscordBot (https://example.org, 1)";
    rest.first_retry_pause = std::chrono::milliseconds(0);
    rest.limits.requests_per_second = 1000000;
    rest.limits.in_first_second = 1000000;
    DiscordRealizer::Settings settings;
    settings.threads = threads;
    settings.settle = std::chrono::milliseconds(0);
    settings.predecessor = std::chrono::milliseconds(0);
    discord->revive();
    return std::make_unique<DiscordRealizer>(std::make_shared<RestClient>(rest, discord), FakeDiscord::kGuild,
                                             store, zones(), clock, settings);
}

RealizationOutcome World::realize(const RealizationOptions& options) {
    return process()->realize(CohortId{1}, options, nullptr, nullptr);
}

RealizationPlan World::plan(const RealizationOptions& options) {
    return process()->plan(CohortId{1}, options);
}

std::string World::fault() const {
    const auto categories = discord->channels_of(4);
    if (categories.size() != 1) return fmt::format("{} categories", categories.size());
    const std::string category = categories.front().at("id");
    if (store.cohort.discord_category_id != category) return "category id not saved";
    const std::size_t groups = store.cohort.groups.size();
    if (discord->channels_of(0).size() != groups)
        return fmt::format("{} text channels", discord->channels_of(0).size());
    if (discord->channels_of(2).size() != groups)
        return fmt::format("{} voice channels", discord->channels_of(2).size());
    std::size_t meetings = 0;
    for (const RealizationGroup& group : store.cohort.groups) {
        for (const auto& id : {group.discord_text_channel_id, group.discord_voice_channel_id}) {
            if (!id || !discord->channels.contains(*id)) return "channel id not saved: " + group.group_name;
            const Json& channel = discord->channels.at(*id);
            if (channel.at("parent_id") != category) return "channel elsewhere";
            std::set<std::string> allowed = {FakeDiscord::kGuild, FakeDiscord::kBot};
            for (const RealizationMember& member : group.members) allowed.insert(*member.discord_id);
            std::set<std::string> held;
            for (const Json& overwrite : channel.at("permission_overwrites")) held.insert(overwrite.at("id"));
            if (held != allowed) return "wrong people in " + group.group_name;
        }
        const auto text = discord->messages.find(*group.discord_text_channel_id);
        if (text == discord->messages.end() || text->second.size() != 1) {
            return fmt::format("{} messages in {}", text == discord->messages.end() ? 0 : text->second.size(),
                               group.group_name);
        }
        const std::string welcome = text->second.front().at("content");
        if (welcome.find("Welcome to " + group.group_name) == std::string::npos) return "no welcome";
        meetings += group.meetings.size();
        for (std::size_t i = 0; i < group.meetings.size(); ++i) {
            const RealizationMeeting& row = group.meetings[i];
            if (!row.discord_event_id || !discord->events.contains(*row.discord_event_id))
                return "event id not saved";
            const Json& event = discord->events.at(*row.discord_event_id);
            if (event.at("scheduled_start_time") != to_iso8601(row.scheduled_time))
                return "event at the wrong time";
            if (event.at("channel_id") != *group.discord_voice_channel_id) return "event elsewhere";
            if (event.at("name") != fmt::format("{} - Meeting {}", group.group_name, i + 1))
                return "wrong event name";
        }
        if (!group.meetings.empty() &&
            welcome.find(*group.meetings.front().discord_event_id) == std::string::npos) {
            return "the welcome does not link the first event";
        }
    }
    if (discord->events.size() != meetings) return fmt::format("{} events", discord->events.size());
    for (const JournalEntry& entry : store.journal) {
        if (!entry.discord_id) return "journal entry without id";
    }
    if (!stranger.empty()) return "a stranger could see " + stranger;
    if (discord->leaks > 0) return fmt::format("{} moments of a public channel", discord->leaks);
    return {};
}

bool has_note(const std::vector<RealizationNote>& notes, RealizationNote::Kind kind,
              const std::string& part) {
    return std::any_of(notes.begin(), notes.end(), [&](const RealizationNote& note) {
        return note.kind == kind && note.message.find(part) != std::string::npos;
    });
}

}  // namespace convene::discord::test
