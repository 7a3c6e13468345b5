// tests/discord/support/scripted_transport.h: answers from a list, and remembers what it was asked.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "discord/rest/rest_client.h"

namespace convene::discord::test {

class ScriptedTransport : public HttpTransport {
public:
    using Reply = tl::expected<HttpResponse, TransportFault>;

    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override {
        const std::lock_guard lock(mutex_);
        asked.push_back(request);
        if (replies.empty()) return HttpResponse{200, {}, "{}"};
        Reply reply = replies.front();
        replies.pop_front();
        return reply;
    }

    std::deque<Reply> replies;  ///< afterwards 200 and an empty object
    std::vector<HttpRequest> asked;

private:
    std::mutex mutex_;
};

inline HttpResponse refusal(int status, int code) {
    return {status, {}, R"({"code":)" + std::to_string(code) + R"(,"message":"no"})"};
}

inline std::shared_ptr<RestClient> client_over(const std::shared_ptr<HttpTransport>& transport) {
    RestClient::Settings settings;
    settings.api_base = "http://127.0.0.1:1/api/v10";
    settings.token = "very-secret";
    settings.first_retry_pause = std::chrono::milliseconds(0);
    return std::make_shared<RestClient>(settings, transport);
}

}  // namespace convene::discord::test
