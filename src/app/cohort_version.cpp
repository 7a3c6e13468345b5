#include "app/cohort_version.h"

#include <fmt/format.h>
#include <cstdint>
#include <type_traits>

namespace convene {
namespace {

/// FNV-1a over the fields in their order; every text and list is preceded by its length, so that no
/// two snapshots run together.
class Digest {
public:
    void add(std::string_view text) {
        add(text.size());
        for (const char letter : text) mix(static_cast<unsigned char>(letter));
    }
    template <class Number>
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
    void add(Number number) {
        auto bits = static_cast<std::uint64_t>(number);
        for (int byte = 0; byte < 8; ++byte, bits >>= 8U) mix(static_cast<unsigned char>(bits & 0xffU));
    }
    template <class Tag>
    void add(Id<Tag> id) {
        add(id.value);
    }
    void add(Instant instant) { add(instant.time_since_epoch().count()); }
    void add(Date date) { add(std::chrono::sys_days(date).time_since_epoch().count()); }
    template <class Value>
    void add(const std::optional<Value>& value) {
        add(value.has_value());
        if (value) add(*value);
    }
    template <class Value>
    void add(const std::vector<Value>& values) {
        add(values.size());
        for (const Value& value : values) add(value);
    }
    void add(const Rules& rules) {
        all(rules.min_size, rules.max_size, rules.count_facilitator, rules.use_if_needed,
            rules.start_step_minutes, rules.fit, rules.facilitator_buffer_minutes, rules.target_size);
    }
    void add(const CohortRow& row) {
        all(row.cohort_id, row.cohort_name, row.course_id, row.course_name, row.start_date, row.status,
            row.number_of_group_meetings, row.settings.meeting_minutes, row.settings.anchor,
            row.settings.rules);
    }
    void add(const SignupRow& row) {
        all(row.signup_id, row.user_id, row.reference, row.discord_id, row.discord_username, row.nickname,
            row.email, row.timezone, row.availability_local, row.if_needed_availability_local,
            row.availability_utc, row.if_needed_availability_utc, row.role, row.grouping_status,
            row.grouping_attempt_count, row.certified, row.max_active_groups);
    }
    void add(const MembershipRow& row) { all(row.user_id, row.role, row.status, row.pinned); }
    void add(const MeetingRow& row) { all(row.meeting_id, row.scheduled_time, row.was_rescheduled); }
    void add(const GroupRow& row) {
        all(row.group_id, row.group_name, row.status, row.recurring_meeting_time_utc, row.anchor,
            row.anchor_start, row.pinned, row.members, row.meetings);
    }
    void add(const OutsideBookingRow& row) { all(row.user_id, row.start, row.minutes); }
    void add(const OutsideLoadRow& row) { all(row.user_id, row.groups); }

    template <class... Values>
    void all(const Values&... values) {
        (add(values), ...);
    }

    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

private:
    void mix(unsigned char byte) noexcept {
        value_ ^= byte;
        value_ *= 1099511628211ULL;
    }

    std::uint64_t value_ = 14695981039346656037ULL;
};

}  // namespace

std::string version_of(const CohortSnapshot& cohort) {
    Digest digest;
    digest.all(cohort.cohort, cohort.signups, cohort.groups, cohort.together, cohort.apart,
               cohort.outside_bookings, cohort.outside_loads);
    return fmt::format("{:016x}", digest.value());
}

}  // namespace convene
