#include <charconv>
#include <utility>

#include "core/time/zone.h"
#include "formats/json_reader.h"
#include "formats/plan_file.h"

namespace convene {
namespace {

constexpr std::string_view kFormat = "convene/plan@1";

/// `Tuesday 19:00-20:00`, as hours_text writes it.
std::optional<WeeklyWindow> parse_hours_text(std::string_view text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto start = parse_weekly_start(text.substr(0, dash));
    const auto end = parse_clock(text.substr(dash + 1));
    if (!start || !end) return std::nullopt;
    const int length = *end - start->minute_of_day();
    return WeeklyWindow(start->minute_of_week, length > 0 ? length : length + kMinutesPerDay);
}

class PlanFileReader {
public:
    tl::expected<PlanFile, InputFaults> read(std::string_view text) {
        if (const auto root = parse_json(text, findings_.faults)) read_root(*root);
        if (!findings_.faults.empty()) return tl::unexpected(std::move(findings_.faults));
        file_.warnings = std::move(findings_.warnings);
        return std::move(file_);
    }

private:
    void read_root(const JsonNode& root) {
        ObjectReader reader(root, "", findings_);
        if (root.kind != JsonNode::Kind::object) return;
        if (const auto format = reader.text("format"); format && *format != kFormat) {
            findings_.fault("format", *root.find("format"), "is not " + in_quotes(kFormat));
            return;
        }
        Plan& plan = file_.plan;
        if (const auto status = reader.text("status")) {
            read_word(*root.find("status"), "status", plan_status_from(*status), "optimal or feasible",
                      plan.status);
        }
        if (const JsonNode* groups = reader.require("groups")) {
            read_each(*groups, "groups",
                      [this](const JsonNode& n, const std::string& p) { read_group(n, p); });
        }
        if (const JsonNode* unplaced = reader.find("unplaced")) {
            read_each(*unplaced, "unplaced",
                      [this](const JsonNode& n, const std::string& p) { read_unplaced(n, p); });
        }
        if (const JsonNode* warnings = reader.find("warnings")) {
            plan.warnings = read_texts(*warnings, "warnings", findings_);
        }
        plan.objective = read_objective(reader, "objective", counted_objective());
        plan.bound = read_objective(reader, "bound", plan.objective);
        if (const JsonNode* seed = reader.find("seed")) read_number(*seed, "seed", plan.seed);
        if (const JsonNode* elapsed = reader.find("elapsed_ms")) {
            read_number(*elapsed, "elapsed_ms", file_.elapsed_ms.emplace());
        }
        (void)reader.find("alternatives");  // plans of their own, each complete: not part of this one
        reader.warn_of_unknown_keys();
    }

    template <typename ReadItem>
    void read_each(const JsonNode& node, const std::string& path, ReadItem read_item) {
        const auto* items = read_list(node, path, findings_);
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            read_item((*items)[i], item_path(path, i));
        }
    }

    template <typename Word>
    void read_word(const JsonNode& node, const std::string& path, std::optional<Word> word,
                   std::string_view known, Word& target) {
        if (word) {
            target = *word;
        } else {
            findings_.fault(path, node, "is not " + std::string(known));
        }
    }

    template <typename Number>
    void read_number(const JsonNode& node, const std::string& path, Number& target) {
        const char* end = node.text.data() + node.text.size();
        const auto result = std::from_chars(node.text.data(), end, target);
        if (node.kind != JsonNode::Kind::number || result.ec != std::errc() || result.ptr != end) {
            findings_.fault(path, node, "is not a number that fits here");
        }
    }

    Objective counted_objective() const {
        Objective objective;
        for (const PlannedGroup& group : file_.plan.groups) {
            objective.placed += static_cast<int>(group.participants.size());
            objective.if_needed += static_cast<int>(group.if_needed.size());
        }
        return objective;
    }

    Objective read_objective(ObjectReader& plan, const std::string& key, Objective otherwise) {
        const JsonNode* node = plan.find(key);
        if (node == nullptr) return otherwise;
        ObjectReader reader(*node, key, findings_);
        reader.integer("placed", otherwise.placed);
        reader.integer("if_needed", otherwise.if_needed);
        reader.warn_of_unknown_keys();
        return otherwise;
    }

    void read_group(const JsonNode& node, const std::string& path) {
        PlannedGroup group;
        ObjectReader reader(node, path, findings_);
        group.name = reader.text("name").value_or("Group " + std::to_string(file_.plan.groups.size() + 1));
        group.anchor = reader.text("anchor").value_or("UTC");
        if (const JsonNode* meetings = reader.find("meetings")) {
            read_each(*meetings, path + ".meetings", [&](const JsonNode& n, const std::string& p) {
                if (const auto meeting = parse_instant(n.text)) {
                    group.meetings.push_back(*meeting);
                } else {
                    findings_.fault(p, n, "is not an instant written as 2025-01-15T15:00:00Z");
                }
            });
        }
        read_start(reader, node, path, group);
        group.facilitator = reader.text("facilitator").value_or("");
        if (const JsonNode* ids = reader.require("participants")) {
            group.participants = read_texts(*ids, path + ".participants", findings_);
        }
        if (const JsonNode* ids = reader.find("if_needed")) {
            group.if_needed = read_texts(*ids, path + ".if_needed", findings_);
        }
        if (const JsonNode* starts = reader.find("spare_starts")) {
            read_each(*starts, path + ".spare_starts", [&](const JsonNode& n, const std::string& p) {
                if (const auto start = read_weekly_start(n, p)) group.spare_starts.push_back(*start);
            });
        }
        if (const JsonNode* outside = reader.find("outside")) {
            read_each(*outside, path + ".outside", [&](const JsonNode& n, const std::string& p) {
                group.outside.push_back(read_texts(n, p, findings_));
            });
        }
        reader.warn_of_unknown_keys();
        file_.plan.groups.push_back(std::move(group));
    }

