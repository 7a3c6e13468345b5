// tests/discord/support/fake_discord.h: a small Discord in memory with accidents on order.
//
// It knows what realization needs and no more; the strict look-alike is the
// sandbox. Here each request can be the last one of a process that dies.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "discord/rest/http_transport.h"

namespace convene::discord::test {

/// The process died. Not a Failure: nobody catches it.
struct Killed {};

enum class Accident {
    none,
    kill_before,      ///< the process dies, the request never arrives
    kill_after,       ///< it is carried out and nobody hears the answer
    kill_late,        ///< it is carried out only after the next process has had its first look
    drop_before,      ///< the connection ends, nothing was done
    drop_after,       ///< the connection ends, it was done
    error_500_after,  ///< done, and answered with 500
    error_502,        ///< not done, 502
    late,             ///< the client gives up, then it is done
    rate_limited,     ///< 429, not done
};

class FakeDiscord : public HttpTransport {
public:
    static constexpr const char* kGuild = "100000000000000001";
    static constexpr const char* kBot = "100000000000000002";

    std::function<Accident(int request)> accident;  ///< by number of the request, from 0
    int list_lag = 0;       ///< new channels and events are missing from so many lists
    int late_requests = 6;  ///< a late commit happens after so many further requests
    unsigned long long bot_permissions = 17601047645328ULL;
    std::set<std::string> on_server = {kBot};
    std::map<std::string, nlohmann::json> channels;
    std::map<std::string, nlohmann::json> events;
    std::map<std::string, std::vector<nlohmann::json>> messages;
    std::vector<nlohmann::json> audit_log;
    bool may_see_audit_log = true;
    bool hidden_is_unknown = false;  ///< what the answer to a look at a hidden channel is
    std::vector<std::string> log;    ///< `POST /guilds/…`, as received
    int requests = 0;
    int writes = 0;
    int leaks = 0;  ///< moments at which a channel was open to everyone
    std::function<void()>
        watch;  ///< called after each request that was carried out, before its answer is heard
    int max_events = 100;
    int max_children = 50;
    std::string date;  ///< Date header

    /// A new process: it may ask again.
    void revive() { dead_ = false; }
    void die() { dead_ = true; }

    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override;

    nlohmann::json& add_channel(int type, const std::string& name, const std::string& parent = "");
    nlohmann::json& add_event(const std::string& channel, const std::string& start);
    [[nodiscard]] std::vector<nlohmann::json> channels_of(int type) const;

private:
    struct Later {
        int countdown;
        std::function<void()> commit;
    };
    HttpResponse answer(const HttpRequest& request);
    HttpResponse carry_out(const HttpRequest& request);
    HttpResponse create_channel(nlohmann::json body);
    HttpResponse create_event(nlohmann::json body);
    void keep_reason(const HttpRequest& request, int action, const HttpResponse& made);
    HttpResponse create_message(const std::string& channel, nlohmann::json body);
    HttpResponse list(std::map<std::string, nlohmann::json>& objects, bool channel_list);
    [[nodiscard]] bool visible(const nlohmann::json& channel) const;
    std::string new_id();
    void check_privacy();

    std::recursive_mutex mutex_;
    bool dead_ = false;
    std::uint64_t last_ms_ = 1772366400000ULL - 1420070400000ULL;  // 2026-03-01T12:00:00Z
    std::map<std::string, int> lagging_;
    std::vector<Later> later_;
};

}  // namespace convene::discord::test
