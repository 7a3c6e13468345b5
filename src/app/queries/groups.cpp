#include "app/queries/groups.h"

#include <algorithm>
#include <stdexcept>

namespace convene {
namespace {

void require_discord_id(const char* what, const std::string& id) {
    const bool digits = std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (id.empty() || id.size() > 20 || !digits)
        throw std::invalid_argument(std::string(what) + ": \"" + id + "\" is not a Discord id");
}

}  // namespace

std::optional<CohortRealization> get_cohort_groups_for_realization(RealizationStore& store, CohortId cohort) {
    return store.get_cohort_groups_for_realization(cohort);
}

std::vector<GroupId> realized_groups(RealizationStore& store, CohortId cohort) {
    std::vector<GroupId> realized;
    const auto realization = store.get_cohort_groups_for_realization(cohort);
    if (!realization) return realized;
    for (const RealizationGroup& group : realization->groups) {
        if (group.discord_text_channel_id && group.discord_voice_channel_id)
            realized.push_back(group.group_id);
    }
    return realized;
}

bool is_on_discord(RealizationStore& store, CohortId cohort) {
    if (!store.load_journal(cohort).empty()) return true;
    const auto realization = store.get_cohort_groups_for_realization(cohort);
    if (!realization) return false;
    const auto there = [](const RealizationGroup& group) {
        return group.discord_text_channel_id || group.discord_voice_channel_id;
    };
    return realization->discord_category_id ||
           std::any_of(realization->groups.begin(), realization->groups.end(), there) ||
           std::any_of(realization->ended_groups.begin(), realization->ended_groups.end(), there);
}

void save_discord_channel_ids(RealizationStore& store, GroupId group, const std::string& text_channel_id,
                              const std::string& voice_channel_id) {
    require_discord_id("text_channel_id", text_channel_id);
    require_discord_id("voice_channel_id", voice_channel_id);
    store.save_discord_channel_ids(group, text_channel_id, voice_channel_id);
}

void save_cohort_category_id(RealizationStore& store, CohortId cohort, const std::string& category_id) {
    require_discord_id("category_id", category_id);
    store.save_cohort_category_id(cohort, category_id);
}

std::optional<GroupWelcomeData> get_group_welcome_data(RealizationStore& store, CohortId cohort,
                                                       GroupId group,
                                                       const std::optional<std::string>& guild_id) {
    const std::optional<CohortRealization> found = store.get_cohort_groups_for_realization(cohort);
    if (!found) return std::nullopt;
    for (const RealizationGroup& candidate : found->groups) {
        if (candidate.group_id != group) continue;
        GroupWelcomeData data = make_welcome_data(*found, candidate);
        for (const RealizationMeeting& meeting : candidate.meetings) {
            if (!guild_id || !meeting.discord_event_id) continue;
            data.first_event_url =
                "https://discord.com/events/" + *guild_id + "/" + *meeting.discord_event_id;
            break;
        }
        return data;
    }
    return std::nullopt;
}

}  // namespace convene
