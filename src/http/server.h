// src/http/server.h: HTTP/1.1 for networks, one thread per connection.
//
// Boost.Beast reads the messages; waiting, limits and encryption are here (docs/decisions/110-web-server.md).
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "http/message.h"

namespace convene::http {

/// What one client may take of the server. Whoever takes more is refused or cut off.
struct ServerLimits {
    std::uint64_t body_bytes = 1024 * 1024;
    std::uint32_t header_bytes = 16 * 1024;
    std::size_t connections = 256;
    std::size_t connections_of_one_address = 64;  ///< 0: any number, for a proxy in front
    std::chrono::milliseconds between_requests{75'000};
    std::chrono::milliseconds within_request{15'000};  ///< from a request's first byte to its last
    std::chrono::milliseconds writing{20'000};         ///< a whole response
};

struct ServerOptions {
    std::string address = "127.0.0.1";  ///< IPv4 or IPv6
    std::uint16_t port = 0;             ///< 0 picks a free one
    std::string certificate_file;       ///< both set: TLS
    std::string key_file;
    ServerLimits limits{};
};

class Server {
public:
    /// Listens when it returns. The handler is called from many threads at once; what it throws becomes a
    /// reply of 500 without details.
    /// \throws Failure when the address cannot be had or the certificate cannot be used
    Server(const ServerOptions& options, Handler handler);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Closes every connection and joins every thread.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::http