    std::optional<WeeklyStart> read_weekly_start(const JsonNode& node, const std::string& path) {
        const auto start = parse_weekly_start(node.text);
        if (!start) findings_.fault(path, node, "is not a weekly time such as Wednesday 15:00");
        return start;
    }

    void read_start(ObjectReader& reader, const JsonNode& node, const std::string& path,
                    PlannedGroup& group) {
        std::optional<WeeklyStart> in_utc;
        if (const JsonNode* text = reader.find("meeting_time_utc")) {
            in_utc = read_weekly_start(*text, path + ".meeting_time_utc");
        }
        const JsonNode* weekday = reader.find("weekday");
        const JsonNode* time = reader.find("time");
        if (weekday == nullptr && time == nullptr && in_utc && group.anchor == "UTC") {
            group.start = *in_utc;
        } else {
            read_weekday_and_time(reader, node, path, group);
        }
        if (in_utc) compare_with_first_meeting(*in_utc, path, group);
    }

    void read_weekday_and_time(ObjectReader& reader, const JsonNode& node, const std::string& path,
                               PlannedGroup& group) {
        int day = 0;
        int minute = 0;
        if (const auto weekday = reader.required_text("weekday")) {
            read_word(*node.find("weekday"), path + ".weekday", weekday_from_name(*weekday),
                      "a weekday, Monday … Sunday", day);
        }
        if (const auto time = reader.required_text("time")) {
            const auto clock = *time == "24:00" ? std::nullopt : parse_clock(*time);
            read_word(*node.find("time"), path + ".time", clock, "a clock time such as 15:00", minute);
        }
        group.start = {day * kMinutesPerDay + minute};
    }

    void compare_with_first_meeting(WeeklyStart in_utc, const std::string& path, const PlannedGroup& group) {
        std::optional<WeeklyStart> right;
        if (!group.meetings.empty()) {
            right = WeeklyStart{minute_of_week(utc_zone()->to_local(group.meetings.front()))};
        } else if (group.anchor == "UTC") {
            right = group.start;
        }
        if (right && *right != in_utc) {
            file_.contradictions.push_back({path + ".meeting_time_utc", in_quotes(to_string(in_utc)),
                                            "is not when the group first meets, " + to_string(*right)});
        }
    }

    void read_unplaced(const JsonNode& node, const std::string& path) {
        UnplacedPerson unplaced;
        ObjectReader reader(node, path, findings_);
        unplaced.person = reader.required_text("person").value_or("");
        if (const auto reason = reader.text("reason")) {
            read_word(*node.find("reason"), path + ".reason", unplaced_reason_from(*reason),
                      "a known reason, no_availability … outcompeted", unplaced.reason);
        }
        unplaced.detail = reader.text("detail").value_or("");
        if (const JsonNode* cure = reader.find("cure")) unplaced.cure = read_cure(*cure, path + ".cure");
        reader.warn_of_unknown_keys();
        file_.plan.unplaced.push_back(std::move(unplaced));
    }

    /// A cure in other words than ours judges nothing: it is skipped with a warning.
    std::optional<Cure> read_cure(const JsonNode& node, const std::string& path) {
        Findings aside;
        Cure cure;
        ObjectReader reader(node, path, aside);
        const auto kind = cure_kind_from(reader.text("kind").value_or(""));
        cure.person = reader.text("person").value_or("");
        cure.zone = reader.text("zone").value_or("");
        bool readable = kind.has_value();
        if (const JsonNode* hours = reader.find("hours")) {
            for (const std::string& text : read_texts(*hours, path + ".hours", aside)) {
                const auto window = parse_hours_text(text);
                if (window) cure.hours.push_back(*window);
                readable = readable && window;
            }
        }
        cure.group = reader.text("group").value_or("");
        cure.anchor = reader.text("anchor").value_or("");
        if (const auto start = reader.text("start")) {
            cure.start = parse_weekly_start(*start);
            readable = readable && cure.start;
        }
        reader.integer("limit", cure.limit);
        reader.integer("places", cure.places);
        cure.detail = reader.text("detail").value_or("");
        if (!readable || !aside.faults.empty()) {
            findings_.warn(path, describe(node), "is not understood and was ignored");
            return std::nullopt;
        }
        reader.warn_of_unknown_keys();
        for (InputFault& warning : aside.warnings) findings_.warnings.push_back(std::move(warning));
        cure.kind = *kind;
        return cure;
    }

    Findings findings_;
    PlanFile file_;
};

}  // namespace

tl::expected<PlanFile, InputFaults> read_plan_file(std::string_view text) {
    return PlanFileReader().read(text);
}

}  // namespace convene
