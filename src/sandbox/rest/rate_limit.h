// src/sandbox/rest/rate_limit.h: buckets, the global limit, and who ignored them.
#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "sandbox/server/instant.h"
#include "sandbox/server/settings.h"

namespace convene::sandbox {

/// What a request draws on: a bucket, counted per major parameter.
struct Draw {
    std::string bucket;  ///< route name, e.g. "create_message"
    std::string major;   ///< channel or guild id or a webhook's token, "" for neither
    bool counts_globally = true;
};

/// What the limiter says about one request.
struct Verdict {
    enum class Kind { admitted, exhausted, shared, global, blocked };
    Kind kind = Kind::admitted;
    double retry_after = 0;  ///< seconds, unless admitted
    std::string violation;   ///< why the request should not have been sent; "" when it was fair
    /// X-RateLimit-* as they stand after this request; none when global or blocked.
    std::map<std::string, std::string> headers;
    int code = 0;  ///< of the 429's body; 0 for none
};

/// Windows open with their first request and are full again when they have
/// passed, so a client that waits for Reset-After never meets a 429.
class RateLimiter {
public:
    [[nodiscard]] Verdict admit(const Draw& draw, const Settings& settings, Instant now);

    /// The same for a request without a valid token: there is no bucket for it,
    /// but a limit over all of them.
    [[nodiscard]] Verdict admit_stranger(const Settings& settings, Instant now);

    /// Refuses `draw` until then, though its bucket has requests left: a limit
    /// shared with others, or one the headers do not show. The answer to this
    /// very request is the return value; it is no violation.
    [[nodiscard]] Verdict block(const Draw& draw, const Settings& settings, Instant now,
                                std::chrono::milliseconds duration, int code);

    /// A limit that no header shows, counted by `name` and major parameter:
    /// counts one, and blocks the bucket when it is passed.
    [[nodiscard]] std::optional<Verdict> count_hidden(const Draw& draw, const std::string& name,
                                                      const BucketRule& rule, int code,
                                                      const Settings& settings, Instant now);

    /// Refuses everything until then, as Cloudflare does.
    void block_everything(Instant until) { blocked_until_ = until; }

    /// Counts a 401, 403 or 429 (not the shared ones); too many block everything.
    void count_invalid(const Settings& settings, Instant now);

private:
    struct Window {
        Instant reset{};
        int used = 0;
    };
    struct Block {
        Instant until{};
        int code = 0;
    };
    [[nodiscard]] std::map<std::string, std::string> headers(const Draw& draw, const Settings& settings,
                                                             const Window& window, Instant now) const;
    [[nodiscard]] std::optional<Verdict> over_all(Window& window, const Settings& settings, Instant now);

    std::map<std::string, Window> windows_;  ///< by bucket and major
    std::map<std::string, Window> hidden_;   ///< by name and major
    std::map<std::string, Block> blocks_;
    Window global_;
    Window strangers_;
    std::optional<Instant> blocked_until_;
    std::deque<Instant> invalid_;
};

/// The hash that X-RateLimit-Bucket shows for a route.
[[nodiscard]] std::string bucket_hash(const std::string& bucket, int generation);

}  // namespace convene::sandbox
