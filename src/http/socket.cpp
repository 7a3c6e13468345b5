#include "http/socket.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "app/failure.h"

namespace convene::http {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

bool wait_for(int descriptor, short events, SteadyClock::time_point deadline) {
    while (true) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - SteadyClock::now()).count();
        if (left <= 0) return false;
        pollfd watched{descriptor, events, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min<long long>(left, 60'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

class PlainSocket final : public Socket {
public:
    explicit PlainSocket(int descriptor) : descriptor_(descriptor) {}

    std::size_t read(char* to, std::size_t size, milliseconds patience) override {
        const auto deadline = SteadyClock::now() + patience;
        while (true) {
            const ssize_t count = ::recv(descriptor_, to, size, 0);
            if (count >= 0) return static_cast<std::size_t>(count);
            const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
            if (!later || !wait_for(descriptor_, POLLIN, deadline)) return 0;
        }
    }

    bool write(std::string_view bytes, milliseconds patience) override {
        const auto deadline = SteadyClock::now() + patience;
        while (!bytes.empty()) {
            const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
                continue;
            }
            const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
            if (!later || !wait_for(descriptor_, POLLOUT, deadline)) return false;
        }
        return true;
    }

private:
    int descriptor_;
};

class TlsSocket final : public Socket {
public:
    TlsSocket(SSL* session, int descriptor) : session_(session), descriptor_(descriptor) {}
    ~TlsSocket() override {
        SSL_shutdown(session_);
        SSL_free(session_);
    }
    TlsSocket(const TlsSocket&) = delete;
    TlsSocket& operator=(const TlsSocket&) = delete;

    bool shake_hands(milliseconds patience) {
        return repeat([&] { return SSL_accept(session_); }, patience) > 0;
    }
    std::size_t read(char* to, std::size_t size, milliseconds patience) override {
        const int count = repeat([&] { return SSL_read(session_, to, static_cast<int>(size)); }, patience);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    bool write(std::string_view bytes, milliseconds patience) override {
        constexpr std::size_t kPiece = 1U << 20U;
        while (!bytes.empty()) {
            const auto piece = static_cast<int>(std::min(bytes.size(), kPiece));
            const int count = repeat([&] { return SSL_write(session_, bytes.data(), piece); }, patience);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

private:
    template <class Operation>
    int repeat(Operation operation, milliseconds patience) {
        const auto deadline = SteadyClock::now() + patience;
        while (true) {
            ERR_clear_error();
            const int result = operation();
            if (result > 0) return result;
            const int want = SSL_get_error(session_, result);
            if (want != SSL_ERROR_WANT_READ && want != SSL_ERROR_WANT_WRITE) return 0;
            if (!wait_for(descriptor_, want == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline)) return 0;
        }
    }

    SSL* session_;
    int descriptor_;
};

}  // namespace

std::unique_ptr<Socket> plain_socket(int descriptor) {
    return std::make_unique<PlainSocket>(descriptor);
}

struct TlsIdentity::Impl {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    ~Impl() { SSL_CTX_free(context); }
};

TlsIdentity::TlsIdentity(const std::string& certificate_file, const std::string& key_file)
    : impl_(std::make_unique<Impl>()) {
    SSL_CTX* context = impl_->context;
    if (context == nullptr) throw Failure("TLS cannot be set up");
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1)
        throw Failure(certificate_file + ": is not a certificate in PEM form that can be read");
    if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        throw Failure(key_file + ": is not the private key of that certificate, in PEM form");
}

TlsIdentity::~TlsIdentity() = default;

std::unique_ptr<Socket> TlsIdentity::accept(int descriptor, milliseconds patience) const {
    SSL* session = SSL_new(impl_->context);
    if (session == nullptr) return nullptr;
    SSL_set_fd(session, descriptor);
    auto socket = std::make_unique<TlsSocket>(session, descriptor);
    if (!socket->shake_hands(patience)) return nullptr;
    return socket;
}

}  // namespace convene::http
