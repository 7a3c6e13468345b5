#include "tests/discord/support/changes_of_plan.h"

#include <chrono>

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;

RealizationGroup& group(World& world, std::size_t index) {
    return world.store.cohort.groups.at(index);
}

void retime(World& world) {
    for (RealizationMeeting& meeting : group(world, 0).meetings)
        meeting.scheduled_time += std::chrono::hours(26);
}

void postpone(World& world) {
    group(world, 1).meetings.at(1).scheduled_time += std::chrono::days(7);
}

void move_member(World& world) {
    RealizationMember moved = leave_group(world, 0);
    group(world, 1).members.push_back(std::move(moved));
}

/// Whoever led group 3 hands it to somebody new.
void new_facilitator(World& world) {
    auto& members = group(world, 2).members;
    group(world, 2).former_members.push_back(members.front());
    members.erase(members.begin());
    join_group(world, 2, "New leader", "8002", Role::facilitator);
}

void everything(World& world) {
    retime(world);
    postpone(world);
    move_member(world);
    new_facilitator(world);
    group(world, 1).group_name = "Larks";
}

Json& channel(World& world, const std::optional<std::string>& id) {
    return world.discord->channels.at(*id);
}

/// People on the server do as they like.
void hands_on(World& world) {
    auto& discord = *world.discord;
    channel(world, group(world, 0).discord_text_channel_id)["name"] = "the-best";
    channel(world, group(world, 1).discord_text_channel_id)["parent_id"] = nullptr;
    channel(world, group(world, 1).discord_voice_channel_id)["permission_overwrites"].push_back(
        {{"id", "9001"}, {"type", 1}, {"allow", "1024"}, {"deny", "0"}});
    discord.events.at(*group(world, 0).meetings.at(0).discord_event_id)["scheduled_start_time"] =
        "2026-03-05T09:00:00+00:00";
    discord.events.at(*group(world, 0).meetings.at(1).discord_event_id)["status"] = 4;
    discord.events.at(*group(world, 1).meetings.at(0).discord_event_id)["name"] = "Party";
    const std::string gone = *group(world, 2).discord_voice_channel_id;
    discord.channels.erase(gone);
    std::erase_if(discord.events,
                  [&](const auto& entry) { return entry.second.value("channel_id", "") == gone; });
}

}  // namespace

void join_group(World& world, std::size_t index, const std::string& name, const std::string& discord_id,
                Role role) {
    auto& members = group(world, index).members;
    const RealizationMember member{UserId{std::stoll(discord_id)}, discord_id, name, role, "UTC"};
    members.insert(role == Role::facilitator ? members.begin() : members.end(), member);
    world.discord->on_server.insert(discord_id);
}

RealizationMember leave_group(World& world, std::size_t index) {
    RealizationMember member = group(world, index).members.back();
    group(world, index).members.pop_back();
    group(world, index).former_members.push_back(member);
    return member;
}

void dissolve(World& world, std::size_t index) {
    RealizationGroup ended = group(world, index);
    ended.status = GroupStatus::cancelled;
    ended.former_members.insert(ended.former_members.end(), ended.members.begin(), ended.members.end());
    ended.members.clear();
    world.store.cohort.groups.erase(world.store.cohort.groups.begin() + static_cast<std::ptrdiff_t>(index));
    world.store.cohort.ended_groups.push_back(std::move(ended));
}

const std::vector<ChangeOfPlan>& changes_of_plan() {
    using Goal = RealizationOptions::Goal;
    static const std::vector<ChangeOfPlan> kChanges{
        {"a group is retimed", retime},
        {"a meeting is postponed", postpone},
        {"a member moves to another group", move_member},
        {"a group gets a new facilitator", new_facilitator},
        {"a late joiner is added", [](World& world) { join_group(world, 0, "Late", "8001"); }},
        {"all of it at once, and a new name", everything},
        {"a group is dissolved", [](World& world) { dissolve(world, 2); }},
        {"people's own changes are taken back", hands_on, {Goal::home, true}},
        {"the cohort is archived", [](World&) {}, {Goal::archive}},
        {"the cohort is archived and its channels deleted", [](World&) {}, {Goal::removal}},
    };
    return kChanges;
}

}  // namespace convene::discord::test
