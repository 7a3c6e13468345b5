// src/discord/rest/curl_transport.h: HTTP over libcurl.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "discord/rest/http_transport.h"

namespace convene::discord {

/// Certificates are verified; connections are kept and used again, one per
/// concurrent request; redirects are not followed.
class CurlTransport : public HttpTransport {
public:
    CurlTransport();
    ~CurlTransport() override;
    [[nodiscard]] tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override;

private:
    struct Pool;
    std::unique_ptr<Pool> pool_;
};

/// Why this address may not be used as an API base, or nothing: `https` is accepted
/// for any host, plain `http` for loopback addresses only, since the token travels with each request.
[[nodiscard]] std::optional<std::string> api_base_fault(const std::string& url);

}  // namespace convene::discord
