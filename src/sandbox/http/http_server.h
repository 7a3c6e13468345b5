// src/sandbox/http/http_server.h: HTTP/1.1 on a loopback port, one thread per connection.
#pragma once
#include <cstdint>
#include <memory>

#include "sandbox/http/http_message.h"

namespace convene::sandbox {

/// Plain blocking sockets: a hung or late request occupies only its own
/// thread, and nothing else has to know of it. Meant for a handful of clients.
class HttpServer {
public:
    /// Listens on 127.0.0.1 when it returns; port 0 picks a free one. The
    /// handler is called from many threads at once.
    /// \throws SandboxFailure when the port cannot be had
    HttpServer(std::uint16_t port, HttpHandler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;

    /// Closes every connection and joins every thread. A late request whose
    /// client has not left yet is forgotten, as if it had never arrived.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::sandbox
