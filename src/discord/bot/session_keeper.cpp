#include "discord/bot/session_keeper.h"

namespace convene::discord {

std::uint64_t SessionKeeper::received() {
    const std::lock_guard lock(mutex_);
    open_.insert(next_);
    return next_++;
}

void SessionKeeper::stored(std::uint64_t event) {
    const std::lock_guard lock(mutex_);
    open_.erase(event);
}

void SessionKeeper::keep(std::string session) {
    const std::lock_guard lock(mutex_);
    session_ = std::move(session);
    mark_ = next_;
}

std::optional<std::string> SessionKeeper::ready() {
    const std::lock_guard lock(mutex_);
    if (!session_ || (!open_.empty() && *open_.begin() < mark_)) return std::nullopt;
    std::optional<std::string> session = std::move(session_);
    session_.reset();
    return session;
}

bool SessionKeeper::waiting() const {
    const std::lock_guard lock(mutex_);
    return session_.has_value();
}

}  // namespace convene::discord
