// src/discord/bot/session_keeper.h: when a gateway session may be written down.
//
// A kept session says how far events were received. Written before those events are safe, a crash
// would lose them; so it waits for the last of them. Any thread.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace convene::discord {

class SessionKeeper {
public:
    /// An event has come and is not stored yet. \returns its number, for stored()
    [[nodiscard]] std::uint64_t received();
    void stored(std::uint64_t event);

    /// To be written once all events before it are stored; replaces what waited.
    void keep(std::string session);

    /// What may be written now, once.
    [[nodiscard]] std::optional<std::string> ready();
    [[nodiscard]] bool waiting() const;

private:
    mutable std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::set<std::uint64_t> open_;
    std::uint64_t mark_ = 0;  ///< events before it come first
    std::optional<std::string> session_;
};

}  // namespace convene::discord
