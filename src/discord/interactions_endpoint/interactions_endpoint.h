// src/discord/interactions_endpoint/interactions_endpoint.h: interactions over HTTP instead of the gateway.
//
// Discord posts each interaction to the application's Interactions Endpoint URL and signs it. The answer is
// always empty: the handlers answer by the callback route, exactly as for interactions from the gateway.
#pragma once
#include <chrono>
#include <functional>
#include <string>

#include "discord/interactions_endpoint/signature.h"
#include "http/message.h"

namespace convene::discord {

class InteractionsEndpoint {
public:
    using SystemTime = std::chrono::system_clock::time_point;
    /// \returns whether nothing of it can be lost any more
    using OnInteraction = std::function<bool(const std::string& interaction_json)>;

    /// \param public_key  the application's, 64 hexadecimal digits (GET /applications/@me, `verify_key`)
    /// \param on_interaction  called from many threads at once, each of which Discord waits for: three
    ///     seconds at most; what comes twice is delivered twice
    /// \throws std::invalid_argument for anything else than a public key
    InteractionsEndpoint(const std::string& public_key, OnInteraction on_interaction);
    /// 401 for what Discord did not sign or signed more than kOldest ago; `{"type":1}` for a PING; for
    /// interactions 202 once they are safe, else 503, of which Discord tells whoever asked. Any thread.
    [[nodiscard]] http::Response answer(const http::Request& request, SystemTime now) const;

    static constexpr std::chrono::minutes kOldest{5};

private:
    PublicKey key_;
    OnInteraction on_interaction_;
};

}  // namespace convene::discord
