#include "http/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstring>
#include <list>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "app/failure.h"
#include "app/name_match.h"
#include "http/socket.h"

namespace convene::http {
namespace {

namespace beast = boost::beast::http;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

const char* reason(int status) {
    return beast::obsolete_reason(static_cast<beast::status>(status)).data();
}

std::string head_of(const Response& response, bool keep_alive) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    for (const auto& [name, value] : response.headers) head += fmt::format("{}: {}\r\n", name, value);
    if (!response.stream) head += fmt::format("Content-Length: {}\r\n", response.body.size());
    head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
    return head;
}

class SocketSink final : public Sink {
public:
    SocketSink(Socket& socket, milliseconds patience, const std::atomic<bool>& stopping)
        : socket_(socket), patience_(patience), stopping_(stopping) {}
    bool write(std::string_view bytes) override {
        open_ = open() && socket_.write(bytes, patience_);
        return open_;
    }
    bool open() const override { return open_ && !stopping_; }

private:
    Socket& socket_;
    milliseconds patience_;
    const std::atomic<bool>& stopping_;
    bool open_ = true;
};

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int value() const noexcept { return value_; }

private:
    int value_;
};

/// The first address that can be listened on.
int listen_on(const ServerOptions& options, std::uint16_t& port) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const std::string where = fmt::format("{} port {}", options.address, options.port);
    if (::getaddrinfo(options.address.c_str(), std::to_string(options.port).c_str(), &hints, &found) != 0)
        throw Failure(options.address + " is not an address to listen on, such as 127.0.0.1 or ::");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    const int listener =
        ::socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, found->ai_protocol);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(listener, found->ai_addr, found->ai_addrlen) != 0 || ::listen(listener, 128) != 0) {
        const std::string message = std::generic_category().message(errno);
        ::close(listener);
        throw Failure("cannot listen on " + where + ": " + message);
    }
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&bound), &size);
    port = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                             : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
    return listener;
}

std::string text_of(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* raw =
        address.ss_family == AF_INET6
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
            : &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    ::inet_ntop(address.ss_family, raw, text.data(), text.size());
    return text.data();
}

}  // namespace

struct Server::Impl {
    struct Connection {
        Connection(int socket, std::string from) : descriptor(socket), client(std::move(from)) {}
        Descriptor descriptor;
        std::string client;
        std::thread thread;
        std::atomic<bool> finished = false;
    };

    Impl(const ServerOptions& options, Handler wanted)
        : handler(std::move(wanted)),
          limits(options.limits),
          listener(listen_on(options, port)),
          knock(::eventfd(0, EFD_CLOEXEC)) {
        if (!options.certificate_file.empty())
            identity = std::make_unique<TlsIdentity>(options.certificate_file, options.key_file);
        accepting = std::thread([this] { accept(); });
    }

