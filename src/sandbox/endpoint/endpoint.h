// src/sandbox/endpoint/endpoint.h: interactions by HTTP instead of over the gateway.
//
// An application with an Interactions Endpoint URL gets each interaction as a
// signed POST and nothing over the gateway. The URL is accepted only when it
// answers a PING and turns a forged one away; the forgeries go on later, and
// who believes one loses the URL.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/http/http_message.h"
#include "sandbox/server/instant.h"

namespace convene::sandbox {

/// How a request to the endpoint is signed.
enum class Signing {
    good,
    bad,         ///< one digit of the signature is wrong
    missing,     ///< no signature at all
    other_body,  ///< the signature belongs to another body
};

/// Posts a body that is signed for `now`; nothing when no answer came in time.
[[nodiscard]] std::optional<HttpResponse> post_signed(const std::string& url, const std::string& signing_key,
                                                      const std::string& body, Signing signing, Instant now,
                                                      std::chrono::milliseconds patience);

/// Why this answer to a PING makes the URL unfit; "" when it does not.
[[nodiscard]] std::string fault_of_pong(const std::optional<HttpResponse>& answer);

/// What happened at the endpoint, and the threads on which it happens.
/// Everything but stop() wants the sandbox's mutex to be held.
class Endpoint {
public:
    ~Endpoint() { stop(); }

    /// Runs `work`, which takes the mutex where it needs it, on a thread of its own.
    void start(std::function<void()> work);
    void note(Instant now, const std::string& what, const std::string& detail = "");
    [[nodiscard]] nlohmann::json history() const;
    /// Waits for the threads. Called without the mutex.
    void stop();

private:
    struct Delivery {
        std::thread thread;
        std::shared_ptr<std::atomic<bool>> finished;
    };
    std::list<Delivery> deliveries_;
    bool stopped_ = false;
    std::mutex mutex_;                  ///< guards the two above; taken after the sandbox's
    std::vector<std::string> history_;  ///< JSON objects
};

}  // namespace convene::sandbox
