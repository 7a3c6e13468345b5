// src/storage/words.h: enumerators and the words by which the database knows them.
#pragma once
#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "app/cohort_snapshot.h"
#include "app/ports/job_store.h"
#include "app/ports/realization_store.h"
#include "storage/sql/value.h"

namespace convene::storage {

template <class Enum>
struct Words;

template <>
struct Words<CohortStatus> {
    static constexpr std::array<std::pair<CohortStatus, std::string_view>, 3> kAll{{
        {CohortStatus::active, "active"},
        {CohortStatus::completed, "completed"},
        {CohortStatus::cancelled, "cancelled"},
    }};
};
template <>
struct Words<GroupingStatus> {
    static constexpr std::array<std::pair<GroupingStatus, std::string_view>, 3> kAll{{
        {GroupingStatus::awaiting_grouping, "awaiting_grouping"},
        {GroupingStatus::grouped, "grouped"},
        {GroupingStatus::ungroupable, "ungroupable"},
    }};
};
template <>
struct Words<GroupStatus> {
    static constexpr std::array<std::pair<GroupStatus, std::string_view>, 5> kAll{{
        {GroupStatus::forming, "forming"},
        {GroupStatus::active, "active"},
        {GroupStatus::completed, "completed"},
        {GroupStatus::merged, "merged"},
        {GroupStatus::cancelled, "cancelled"},
    }};
};
template <>
struct Words<MembershipStatus> {
    static constexpr std::array<std::pair<MembershipStatus, std::string_view>, 4> kAll{{
        {MembershipStatus::active, "active"},
        {MembershipStatus::dropped, "dropped"},
        {MembershipStatus::completed, "completed"},
        {MembershipStatus::removed, "removed"},
    }};
};
template <>
struct Words<Role> {
    static constexpr std::array<std::pair<Role, std::string_view>, 2> kAll{{
        {Role::participant, "participant"},
        {Role::facilitator, "facilitator"},
    }};
};
/// As in a cohort file.
template <>
struct Words<Fit> {
    static constexpr std::array<std::pair<Fit, std::string_view>, 2> kAll{{
        {Fit::every_meeting, "every-meeting"},
        {Fit::first_meeting, "first-meeting"},
    }};
};
template <>
struct Words<DiscordObject> {
    static constexpr std::array<std::pair<DiscordObject, std::string_view>, 6> kAll{{
        {DiscordObject::category, "category"},
        {DiscordObject::text_channel, "text_channel"},
        {DiscordObject::voice_channel, "voice_channel"},
        {DiscordObject::event, "event"},
        {DiscordObject::welcome_message, "welcome_message"},
        {DiscordObject::notice_message, "notice_message"},
    }};
};
template <>
struct Words<JobState> {
    static constexpr std::array<std::pair<JobState, std::string_view>, 4> kAll{{
        {JobState::waiting, "waiting"},
        {JobState::running, "running"},
        {JobState::finished, "finished"},
        {JobState::reported, "reported"},
    }};
};

template <class Enum>
[[nodiscard]] std::string_view word_of(Enum value) {
    for (const auto& [candidate, word] : Words<Enum>::kAll) {
        if (candidate == value) return word;
    }
    throw std::invalid_argument("a value outside its enumeration");
}

/// \throws BadValue naming the row, the column and what it holds
template <class Enum>
[[nodiscard]] Enum read_word(const Row& row, std::string_view column) {
    const std::string text = row.text(column);
    std::string known;
    for (const auto& [candidate, word] : Words<Enum>::kAll) {
        if (word == text) return candidate;
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    row.reject(column, "holds `" + text + "`, which is none of " + known);
}

}  // namespace convene::storage
