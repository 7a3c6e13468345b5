// src/sandbox/http/web_socket.h: the server's end of a WebSocket (RFC 6455).
//
// Written here rather than taken from Beast because the gateway needs what a
// careful library does not offer: two threads on one connection, and endings
// that no well-behaved server would choose.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "sandbox/http/http_message.h"

namespace convene::sandbox {

/// Sec-WebSocket-Accept for a client's key.
[[nodiscard]] std::string web_socket_accept(const std::string& key);

/// Whether the request asks for a WebSocket.
[[nodiscard]] bool asks_for_web_socket(const HttpRequest& request);

class WebSocket {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Incoming {
        enum class Kind {
            text,
            closed,     ///< a close frame; `close_code` is 1005 when it named none
            gone,       ///< the connection ended without one
            timed_out,  ///< nothing came until the deadline
            malformed,  ///< not the protocol
        };
        Kind kind = Kind::gone;
        std::string text;
        int close_code = 0;
    };

    /// \param descriptor    connected socket; stays the caller's
    /// \param already_read  what came after the handshake in the same packet
    WebSocket(int descriptor, std::string already_read);
    /// Sends what is queued, unless the peer has gone. A close frame of the
    /// peer's is answered only here: who has heard the answer can rely on all
    /// that the closing was to bring about.
    ~WebSocket();
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;

    /// The next message; pings are answered on the way. One thread at a time.
    [[nodiscard]] Incoming receive(TimePoint deadline);

    /// Queues a message; never waits for the peer. From any thread.
    void send(std::string payload, bool binary = false);
    /// Queues a close frame; what is sent later is forgotten.
    void close(int code, const std::string& reason);
    /// Ends the connection at once, without a close frame and without what is queued.
    void drop();

private:
    [[nodiscard]] bool fill(std::size_t wanted, TimePoint deadline, Incoming& otherwise);
    void queue_frame(int opcode, const std::string& payload, bool last);
    void write_queued();

    int descriptor_;
    std::string read_;  ///< bytes received and not yet used
    std::string message_;
    std::mutex mutex_;
    std::condition_variable queued_;
    std::deque<std::string> outgoing_;
    bool closing_ = false;  ///< a close frame is queued or sent
    bool ended_ = false;
    std::optional<std::string> farewell_;  ///< answer to the peer's close frame
    std::thread writer_;
};

}  // namespace convene::sandbox
