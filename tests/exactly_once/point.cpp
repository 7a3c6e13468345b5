#include "tests/exactly_once/point.h"

namespace convene::test {
namespace {

// By the sandbox's names: nothing is done, all is done, it is done after the death.
constexpr const char* kDeaths[] = {"hang", "hang_after_commit", "late_commit"};
constexpr const char* kAccidents[] = {
    "drop_before",       "drop_after_commit", "error_500_after_commit", "error_502",     "hang",
    "hang_after_commit", "late_commit",       "rate_limit_shared",      "cloudflare_429"};
// Longer than a run takes to look again at once, shorter than it waits before it looks.
constexpr int kListLag_ms = 2500;

std::string hidden_text(Hiding hiding) {
    switch (hiding) {
        case Hiding::none:
            return "";
        case Hiding::refused:
            return ", then hidden";
        case Hiding::unknown:
            return ", then hidden and called unknown";
        case Hiding::without_audit_log:
            return ", then hidden without a sight of the audit log";
    }
    return {};
}

}  // namespace

std::string Point::text() const {
    const std::string number = std::to_string(n);
    const std::string lag = hidden_text(hiding) + (list_lag_ms > 0 ? ", lists lag" : "");
    switch (what) {
        case What::kill_at_request:
            return "killed at request " + number + " (" + mode + ")" + lag;
        case What::kill_at_commit:
            return "killed " + mode + " commit " + number + lag;
        case What::fault:
            return mode + " at request " + number + lag;
        case What::kill_edit_at_commit:
            return "edit killed " + mode + " commit " + number;
    }
    return {};
}

std::vector<Point> all_points(const CalmRun& calm, bool creates) {
    std::vector<Point> points;
    for (int n = 1; n <= calm.requests; ++n) {
        for (const char* mode : kDeaths) points.push_back({Point::What::kill_at_request, n, mode});
        for (const char* mode : kAccidents) points.push_back({Point::What::fault, n, mode});
        if (!creates || !calm.writes.at(static_cast<std::size_t>(n - 1))) continue;
        points.push_back({Point::What::kill_at_request, n, "hang_after_commit", kListLag_ms});
        points.push_back({Point::What::fault, n, "drop_after_commit", kListLag_ms});
    }
    for (const char* mode : {"before", "after"}) {
        for (int n = 1; n <= calm.commits; ++n) {
            points.push_back({Point::What::kill_at_commit, n, mode});
            if (creates) points.push_back({Point::What::kill_at_commit, n, mode, kListLag_ms});
        }
        for (int n = 1; n <= calm.edit_commits; ++n)
            points.push_back({Point::What::kill_edit_at_commit, n, mode});
    }
    return points;
}

std::vector<Point> hidden_points(const CalmRun& calm) {
    std::vector<Point> points;
    bool made = false;
    for (int n = 1; n <= calm.requests; ++n) {
        made = made || calm.writes.at(static_cast<std::size_t>(n - 1));
        if (!made) continue;
        for (const Hiding hiding : {Hiding::refused, Hiding::unknown, Hiding::without_audit_log}) {
            for (const Point::What what : {Point::What::kill_at_request, Point::What::fault})
                points.push_back({what, n, "hang_after_commit", 0, hiding});
        }
    }
    return points;
}

std::vector<Point> every(std::vector<Point> points, std::size_t step, std::size_t first) {
    std::vector<Point> some;
    for (std::size_t i = first; i < points.size(); i += step) some.push_back(std::move(points[i]));
    return some;
}

}  // namespace convene::test
