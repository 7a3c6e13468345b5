// src/discord/gateway/web_socket.h: one WebSocket at a time and one timer, on one thread.
//
// Boost.Beast's streams live in this file's .cpp alone: compiling them takes half a minute.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace convene::discord {

/// Everything but post() and quit() belongs to the thread in run(), or to the time before it.
class WebSocketLoop {
public:
    struct Listener {
        std::function<void(std::string message, bool binary)> received;
        /// Ended by the other end or the network, or never opened. \param code  of its close frame, if any
        std::function<void(std::optional<int> code, const std::string& why)> closed;
    };

    explicit WebSocketLoop(std::string user_agent);
    ~WebSocketLoop();
    WebSocketLoop(const WebSocketLoop&) = delete;
    WebSocketLoop& operator=(const WebSocketLoop&) = delete;

    /// Returns after quit().
    void run();
    /// Lets closings finish, for a second at most. Any thread.
    void quit();
    /// Any thread.
    void post(std::function<void()> task);
    /// Replaces the last order.
    void wake_at(std::optional<std::chrono::steady_clock::time_point> when, std::function<void()> task);

    /// `wss://` with certificate and host name verified against the system's authorities, through the proxy
    /// that the environment names for it (proxy_for()); or `ws://`, straight. The connection before must have
    /// ended.
    void connect(const std::string& url, Listener listener);
    void send(std::string text);
    /// Says goodbye with this code; the listener hears no more.
    void close(int code);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::discord
