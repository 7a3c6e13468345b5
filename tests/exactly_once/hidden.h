// tests/exactly_once/hidden.h: a person who takes from the bot the sight of what it has just made.
#pragma once
#include <map>
#include <string>

#include "tests/e2e/rehearsal.h"

namespace convene::test {

/// Channels that the bot cannot view until they are shown again.
class Hidden {
public:
    /// Hides what stands on the server and is not in the journal, or else what was made last. An event or a
    /// message goes with its channel.
    Hidden(const SandboxProgram& sandbox, const std::string& database_url);

    [[nodiscard]] bool nothing() const noexcept { return bot_allows_.empty(); }
    void show_again() const;

private:
    void set(const std::string& channel, const std::string& allow, const std::string& deny) const;

    const SandboxProgram& sandbox_;
    std::string bot_;
    std::map<std::string, std::string> bot_allows_;  ///< by channel: what the bot's overwrite allowed
};

}  // namespace convene::test
