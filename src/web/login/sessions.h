// src/web/login/sessions.h: who is logged in, and the links that let people in.
//
// Sessions live in memory: a restart logs everybody out. A login link works once; a share link
// works until it expires and only ever shows one cohort.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "app/ids.h"

namespace convene::web {

struct Session {
    std::string id;                ///< secret: the cookie
    std::string csrf;              ///< secret: what every change must repeat
    std::string user;              ///< for the record of edits
    std::optional<CohortId> only;  ///< a share link: this cohort, read-only

    [[nodiscard]] bool may_change() const noexcept { return !only; }
};
using SessionPtr = std::shared_ptr<const Session>;

class Sessions {
public:
    using TimePoint = std::chrono::system_clock::time_point;
    using Now = std::function<TimePoint()>;

    /// \param key  signs links; a key that stays keeps share links valid over restarts
    Sessions(std::string key, Now now);

    [[nodiscard]] SessionPtr open(std::string user, std::optional<CohortId> only = {});
    /// Null when there is none, or it has not been used for too long.
    [[nodiscard]] SessionPtr find(const std::string& id);
    void close(const std::string& id);

    /// Lets one person in, once, within a day and before the server is restarted.
    [[nodiscard]] std::string login_token(const std::string& user) const;
    /// Shows one cohort to whoever holds it, for 30 days.
    [[nodiscard]] std::string share_token(CohortId cohort) const;
    /// The session that a token opens; null for a forged, expired or used one.
    [[nodiscard]] SessionPtr redeem(const std::string& token);

private:
    struct Held {
        SessionPtr session;
        TimePoint last_used;
    };
    void forget_old();

    std::string key_;
    Now now_;
    TimePoint started_;
    std::mutex mutex_;
    std::map<std::string, Held> held_;
    std::map<std::string, TimePoint> used_;  ///< nonces of login tokens, until they expire
};

}  // namespace convene::web
