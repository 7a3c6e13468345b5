// src/http/socket.h: one connection, plain or encrypted, on which nothing takes for ever.
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace convene::http {

/// Reads return what is there, writes return when all is gone; both give up after the patience given.
class Socket {
public:
    virtual ~Socket() = default;
    /// 0 when the other end closed, failed or was silent for too long.
    [[nodiscard]] virtual std::size_t read(char* to, std::size_t size,
                                           std::chrono::milliseconds patience) = 0;
    [[nodiscard]] virtual bool write(std::string_view bytes, std::chrono::milliseconds patience) = 0;
};

/// \param descriptor  a connected socket, not blocking; it is closed by the caller afterwards
[[nodiscard]] std::unique_ptr<Socket> plain_socket(int descriptor);

/// A certificate and its key, for any number of connections. The process must ignore SIGPIPE: OpenSSL writes
/// to clients who have left.
class TlsIdentity {
public:
    /// PEM files. \throws Failure naming the file that cannot be used
    TlsIdentity(const std::string& certificate_file, const std::string& key_file);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity&) = delete;
    TlsIdentity& operator=(const TlsIdentity&) = delete;

    /// Shakes hands; null when that fails or takes too long.
    [[nodiscard]] std::unique_ptr<Socket> accept(int descriptor, std::chrono::milliseconds patience) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::http
