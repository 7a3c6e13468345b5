#include "discord/rest/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <string_view>
#include <vector>

#include "discord/rest/url.h"

namespace convene::discord {
namespace {

void start_curl_once() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::bad_alloc();
}

std::size_t append_body(char* data, std::size_t, std::size_t size, void* into) {
    static_cast<std::string*>(into)->append(data, size);
    return size;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

std::size_t read_header(char* data, std::size_t, std::size_t size, void* into) {
    const std::string_view line(data, size);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        auto& headers = *static_cast<std::map<std::string, std::string>*>(into);
        headers.insert_or_assign(std::move(name), std::string(trimmed(line.substr(colon + 1))));
    }
    return size;
}

struct Unread {
    const std::string& body;
    std::size_t at = 0;
};

std::size_t read_body(char* into, std::size_t, std::size_t room, void* from) {
    auto& unread = *static_cast<Unread*>(from);
    const std::size_t size = std::min(room, unread.body.size() - unread.at);
    unread.body.copy(into, size, unread.at);
    unread.at += size;
    return size;
}

std::optional<std::chrono::microseconds> time_of_connecting(CURL* handle) {
    long opened = 0;
    curl_off_t looked_up_us = 0;
    curl_off_t connected_us = 0;
    curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, &opened);
    curl_easy_getinfo(handle, CURLINFO_NAMELOOKUP_TIME_T, &looked_up_us);
    curl_easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connected_us);
    if (opened != 1 || connected_us <= looked_up_us) return std::nullopt;
    return std::chrono::microseconds(connected_us - looked_up_us);
}

bool nothing_was_sent(CURLcode code) {
    switch (code) {
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
            return true;
        default:
            return false;
    }
}

}  // namespace

struct CurlTransport::Pool {
    std::mutex mutex;
    std::vector<CURL*> idle;

    ~Pool() {
        for (CURL* handle : idle) curl_easy_cleanup(handle);
    }
    CURL* take() {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                CURL* handle = idle.back();
                idle.pop_back();
                return handle;
            }
        }
        CURL* handle = curl_easy_init();
        if (handle == nullptr) throw std::bad_alloc();
        return handle;
    }
    void give_back(CURL* handle) {
        curl_easy_reset(handle);  // forgets the request, keeps the connection
        const std::lock_guard lock(mutex);
        idle.push_back(handle);
    }
};

CurlTransport::CurlTransport() {
    start_curl_once();
    pool_ = std::make_unique<Pool>();
}

CurlTransport::~CurlTransport() = default;

tl::expected<HttpResponse, TransportFault> CurlTransport::send(const HttpRequest& request) {
    CURL* handle = pool_->take();
    HttpResponse response;
    curl_slist* headers = nullptr;
    for (const auto& [name, value] : request.headers) {
        headers = curl_slist_append(headers, (name + ": " + value).c_str());
    }
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response.body);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, read_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &response.headers);
    Unread unread{request.body};
    if (request.method == "POST") {
        // When a kept connection closes without an answer, libcurl sends the request again by
        // itself, a POST too. It cannot when the body comes from a reader that it may not rewind:
        // then it reports CURLE_SEND_FAIL_REWIND, and the outcome is unknown, as it should be.
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_body);
        curl_easy_setopt(handle, CURLOPT_READDATA, &unread);
    } else if (!request.body.empty() || request.method == "PUT") {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    // A proxy of the environment is meant for the outside world, never for this machine.
    if (request.url.starts_with("http://")) curl_easy_setopt(handle, CURLOPT_PROXY, "");

    const CURLcode code = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    response.connecting = time_of_connecting(handle);
    curl_slist_free_all(headers);
    pool_->give_back(handle);

    if (code != CURLE_OK) {
        return tl::unexpected(TransportFault{!nothing_was_sent(code), curl_easy_strerror(code)});
    }
    response.status = static_cast<int>(status);
    return response;
}

std::optional<std::string> api_base_fault(const std::string& url) {
    const auto parts = parse_url(url);
    if (!parts) return "the Discord address is not a URL";
    if (!parts->user.empty() || !parts->query.empty())
        return "the Discord address may hold neither user nor query";
    if (parts->scheme == "https") return std::nullopt;
    if (parts->scheme != "http") return "the Discord address must begin with https://";
    if (is_loopback(parts->host)) return std::nullopt;
    return "plain http is accepted for loopback addresses only, use https";
}

}  // namespace convene::discord