    void accept() {
        while (!stopping) {
            std::array<pollfd, 2> watched{{{listener.value(), POLLIN, 0}, {knock.value(), POLLIN, 0}}};
            if (::poll(watched.data(), watched.size(), -1) < 0) continue;
            if (stopping) return;
            sockaddr_storage from{};
            socklen_t size = sizeof from;
            const int socket = ::accept4(listener.value(), reinterpret_cast<sockaddr*>(&from), &size,
                                         SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (socket < 0) continue;
            const int yes = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            const std::lock_guard lock(mutex);
            forget_finished();
            std::string client = text_of(from);
            if (is_full_for(client)) {
                ::close(socket);
                continue;
            }
            Connection& connection = connections.emplace_back(socket, std::move(client));
            connection.thread = std::thread([this, &connection] {
                serve(connection);
                ::shutdown(connection.descriptor.value(), SHUT_RDWR);
                connection.finished = true;
            });
        }
    }

    /// Called with the mutex held.
    [[nodiscard]] bool is_full_for(const std::string& client) const {
        if (connections.size() >= limits.connections) return true;
        if (limits.connections_of_one_address == 0) return false;
        const auto of_client =
            std::count_if(connections.begin(), connections.end(),
                          [&](const Connection& connection) { return connection.client == client; });
        return static_cast<std::size_t>(of_client) >= limits.connections_of_one_address;
    }

    /// Called with the mutex held.
    void forget_finished() {
        for (auto it = connections.begin(); it != connections.end();) {
            if (!it->finished) {
                ++it;
                continue;
            }
            it->thread.join();
            it = connections.erase(it);
        }
    }

    void serve(Connection& connection) {
        const int descriptor = connection.descriptor.value();
        const auto socket =
            identity ? identity->accept(descriptor, limits.within_request) : plain_socket(descriptor);
        if (!socket) return;
        std::string unread;
        while (!stopping && answer_one(*socket, unread, connection.client)) {
        }
    }

    /// Reads one request and answers it. False when the connection is to be closed.
    bool answer_one(Socket& socket, std::string& unread, const std::string& client) {
        beast::request_parser<beast::string_body> parser;
        parser.eager(true);
        parser.header_limit(limits.header_bytes);
        parser.body_limit(limits.body_bytes);
        std::array<char, 16 * 1024> piece{};
        // One end for the whole request: a byte now and then does not keep a connection for ever.
        std::optional<SteadyClock::time_point> deadline;
        while (!parser.is_done()) {
            if (!unread.empty()) {
                boost::system::error_code error;
                const std::size_t used = parser.put(boost::asio::buffer(unread), error);
                unread.erase(0, used);
                if (error && error != beast::error::need_more) {
                    refuse(socket, error);
                    return false;
                }
                if (parser.is_done()) break;
            }
            if (!deadline && (!unread.empty() || parser.got_some()))
                deadline = SteadyClock::now() + limits.within_request;
            const auto patience =
                deadline ? std::chrono::duration_cast<milliseconds>(*deadline - SteadyClock::now())
                         : limits.between_requests;
            const std::size_t count = socket.read(piece.data(), piece.size(), patience);
            if (count == 0) return false;
            unread.append(piece.data(), count);
        }
        const auto message = parser.release();
        Request request;
        request.method = std::string(message.method_string());
        request.client = client;
        const bool understood =
            parse_target(std::string_view(message.target().data(), message.target().size()), request);
        for (const auto& field : message) {
            std::string& value = request.headers[lower_case(
                std::string_view(field.name_string().data(), field.name_string().size()))];
            value += (value.empty() ? "" : ", ") + std::string(field.value());
        }
        request.body = message.body();
        const Response response = understood ? guarded(request) : Response{400, {}, "", {}};
        const bool keep_alive = message.keep_alive() && !response.stream;
        if (!socket.write(head_of(response, keep_alive), limits.writing)) return false;
        if (response.stream) {
            if (request.method == "HEAD") return false;
            SocketSink sink(socket, limits.writing, stopping);
            response.stream(sink);
            return false;
        }
        if (request.method != "HEAD" && !socket.write(response.body, limits.writing)) return false;
        return keep_alive;
    }

    void refuse(Socket& socket, const boost::system::error_code& error) const {
        const bool large = error == beast::error::body_limit;
        const bool long_head = error == beast::error::header_limit;
        (void)socket.write(head_of({large ? 413 : long_head ? 431 : 400, {}, "", {}}, false), limits.writing);
    }

    Response guarded(const Request& request) {
        try {
            return handler(request);
        } catch (const std::exception&) {
            return {500, {{"Content-Type", "text/plain"}}, "internal error\n", {}};
        }
    }

    void stop() {
        if (stopping.exchange(true)) return;
        const std::uint64_t one = 1;
        (void)!::write(knock.value(), &one, sizeof one);
        accepting.join();
        {
            const std::lock_guard lock(mutex);
            for (Connection& connection : connections) ::shutdown(connection.descriptor.value(), SHUT_RDWR);
        }
        for (Connection& connection : connections) connection.thread.join();
        connections.clear();
    }

    Handler handler;
    ServerLimits limits;
    std::uint16_t port = 0;
    Descriptor listener;
    Descriptor knock;  ///< wakes the accepting thread when the server stops
    std::unique_ptr<TlsIdentity> identity;
    std::atomic<bool> stopping = false;
    std::mutex mutex;  ///< guards `connections`
    std::list<Connection> connections;
    std::thread accepting;
};

Server::Server(const ServerOptions& options, Handler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {}
Server::~Server() {
    stop();
}
std::uint16_t Server::port() const noexcept {
    return impl_->port;
}
void Server::stop() {
    impl_->stop();
}

}  // namespace convene::http
