#include "discord/gateway/web_socket.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <type_traits>

#include "app/failure.h"
#include "discord/gateway/proxy.h"
#include "discord/rest/url.h"

namespace convene::discord {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;
using Tcp = asio::ip::tcp;

using PlainStream = websocket::stream<beast::tcp_stream>;
using TlsStream = websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

constexpr seconds kPatience{15};  // for each stage of connecting, and for the other end's goodbye
constexpr seconds kGoodbyes{1};   // before the loop ends
constexpr std::size_t kLongestMessage = std::size_t{256} << 20U;

struct Address {
    std::string host;  ///< without brackets
    std::string port;
    std::string authority;  ///< for the Host header
    std::string target;
    std::string host_and_port;     ///< for a proxy
    std::optional<Proxy> proxy{};  ///< through which to go
};

/// A connection of either kind.
class Link {
public:
    virtual ~Link() = default;
    virtual void start() = 0;
    virtual void send(std::string text) = 0;
    virtual void close(int code) = 0;
};

template <class Stream>
class StreamLink final : public Link, public std::enable_shared_from_this<StreamLink<Stream>> {
public:
    template <class... More>
    StreamLink(asio::io_context& io, Address address, WebSocketLoop::Listener listener,
               std::string user_agent, More&... more)
        : resolver_(io),
          stream_(io, more...),
          address_(std::move(address)),
          listener_(std::move(listener)),
          user_agent_(std::move(user_agent)) {}

    void start() override {
        resolver_.async_resolve(address_.proxy ? address_.proxy->host : address_.host,
                                address_.proxy ? address_.proxy->port : address_.port,
                                [self = this->shared_from_this()](error_code error, const auto& found) {
                                    if (error) return self->ended(error);
                                    self->connect(found);
                                });
    }

    void send(std::string text) override {
        unsent_.push_back(std::move(text));
        if (open_ && unsent_.size() == 1) write();
    }

    void close(int code) override {
        listener_ = {};
        if (!open_) {
            resolver_.cancel();
            return socket().close();
        }
        stream_.async_close(websocket::close_reason(static_cast<std::uint16_t>(code)),
                            [self = this->shared_from_this()](error_code) { self->socket().close(); });
    }

private:
    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

    void connect(const Tcp::resolver::results_type& found) {
        socket().expires_after(kPatience);
        socket().async_connect(found, [self = this->shared_from_this()](error_code error, const auto&) {
            if (error) return self->ended(error);
            self->socket().socket().set_option(Tcp::no_delay(true));
            self->address_.proxy ? self->ask_proxy() : self->encrypt();
        });
    }

    /// What comes after its answer is the other end's.
    void ask_proxy() {
        to_proxy_ = "CONNECT " + address_.host_and_port + " HTTP/1.1\r\nHost: " + address_.host_and_port +
                    "\r\nUser-Agent: " + user_agent_ + "\r\n";
        const std::string& authorization = address_.proxy->authorization;
        if (!authorization.empty()) to_proxy_ += "Proxy-Authorization: " + authorization + "\r\n";
        to_proxy_ += "\r\n";
        socket().expires_after(kPatience);
        asio::async_write(socket(), asio::buffer(to_proxy_),
                          [self = this->shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->ended(error);
                              self->hear_proxy();
                          });
    }

    void hear_proxy() {
        from_proxy_.skip(true);
        beast::http::async_read_header(socket(), incoming_, from_proxy_,
                                       [self = this->shared_from_this()](error_code error, std::size_t) {
                                           if (error) return self->ended(error);
                                           const unsigned status = self->from_proxy_.get().result_int();
                                           if (status / 100 != 2)
                                               return self->ended(
                                                   {}, "the proxy answered " + std::to_string(status));
                                           self->incoming_.clear();
                                           self->encrypt();
                                       });
    }

    void encrypt() {
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            auto& tls = stream_.next_layer();
            error_code no_address;
            asio::ip::make_address(address_.host, no_address);
            // Server Name Indication is for names only.
            if (no_address) SSL_set_tlsext_host_name(tls.native_handle(), address_.host.c_str());
            tls.set_verify_callback(asio::ssl::host_name_verification(address_.host));
            socket().expires_after(kPatience);
            tls.async_handshake(asio::ssl::stream_base::client,
                                [self = this->shared_from_this()](error_code error) {
                                    if (error) return self->ended(error);
                                    self->upgrade();
                                });
        } else {
            upgrade();
        }
    }

    void upgrade() {
        socket().expires_never();
        stream_.set_option(websocket::stream_base::timeout{kPatience, websocket::stream_base::none(), false});
        stream_.set_option(websocket::stream_base::decorator(
            [agent = user_agent_](auto& request) { request.set(beast::http::field::user_agent, agent); }));
        stream_.read_message_max(kLongestMessage);
        stream_.async_handshake(address_.authority, address_.target,
                                [self = this->shared_from_this()](error_code error) {
                                    if (error) return self->ended(error);
                                    self->open_ = true;
                                    self->read();
                                    if (!self->unsent_.empty()) self->write();
                                });
    }

