#include "app/postpone_meetings.h"

#include <nlohmann/json.hpp>

#include "app/apply_changes.h"
#include "app/edit_detail.h"
#include "app/moved_meetings.h"
#include "app/name_match.h"
#include "app/retimed_meetings.h"
#include "core/time/clock_text.h"

namespace convene {
namespace {

constexpr int kMostWeeks = 52;

tl::unexpected<InputFaults> fault(std::string path, std::string_view value, std::string message) {
    return tl::unexpected(InputFaults{{std::move(path), in_quotes(value), std::move(message)}});
}

/// `2025-02-06 18:00` or with a T between.
std::optional<LocalTime> read_day_and_time(std::string_view text) {
    const std::size_t blank = text.find_first_of(" T");
    if (blank == std::string_view::npos) return std::nullopt;
    const auto date = parse_date(text.substr(0, blank));
    const auto time = parse_clock(trimmed(text.substr(blank + 1)));
    if (!date || !time) return std::nullopt;
    return LocalTime(std::chrono::local_days(*date)) + Minutes(*time);
}

/// The first time of the week `start` after `instant`, by the zone's calendar.
Instant next_after(const Zone& zone, WeeklyStart start, Instant instant) {
    const LocalTime local = zone.to_local(instant);
    const int ahead = (start.minute_of_week - minute_of_week(local) + kMinutesPerWeek) % kMinutesPerWeek;
    const Instant next = zone.to_instant(local + Minutes(ahead));
    return next > instant ? next : zone.to_instant(local + Minutes(ahead) + std::chrono::weeks(1));
}

std::optional<Instant> read_new_time(const Zone& zone, std::string_view text, Instant present) {
    const std::string_view wish = trimmed(text);
    if (const auto instant = parse_instant(wish)) return instant;
    if (const auto local = read_day_and_time(wish)) return zone.to_instant(*local);
    if (const auto start = read_weekly_start(wish)) return next_after(zone, *start, present);
    return std::nullopt;
}

std::string when_text(const Zone& zone, Instant instant) {
    const LocalTime local = zone.to_local(instant);
    const Date day{std::chrono::floor<std::chrono::days>(local)};
    return to_string(WeeklyStart{minute_of_week(local)}).insert(0, to_string(day) + ", ");
}

/// As it stands; the caller moves what moves.
TimeChange present_times(const GroupRow& group) {
    TimeChange change;
    change.group_id = group.group_id;
    change.recurring_meeting_time_utc = group.recurring_meeting_time_utc;
    change.anchor = group.anchor.value_or("UTC");
    change.anchor_start = group.anchor_start.value_or(group.recurring_meeting_time_utc);
    for (const MeetingRow& meeting : group.meetings)
        change.meetings.push_back({meeting.meeting_id, meeting.scheduled_time});
    return change;
}

}  // namespace

tl::expected<EditDraft, InputFaults> draft_postpone(const CohortSnapshot& cohort, const GroupRow& group,
                                                    const Postponement& wish, const ZoneTable& zones,
                                                    Instant now) {
    const std::string week = std::to_string(wish.week);
    const int count = static_cast<int>(group.meetings.size());
    if (count == 0) return fault("group", group.group_name, "has no stored meetings");
    if (wish.week < 1 || wish.week > count) {
        return fault(
            "week", week,
            "is not the number of a meeting: " + group.group_name + " has 1 to " + std::to_string(count));
    }
    if (wish.weeks < 1 || wish.weeks > kMostWeeks)
        return fault("weeks", std::to_string(wish.weeks),
                     "is not between 1 and " + std::to_string(kMostWeeks));
    const auto index = static_cast<std::size_t>(wish.week - 1);
    const Instant present = group.meetings[index].scheduled_time;
    if (present <= now) return fault("week", week, "has begun already or is over: " + to_iso8601(present));
    const std::string zone_name = group.anchor.value_or("UTC");
    const ZonePtr zone = zones.find(zone_name);
    if (!zone) return fault("anchor", zone_name, "is not a time zone");

    EditDraft draft;
    draft.command = "postpone";
    nlohmann::ordered_json asked = {{"group", group.group_name}, {"week", wish.week}};
    TimeChange change = present_times(group);
    const std::string meeting = group.group_name + ": meeting " + week;
    if (wish.to) {
        asked["to"] = *wish.to;
        const auto time = read_new_time(*zone, *wish.to, present);
        if (!time) {
            return fault(
                "to", *wish.to,
                "is neither a weekday and a time (Thursday 18:00) nor a day and a time (2025-02-06 18:00)");
        }
        const Minutes length(cohort.cohort.settings.meeting_minutes);
        if (*time <= now) return fault("to", *wish.to, "is past");
        if (index > 0 && *time < group.meetings[index - 1].scheduled_time + length)
            return fault("to", *wish.to, "is not after meeting " + std::to_string(wish.week - 1));
        if (index + 1 < group.meetings.size() && *time + length > group.meetings[index + 1].scheduled_time) {
            return fault("to", *wish.to,
                         "is not before meeting " + std::to_string(wish.week + 1) +
                             "; without a time, this and all later meetings move by whole weeks");
        }
        change.meetings[index].time = *time;
        draft.summary = meeting + " is on " + when_text(*zone, *time) + " " + zone->name() + " instead of " +
                        when_text(*zone, present);
    } else {
        asked["weeks"] = wish.weeks;
        for (std::size_t i = index; i < change.meetings.size(); ++i) {
            Instant& time = change.meetings[i].time;
            time = zone->to_instant(zone->to_local(time) + std::chrono::weeks(wish.weeks));
        }
        const int later = count - wish.week;
        draft.summary = meeting +
                        (later == 0   ? ""
                         : later == 1 ? " and the one after it"
                                      : " and the " + std::to_string(later) + " after it") +
                        (later == 0 ? " moves" : " move") + " by " +
                        (wish.weeks == 1 ? "a week" : std::to_string(wish.weeks) + " weeks") + ": it is on " +
                        when_text(*zone, change.meetings[index].time) + " " + zone->name();
    }
    draft.detail = detail_of(asked);
    auto objections = moved_meeting_violations(cohort, group, change, zones);
    if (!objections) return tl::unexpected(std::move(objections).error());
    draft.objections = *std::move(objections);
    draft.judged = true;
    CohortSnapshot after = cohort;
    CohortChanges changes;
    changes.times.push_back(std::move(change));
    apply_changes(changes, after);
    if (after != cohort) draft.changes = std::move(changes);
    return draft;
}

}  // namespace convene
