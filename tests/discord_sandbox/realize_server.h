// tests/discord_sandbox/realize_server.h: a sandbox, and a cohort that is realized on it.
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "discord/realize/discord_realizer.h"
#include "tests/discord_sandbox/sandbox_server.h"
#include "tests/support/memory_realization_store.h"
#include "zones/iana_zones.h"

namespace convene::discord {

using std::chrono::milliseconds;

struct RealizeServer : SandboxServer {
    convene::test::MemoryRealizationStore store;
    SystemClock clock;
    milliseconds timeout{400};
    milliseconds settle{1000};
    int threads = 6;
    std::shared_ptr<RestClient> rest;  ///< made with the first run

    static const ZoneTable& zones() {
        static const zones::IanaZones table;
        return table;
    }

    void everybody_joins() { SandboxServer::everybody_joins(store.cohort); }
    [[nodiscard]] std::shared_ptr<RestClient> rest_client() const {
        RestClient::Settings wanted = rest_settings();
        wanted.timeout = timeout;
        wanted.first_retry_pause = milliseconds(20);
        wanted.limits.silent_block = milliseconds(500);
        return std::make_shared<RestClient>(wanted, std::make_shared<CurlTransport>());
    }
    RealizationOutcome realize(const RealizationOptions& options = {}) {
        DiscordRealizer::Settings settings;
        settings.threads = threads;
        settings.settle = settle;
        settings.predecessor = milliseconds(0);
        // One client for all runs, as in one process: what it has learnt of the limits stays.
        if (!rest) rest = rest_client();
        DiscordRealizer realizer(rest, process.endpoints().guild_id, store, zones(), clock, settings);
        return realizer.realize(CohortId{1}, options, nullptr, nullptr);
    }
    int count(const std::string& what) {
        int n = 0;
        for (const Json& request : control("GET", "/requests?after=0")) {
            if (what == "writes" && request.at("write") == true) ++n;
            if (what == "violations" && !request.at("violation").is_null()) ++n;
        }
        return n;
    }
    /// Empty, or what is wrong with the server.
    /// \param greetings  of people who joined the first group later
    std::string fault(std::size_t greetings = 0) {
        const Json state = control("GET", "/state");
        std::string category;
        int categories = 0;
        std::map<std::string, int> texts;
        std::map<std::string, int> voices;
        for (const Json& channel : state.at("channels")) {
            const std::string name = channel.at("name");
            if (channel.at("type") == 4 && name == store.cohort.cohort_name) {
                ++categories;
                category = channel.at("id");
            }
            if (name.starts_with("group-")) ++texts[name];
            if (name.starts_with("Group ")) ++voices[name];
        }
        if (categories != 1) return fmt::format("{} categories", categories);
        std::size_t meetings = 0;
        for (const RealizationGroup& group : store.cohort.groups) {
            const std::string number = group.group_name.substr(6);
            if (texts["group-" + number] != 1)
                return fmt::format("{} text channels", texts["group-" + number]);
            if (voices[group.group_name + " Voice"] != 1) return "voice channels";
            const Json& messages = state.at("messages").at(*group.discord_text_channel_id);
            const std::size_t expected = &group == &store.cohort.groups.front() ? 1 + greetings : 1;
            if (messages.size() != expected) return fmt::format("{} messages", messages.size());
            meetings += group.meetings.size();
        }
        if (texts.size() != store.cohort.groups.size()) return "texts";
        if (state.at("scheduled_events").size() != meetings) {
            return fmt::format("{} events", state.at("scheduled_events").size());
        }
        const Json watched = control("GET", "/leaks");
        if (!watched.at("leaks").empty()) return "somebody saw: " + watched.at("leaks").dump();
        for (const RealizationGroup& group : store.cohort.groups) {
            for (const auto& channel : {*group.discord_text_channel_id, *group.discord_voice_channel_id}) {
                for (const Json& sight : watched.at("viewers").at(channel).at("viewers")) {
                    const auto is_viewer = [&](const RealizationMember& member) {
                        return member.discord_id == sight.at("user_id").get<std::string>();
                    };
                    if (std::none_of(group.members.begin(), group.members.end(), is_viewer))
                        return group.group_name + " was seen by " + sight.dump();
                }
            }
        }
        // Each group's members see their own channels and nothing of others'.
        for (const RealizationGroup& group : store.cohort.groups) {
            for (const RealizationMember& member : group.members) {
                std::set<std::string> seen;
                const Json visible = control("GET", "/visible?user_id=" + *member.discord_id);
                for (const Json& channel : visible.at("channels")) {
                    const std::string name = channel.at("name");
                    if (name.starts_with("group-") || name.starts_with("Group "))
                        seen.insert(channel.at("id"));
                }
                if (seen != std::set{*group.discord_text_channel_id, *group.discord_voice_channel_id}) {
                    return fmt::format("{} sees {} group channels", member.name, seen.size());
                }
            }
        }
        return {};
    }
};

}  // namespace convene::discord
