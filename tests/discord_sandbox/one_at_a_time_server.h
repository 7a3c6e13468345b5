// tests/discord_sandbox/one_at_a_time_server.h: connections to a free port of this machine, one after
// another.
#pragma once
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "http/socket.h"

namespace convene::discord {

/// Gives each connection to a function, on a thread of its own, until it goes.
class OneAtATimeServer {
public:
    /// \param serve  gets a socket that does not block, and does not close it
    explicit OneAtATimeServer(std::function<void(int)> serve)
        : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        (void)::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        (void)::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~OneAtATimeServer() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    OneAtATimeServer(const OneAtATimeServer&) = delete;
    OneAtATimeServer& operator=(const OneAtATimeServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Passes on what both sides say, until the server goes: nothing to read and the end look alike.
    void pass_on(http::Socket& outside, std::uint16_t behind) const {
        const sockaddr_in address = loopback(behind);
        const int inner = ::socket(AF_INET, SOCK_STREAM, 0);
        (void)::connect(inner, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::fcntl(inner, F_SETFL, O_NONBLOCK);
        const auto inside = http::plain_socket(inner);
        constexpr std::chrono::milliseconds kTurn{3};
        constexpr std::chrono::seconds kPatience{1};
        std::array<char, 4096> piece{};
        while (!stopping_) {
            if (const auto count = outside.read(piece.data(), piece.size(), kTurn))
                (void)inside->write({piece.data(), count}, kPatience);
            if (const auto count = inside->read(piece.data(), piece.size(), kTurn))
                (void)outside.write({piece.data(), count}, kPatience);
        }
        ::close(inner);
    }

private:
    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void run() {
        while (!stopping_) {
            const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
            if (connection < 0) return;
            serve_(connection);
            ::close(connection);
        }
    }

    std::function<void(int)> serve_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace convene::discord
