// tests/exactly_once/point.h: one instant at which one thing goes wrong.
#pragma once
#include <string>
#include <vector>

namespace convene::test {

/// Whether a person takes from the bot the sight of what was made, until it has looked.
enum class Hiding {
    none,
    refused,            ///< a look at what is hidden is refused
    unknown,            ///< it is answered as if there were no such channel
    without_audit_log,  ///< likewise, and the bot may not read the audit log
};

struct Point {
    enum class What {
        kill_at_request,      ///< kill -9 while the n-th request waits for its answer
        kill_at_commit,       ///< kill -9 at the n-th commit to the database
        fault,                ///< the n-th request meets an accident of the sandbox
        kill_edit_at_commit,  ///< kill -9 at the n-th commit of the edit that comes before
    };
    What what = What::kill_at_request;
    int n = 1;
    std::string mode;     ///< the sandbox's; of a commit: `before` or `after`
    int list_lag_ms = 0;  ///< how late new objects appear in lists
    Hiding hiding = Hiding::none;

    [[nodiscard]] std::string text() const;
};

/// What an undisturbed run does.
struct CalmRun {
    int requests = 0;
    std::vector<bool> writes;  ///< by request: whether it asks for a change
    int commits = 0;
    int edit_commits = 0;  ///< of the edit that comes before
    std::string plan;      ///< who meets when, as the database has it in the end
};

/// Each kind of death and accident at each request, and each death at each commit.
/// \param creates  whether channels and events are made, which lists may show late
[[nodiscard]] std::vector<Point> all_points(const CalmRun& calm, bool creates);

/// Deaths and lost replies at each request once there is something to hide, with that hidden in each way.
[[nodiscard]] std::vector<Point> hidden_points(const CalmRun& calm);

/// Every `step`-th of them, from `first` on.
[[nodiscard]] std::vector<Point> every(std::vector<Point> points, std::size_t step, std::size_t first);

}  // namespace convene::test
