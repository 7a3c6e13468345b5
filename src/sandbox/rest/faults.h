// src/sandbox/rest/faults.h: accidents that tests and rehearsals order.
#pragma once
#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace convene::sandbox {

enum class FaultMode {
    drop_before,             ///< not carried out; the connection closes without a byte
    drop_after_commit,       ///< carried out; the connection closes without a byte
    error_500_after_commit,  ///< carried out; the answer is 500
    error_504_after_commit,  ///< carried out; the answer is 504 with an HTML page
    error_502,               ///< not carried out; 502 with an HTML page
    refuse,                  ///< not carried out; an answer with the status and code of the fault
    hang,                    ///< not carried out; silence until the client gives up
    hang_after_commit,       ///< carried out; silence until the client gives up
    late_commit,             ///< silence; carried out after the client has given up
    rate_limit_shared,       ///< not carried out; 429 with scope "shared" and requests remaining
    cloudflare_429,          ///< not carried out; 429 with an HTML page and no bucket headers
};

struct Fault {
    std::string method;  ///< "" for any
    std::string path_text;
    std::regex path;
    int nth = 1;    ///< it strikes the nth matching request after it was posted,
    int times = 1;  ///< and so many from there on
    FaultMode mode = FaultMode::drop_before;
    std::chrono::milliseconds delay{300};         ///< late_commit: from the client's leaving on
    std::chrono::milliseconds retry_after{1500};  ///< the 429s
    bool send_retry_after = true;                 ///< cloudflare_429: whether the header is sent
    int code = 0;                                 ///< rate_limit_shared, refuse: code in the body
    int status = 400;                             ///< refuse
    std::string message = "Refused";              ///< refuse
    int seen = 0;                                 ///< matching requests so far
};

[[nodiscard]] const char* name_of(FaultMode mode);

class FaultPlan {
public:
    /// Adds what the array describes. Returns what is wrong with it, one line
    /// each; with faults in the description nothing is added.
    [[nodiscard]] std::vector<std::string> add(const nlohmann::json& descriptions);
    void clear() { faults_.clear(); }
    [[nodiscard]] nlohmann::json describe() const;

    /// Counts the request for every fault it matches and returns the first one
    /// that strikes. The expression is searched in the path with and without
    /// "/api/v10", each with and without the query.
    [[nodiscard]] std::optional<Fault> strike(const std::string& method, const std::string& path,
                                              const std::string& query);

private:
    std::vector<Fault> faults_;
};

}  // namespace convene::sandbox
