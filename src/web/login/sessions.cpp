#include "web/login/sessions.h"

#include <nlohmann/json.hpp>

#include "web/login/secrets.h"

namespace convene::web {
namespace {

using std::chrono::hours;

constexpr hours kLongestPause{12};
constexpr hours kLoginTokenLife{24};
constexpr hours kShareTokenLife{24 * 30};
constexpr std::size_t kMostSessions = 10'000;

std::int64_t seconds_of(Sessions::TimePoint time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

Sessions::Sessions(std::string key, Now now) : key_(std::move(key)), now_(std::move(now)), started_(now_()) {}

SessionPtr Sessions::open(std::string user, std::optional<CohortId> only) {
    auto session =
        std::make_shared<const Session>(Session{random_secret(), random_secret(), std::move(user), only});
    const std::lock_guard lock(mutex_);
    forget_old();
    held_[session->id] = {session, now_()};
    return session;
}

SessionPtr Sessions::find(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(id);
    if (found == held_.end()) return nullptr;
    if (now_() - found->second.last_used > kLongestPause) {
        held_.erase(found);
        return nullptr;
    }
    found->second.last_used = now_();
    return found->second.session;
}

void Sessions::close(const std::string& id) {
    const std::lock_guard lock(mutex_);
    held_.erase(id);
}

std::string Sessions::login_token(const std::string& user) const {
    const nlohmann::json payload = {{"login", user},
                                    {"issued", seconds_of(now_())},
                                    {"expires", seconds_of(now_() + kLoginTokenLife)},
                                    {"nonce", random_secret()}};
    return sign(payload.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), key_);
}

std::string Sessions::share_token(CohortId cohort) const {
    const nlohmann::json payload = {{"share", cohort.value},
                                    {"expires", seconds_of(now_() + kShareTokenLife)}};
    return sign(payload.dump(), key_);
}

SessionPtr Sessions::redeem(const std::string& token) {
    const auto text = verified(token, key_);
    if (!text) return nullptr;
    const auto payload = nlohmann::json::parse(*text, nullptr, false);
    if (!payload.is_object() || payload.value("expires", std::int64_t{0}) <= seconds_of(now_()))
        return nullptr;
    if (payload.contains("share")) return open("guest", CohortId{payload.at("share").get<std::int64_t>()});
    // Which links were used is not known from before the start.
    if (!payload.contains("login") || payload.value("issued", std::int64_t{0}) < seconds_of(started_))
        return nullptr;
    {
        const std::lock_guard lock(mutex_);
        const auto expires = TimePoint(std::chrono::seconds(payload.value("expires", std::int64_t{0})));
        if (!used_.emplace(payload.value("nonce", ""), expires).second) return nullptr;
    }
    return open(payload.at("login").get<std::string>());
}

void Sessions::forget_old() {
    const TimePoint now = now_();
    std::erase_if(held_, [&](const auto& entry) { return now - entry.second.last_used > kLongestPause; });
    std::erase_if(used_, [&](const auto& entry) { return entry.second < now; });
    while (held_.size() >= kMostSessions) {
        auto oldest = held_.begin();
        for (auto it = held_.begin(); it != held_.end(); ++it)
            if (it->second.last_used < oldest->second.last_used) oldest = it;
        held_.erase(oldest);
    }
}

}  // namespace convene::web