    void read() {
        stream_.async_read(incoming_, [self = this->shared_from_this()](error_code error, std::size_t) {
            if (error) return self->ended(error);
            std::string message = beast::buffers_to_string(self->incoming_.data());
            self->incoming_.consume(self->incoming_.size());
            if (self->listener_.received)
                self->listener_.received(std::move(message), self->stream_.got_binary());
            self->read();
        });
    }

    void write() {
        stream_.text(true);
        stream_.async_write(asio::buffer(unsent_.front()),
                            [self = this->shared_from_this()](error_code error, std::size_t) {
                                if (error) return;  // reading says so too
                                self->unsent_.pop_front();
                                if (!self->unsent_.empty()) self->write();
                            });
    }

    void ended(error_code error) { ended(error, error.message()); }

    void ended(error_code error, const std::string& why) {
        open_ = false;
        std::optional<int> code;
        const int named = stream_.reason().code;
        if (error == websocket::error::closed && named != websocket::close_code::none) code = named;
        socket().close();
        // The listener may let go of this link or connect anew.
        if (const auto closed = std::exchange(listener_, {}).closed) closed(code, why);
    }

    Tcp::resolver resolver_;
    Stream stream_;
    Address address_;
    WebSocketLoop::Listener listener_;
    std::string user_agent_;
    beast::flat_buffer incoming_;
    std::string to_proxy_;
    beast::http::response_parser<beast::http::empty_body> from_proxy_;
    std::deque<std::string> unsent_;
    bool open_ = false;
};

asio::ssl::context verifying_context() {
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1);
    context.set_default_verify_paths();
    context.set_verify_mode(asio::ssl::verify_peer);
    return context;
}

}  // namespace

struct WebSocketLoop::Impl {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> busy{io.get_executor()};
    asio::steady_timer timer{io};
    asio::ssl::context tls = verifying_context();
    void await_goodbyes(SteadyClock::time_point latest) {
        if (link.expired() || SteadyClock::now() >= latest) return io.stop();
        constexpr std::chrono::milliseconds kStep{10};
        timer.expires_after(kStep);
        timer.async_wait([this, latest](error_code) { await_goodbyes(latest); });
    }

    std::weak_ptr<Link> link;  ///< its own operations keep it alive
    std::string user_agent;
};

WebSocketLoop::WebSocketLoop(std::string user_agent) : impl_(std::make_unique<Impl>()) {
    impl_->user_agent = std::move(user_agent);
}

WebSocketLoop::~WebSocketLoop() = default;

void WebSocketLoop::run() {
    impl_->io.run();
}

void WebSocketLoop::quit() {
    asio::post(impl_->io, [impl = impl_.get()] {
        impl->timer.cancel();
        impl->busy.reset();
        impl->await_goodbyes(SteadyClock::now() + kGoodbyes);
    });
}

void WebSocketLoop::post(std::function<void()> task) {
    asio::post(impl_->io, std::move(task));
}

void WebSocketLoop::wake_at(std::optional<std::chrono::steady_clock::time_point> when,
                            std::function<void()> task) {
    impl_->timer.cancel();
    if (!when) return;
    impl_->timer.expires_at(*when);
    impl_->timer.async_wait([task = std::move(task)](error_code error) {
        if (!error) task();
    });
}

void WebSocketLoop::connect(const std::string& url, Listener listener) {
    const auto parts = parse_url(url);
    if (!parts) {
        return post(
            [closed = std::move(listener.closed)] { closed(std::nullopt, "no address to connect to"); });
    }
    const bool encrypted = parts->scheme == "wss";
    Address address;
    address.host = parts->host.starts_with('[') ? parts->host.substr(1, parts->host.size() - 2) : parts->host;
    address.port = !parts->port.empty() ? parts->port : encrypted ? "443" : "80";
    address.authority = parts->host + (parts->port.empty() ? "" : ":" + parts->port);
    address.target = parts->path + (parts->query.empty() ? "" : "?" + parts->query);
    address.host_and_port = parts->host + ":" + address.port;
    try {
        // Plain connections stay on this machine.
        if (encrypted) address.proxy = proxy_for(parts->host, process_environment);
    } catch (const DiscordFailure& failure) {
        return post([closed = std::move(listener.closed), why = std::string(failure.what())] {
            closed(std::nullopt, why);
        });
    }
    std::shared_ptr<Link> link;
    if (encrypted) {
        link = std::make_shared<StreamLink<TlsStream>>(impl_->io, std::move(address), std::move(listener),
                                                       impl_->user_agent, impl_->tls);
    } else {
        link = std::make_shared<StreamLink<PlainStream>>(impl_->io, std::move(address), std::move(listener),
                                                         impl_->user_agent);
    }
    impl_->link = link;
    link->start();
}

void WebSocketLoop::send(std::string text) {
    if (const auto link = impl_->link.lock()) link->send(std::move(text));
}

void WebSocketLoop::close(int code) {
    if (const auto link = impl_->link.lock()) link->close(code);
}

}  // namespace convene::discord
