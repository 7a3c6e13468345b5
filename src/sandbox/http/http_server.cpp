// The one file of the sandbox that knows Boost.Beast. A WebSocket takes its
// connection over in serve(), where requests are read.
#include "sandbox/http/http_server.h"

#include <fmt/format.h>
#include <poll.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "sandbox/http/web_socket.h"
#include "sandbox/sandbox_process.h"

namespace convene::sandbox {
namespace {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBodyLimit = 8 * 1024 * 1024;
constexpr milliseconds kPatienceWithSilentClient = std::chrono::minutes(10);
constexpr milliseconds kLookInterval{20};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

HttpRequest plain(const http::request<http::string_body>& message) {
    HttpRequest request;
    request.method = std::string(message.method_string());
    set_target(request, std::string(message.target()));
    for (const auto& field : message)
        request.headers[lower(field.name_string())] = std::string(field.value());
    request.body = message.body();
    return request;
}

http::response<http::string_body> wire(const HttpResponse& response,
                                       const http::request<http::string_body>& to) {
    http::response<http::string_body> message;
    message.version(to.version());
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(to.keep_alive());
    message.body() = response.body;
    message.prepare_payload();
    return message;
}

}  // namespace

struct HttpServer::Impl {
    struct Connection {
        explicit Connection(Tcp::socket accepted) : socket(std::move(accepted)) {}
        Tcp::socket socket;
        std::thread thread;
        std::atomic<bool> finished = false;
    };

    Impl(std::uint16_t wanted_port, HttpHandler wanted_handler)
        : acceptor(context), handler(std::move(wanted_handler)) {
        try {
            const Tcp::endpoint endpoint(asio::ip::address_v4::loopback(), wanted_port);
            acceptor.open(endpoint.protocol());
            acceptor.set_option(asio::socket_base::reuse_address(true));
            acceptor.bind(endpoint);
            acceptor.listen();
            port = acceptor.local_endpoint().port();
        } catch (const boost::system::system_error& error) {
            throw SandboxFailure(
                fmt::format("cannot listen on 127.0.0.1:{}: {}", wanted_port, error.code().message()), false);
        }
        accepting = std::thread([this] { accept(); });
    }

    void accept() {
        while (!stopping) {
            boost::system::error_code error;
            Tcp::socket socket(context);
            acceptor.accept(socket, error);
            if (stopping) return;
            if (error) continue;
            socket.set_option(Tcp::no_delay(true), error);
            const std::lock_guard lock(mutex);
            forget_finished();
            connections.emplace_back(std::move(socket));
            Connection& connection = connections.back();
            connection.thread = std::thread([this, &connection] {
                serve(connection.socket);
                boost::system::error_code ignored;
                const std::lock_guard closing(mutex);
                connection.socket.close(ignored);
                connection.finished = true;
            });
        }
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

    void serve(Tcp::socket& socket) {
        beast::flat_buffer buffer;
        boost::system::error_code error;
        while (!stopping) {
            http::request_parser<http::string_body> parser;
            parser.body_limit(kBodyLimit);
            http::read(socket, buffer, parser, error);
            if (error) return;
            const auto message = parser.release();
            const HttpRequest request = plain(message);
            const HttpOutcome outcome = guarded(request);
            if (outcome.delivery == HttpOutcome::Delivery::talk) {
                become_web_socket(socket, beast::buffers_to_string(buffer.data()), request, outcome);
                return;
            }
            if (outcome.delivery != HttpOutcome::Delivery::reply) {
                leave_unanswered(socket, outcome);
                return;
            }
            const auto reply = wire(outcome.response, message);
            http::write(socket, reply, error);
            if (error || !reply.keep_alive()) return;
        }
    }

    void become_web_socket(Tcp::socket& socket, std::string already_read, const HttpRequest& request,
                           const HttpOutcome& outcome) {
        boost::system::error_code error;
        http::response<http::empty_body> accepted{http::status::switching_protocols, 11};
        accepted.set(http::field::upgrade, "websocket");
        accepted.set(http::field::connection, "Upgrade");
        accepted.set(http::field::sec_websocket_accept,
                     web_socket_accept(request.header("sec-websocket-key")));
        http::write(socket, accepted, error);
        if (error) return;
        WebSocket web_socket(socket.native_handle(), std::move(already_read));
        outcome.conversation(web_socket);
    }

    HttpOutcome guarded(const HttpRequest& request) {
        try {
            return handler(request);
        } catch (const std::exception& failure) {
            // A fault of the sandbox itself (say, a full disk): loud, but not the end.
            return HttpOutcome::with(
                {500, {{"Content-Type", "text/plain"}}, fmt::format("sandbox: {}\n", failure.what())});
        }
    }

    void leave_unanswered(Tcp::socket& socket, const HttpOutcome& outcome) {
        if (outcome.delivery == HttpOutcome::Delivery::drop) return;
        const bool left = wait_until_client_leaves(socket);
        if (outcome.delivery != HttpOutcome::Delivery::late || !left) return;
        std::unique_lock lock(pause_mutex);
        const bool stopped = stop_called.wait_for(lock, outcome.pause, [this] { return stopping.load(); });
        if (!stopped) outcome.after_client_left();
    }

    /// False when the server stopped first.
    bool wait_until_client_leaves(Tcp::socket& socket) {
        const auto deadline = Clock::now() + kPatienceWithSilentClient;
        while (!stopping) {
            if (Clock::now() > deadline) return true;
            pollfd watched{socket.native_handle(), POLLIN | POLLRDHUP, 0};
            if (::poll(&watched, 1, static_cast<int>(kLookInterval.count())) <= 0) continue;
            if ((watched.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0) return true;
            // Bytes of a pipelined request: it will get no answer either.
            std::this_thread::sleep_for(kLookInterval);
        }
        return false;
    }

    void stop() {
        {
            const std::lock_guard lock(pause_mutex);
            if (stopping.exchange(true)) return;
        }
        stop_called.notify_all();
        boost::system::error_code ignored;
        // Closing an acceptor does not wake a thread blocked in it; connecting does.
        {
            Tcp::socket knock(context);
            knock.connect(Tcp::endpoint(asio::ip::address_v4::loopback(), port), ignored);
            accepting.join();
        }
        acceptor.close(ignored);
        {
            const std::lock_guard lock(mutex);
            for (Connection& connection : connections)
                connection.socket.shutdown(Tcp::socket::shutdown_both, ignored);
        }
        for (Connection& connection : connections) connection.thread.join();
        connections.clear();
    }

    asio::io_context context;
    Tcp::acceptor acceptor;
    HttpHandler handler;
    std::uint16_t port = 0;
    std::atomic<bool> stopping = false;
    std::mutex mutex;  ///< guards `connections` and the closing of their sockets
    std::list<Connection> connections;
    std::mutex pause_mutex;
    std::condition_variable stop_called;
    std::thread accepting;
};

HttpServer::HttpServer(std::uint16_t port, HttpHandler handler)
    : impl_(std::make_unique<Impl>(port, std::move(handler))) {}
HttpServer::~HttpServer() {
    stop();
}
std::uint16_t HttpServer::port() const noexcept {
    return impl_->port;
}
void HttpServer::stop() {
    impl_->stop();
}

}  // namespace convene::sandbox
