#include "sandbox/server/recurrence.h"

#include <chrono>

namespace convene::sandbox {
namespace {
using nlohmann::json;
enum Frequency { yearly = 0, monthly = 1, weekly = 2, daily = 3 };

void check_weekly(Form& rule, long long interval) {
    if (interval > 2)
        rule.fault("interval", "NUMBER_TYPE_MAX", "int value should be less than or equal to 2.");
    const json* weekdays = rule.array("by_weekday", 7);
    const bool one_day = weekdays != nullptr && weekdays->size() == 1 && (*weekdays)[0].is_number_integer() &&
                         (*weekdays)[0].get<int>() >= 0 && (*weekdays)[0].get<int>() <= 6;
    if (!one_day) {
        rule.fault("by_weekday", "GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID",
                   "A weekly event takes exactly one weekday.");
    }
}
}  // namespace

std::optional<std::string> read_recurrence(Form& form) {
    if (!form.has("recurrence_rule") || form.is_null("recurrence_rule")) return std::nullopt;
    Form rule(form.raw("recurrence_rule"), form.faults(), form.path_to("recurrence_rule"));
    for (const char* field : {"count", "end", "by_year_day"}) {
        if (rule.has(field) && !rule.is_null(field)) {
            rule.fault(field, "FIELD_NOT_SUPPORTED", "This field is not supported for recurring events.");
        }
    }
    rule.require("start");
    rule.require("frequency");
    const auto start = rule.instant("start");
    const auto frequency = rule.integer("frequency", yearly, daily);
    const long long interval = rule.integer("interval", 1).value_or(1);
    if (frequency == weekly) {
        check_weekly(rule, interval);
    } else if (interval != 1) {
        rule.fault("interval", "NUMBER_TYPE_MAX", "int value should be less than or equal to 1.");
    }
    if (!start || !frequency || !form.faults().empty()) return std::nullopt;

    json shown = {{"start", to_iso(*start)}, {"end", nullptr},         {"frequency", *frequency},
                  {"interval", interval},    {"by_year_day", nullptr}, {"count", nullptr}};
    for (const char* field : {"by_weekday", "by_n_weekday", "by_month", "by_month_day"}) {
        shown[field] = rule.has(field) ? rule.raw(field) : json(nullptr);
    }
    return shown.dump();
}

Instant next_occurrence(const std::string& rule, Instant start) {
    using namespace std::chrono;
    const json shown = json::parse(rule);
    const auto interval = shown["interval"].get<int>();
    const auto day = floor<days>(start);
    const year_month_day date{day};
    switch (shown["frequency"].get<int>()) {
        case yearly:
            return sys_days(date + years(1)) + (start - day);
        case monthly:
            return sys_days(date + months(1)) + (start - day);
        case weekly:
            return start + weeks(interval);
        default:
            return start + days(1);
    }
}

}  // namespace convene::sandbox
