#include "sandbox/endpoint/endpoint.h"

#include <nlohmann/json.hpp>

#include "sandbox/endpoint/signing_key.h"
#include "sandbox/http/http_client.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

bool says_json(const HttpResponse& answer) {
    const auto type = answer.headers.find("content-type");
    return type != answer.headers.end() && type->second.starts_with("application/json");
}

}  // namespace

std::optional<HttpResponse> post_signed(const std::string& url, const std::string& signing_key,
                                        const std::string& body, Signing signing, Instant now,
                                        milliseconds patience) {
    const std::string timestamp = std::to_string(to_millis(now) / 1000);
    std::string signature =
        signature_of(signing_key, timestamp + (signing == Signing::other_body ? body + " " : body));
    if (signing == Signing::bad) signature.front() = signature.front() == '0' ? '1' : '0';
    std::map<std::string, std::string> headers{
        {"Content-Type", "application/json"},
        {"User-Agent", "Discord-Interactions/1.0 (+https://discord.com)"},
        {"X-Signature-Timestamp", timestamp}};
    if (signing != Signing::missing) headers["X-Signature-Ed25519"] = signature;
    return post(url, headers, body, patience);
}

std::string fault_of_pong(const std::optional<HttpResponse>& answer) {
    if (!answer) return "no answer to a PING";
    if (answer->status != 200) return "answered a PING with " + std::to_string(answer->status);
    if (!says_json(*answer)) return "answered a PING without Content-Type: application/json";
    const json pong = json::parse(answer->body, nullptr, false);
    return pong.is_object() && pong.value("type", json()) == 1 ? "" : "did not answer a PING with type 1";
}

void Endpoint::start(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    for (auto it = deliveries_.begin(); it != deliveries_.end();) {
        if (!*it->finished) {
            ++it;
            continue;
        }
        it->thread.join();
        it = deliveries_.erase(it);
    }
    auto finished = std::make_shared<std::atomic<bool>>(false);
    deliveries_.push_back({std::thread([run = std::move(work), finished] {
                               run();
                               *finished = true;
                           }),
                           finished});
}

void Endpoint::note(Instant now, const std::string& what, const std::string& detail) {
    json entry = {{"time", to_iso(now)}, {"what", what}};
    if (!detail.empty()) entry["detail"] = detail;
    history_.push_back(entry.dump());
}

json Endpoint::history() const {
    json out = json::array();
    for (const std::string& entry : history_) out.push_back(json::parse(entry));
    return out;
}

void Endpoint::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    // Nothing is added any more, so the list can be walked without the lock.
    for (Delivery& delivery : deliveries_) delivery.thread.join();
    deliveries_.clear();
}

}  // namespace convene::sandbox
