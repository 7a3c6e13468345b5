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

}  // namespace

std::string Point::text() const {
    const std::string number = std::to_string(n);
    const std::string lag = hidden ? ", then hidden" : list_lag_ms > 0 ? ", lists lag" : "";
    switch (what) {
        case What::kill_at_request:
            return "killed at request " + number + " (" + mode + ")" + lag;
        case What::kill_at_commit:
            return "killed " + mode + " commit " + number + lag;
        case What::fault:
            return mode + " at request " + number + lag;
    }
    return {};
}

std::vector<Point> all_points(const CalmRun& calm) {
    std::vector<Point> points;
    for (int n = 1; n <= calm.requests; ++n) {
        for (const char* mode : kDeaths) points.push_back({Point::What::kill_at_request, n, mode, 0, false});
        for (const char* mode : kAccidents) points.push_back({Point::What::fault, n, mode, 0, false});
        if (!calm.writes.at(static_cast<std::size_t>(n - 1))) continue;
        points.push_back({Point::What::kill_at_request, n, "hang_after_commit", kListLag_ms, false});
        points.push_back({Point::What::fault, n, "drop_after_commit", kListLag_ms, false});
    }
    for (int n = 1; n <= calm.commits; ++n) {
        for (const char* mode : {"before", "after"}) {
            points.push_back({Point::What::kill_at_commit, n, mode, 0, false});
            points.push_back({Point::What::kill_at_commit, n, mode, kListLag_ms, false});
        }
    }
    return points;
}

std::vector<Point> hidden_points(const CalmRun& calm) {
    std::vector<Point> points;
    bool made = false;
    for (int n = 1; n <= calm.requests; ++n) {
        made = made || calm.writes.at(static_cast<std::size_t>(n - 1));
        if (!made) continue;
        for (const Point::What what : {Point::What::kill_at_request, Point::What::fault})
            points.push_back({what, n, "hang_after_commit", 0, true});
    }
    return points;
}

std::vector<Point> every(std::vector<Point> points, std::size_t step, std::size_t first) {
    std::vector<Point> some;
    for (std::size_t i = first; i < points.size(); i += step) some.push_back(std::move(points[i]));
    return some;
}

}  // namespace convene::test
