// tests/web/http_client.h: a browser's side of the API: cookies kept, CSRF token repeated.
#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

namespace convene::test {

struct HttpReply {
    long status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
    /// `error.code` of a refusal, or "".
    [[nodiscard]] std::string refusal() const {
        const auto document = nlohmann::json::parse(body, nullptr, false);
        return document.is_object() && document.contains("error") ? document["error"].value("code", "") : "";
    }
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port, std::string scheme = "http")
        : base_(std::move(scheme) + "://127.0.0.1:" + std::to_string(port)) {}

    HttpReply send(const std::string& method, const std::string& path,
                   const std::optional<std::string>& body = {},
                   const std::map<std::string, std::string>& more_headers = {}) {
        CURL* handle = curl_easy_init();
        HttpReply reply;
        curl_easy_setopt(handle, CURLOPT_URL, (base_ + path).c_str());
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method.c_str());
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
        std::map<std::string, std::string> headers;
        if (!cookie_.empty()) headers["Cookie"] = cookie_;
        if (!csrf.empty()) headers["X-Convene-CSRF"] = csrf;
        if (body) headers["Content-Type"] = "application/json";
        for (const auto& [name, value] : more_headers) headers[name] = value;
        curl_slist* list = nullptr;
        for (const auto& [name, value] : headers)
            list = curl_slist_append(list, (name + ": " + value).c_str());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
        if (body) curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body->c_str());
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &HttpClient::take_body);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply);
        curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &HttpClient::take_header);
        curl_easy_setopt(handle, CURLOPT_HEADERDATA, &reply);
        const CURLcode code = curl_easy_perform(handle);
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply.status);
        curl_slist_free_all(list);
        curl_easy_cleanup(handle);
        if (code != CURLE_OK) throw std::runtime_error(path + ": " + curl_easy_strerror(code));
        const auto cookie = reply.headers.find("set-cookie");
        if (cookie != reply.headers.end()) cookie_ = cookie->second.substr(0, cookie->second.find(';'));
        return reply;
    }

    HttpReply get(const std::string& path) { return send("GET", "/api/v1" + path); }
    HttpReply post(const std::string& path, const nlohmann::json& body = nlohmann::json::object()) {
        return send("POST", "/api/v1" + path, body.dump());
    }
    HttpReply erase(const std::string& path) { return send("DELETE", "/api/v1" + path); }

    /// The session that the page begins with; its CSRF token is repeated from now on.
    nlohmann::json open_session() {
        const nlohmann::json session = get("/session").json();
        csrf = session.value("csrf", "");
        return session;
    }
    /// With the token behind `#login=` or `#share=`.
    HttpReply log_in(const std::string& link) {
        const HttpReply reply = post("/session", {{"token", link.substr(link.find('=') + 1)}});
        if (reply.status == 200) csrf = reply.json().value("csrf", "");
        return reply;
    }

    std::string csrf;

private:
    static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
        static_cast<HttpReply*>(target)->body.append(data, size * count);
        return size * count;
    }
    static std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
        std::string line(data, size * count);
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) return size * count;
        std::string name = line.substr(0, colon);
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        static_cast<HttpReply*>(target)->headers[name] = line.substr(colon + 2);
        return size * count;
    }

    std::string base_;
    std::string cookie_;
};

}  // namespace convene::test
