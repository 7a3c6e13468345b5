#include "sandbox/http/web_socket.h"

#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace convene::sandbox {
namespace {
enum Opcode { continuation = 0, text_frame = 1, binary_frame = 2, close_frame = 8, ping = 9, pong = 10 };
constexpr std::size_t kLongestMessage = 1 << 20;
constexpr int kNoStatus = 1005;
constexpr int kWriteWait = 5'000;  // ms for a peer that does not read

unsigned byte_at(const std::string& text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

void append_number(std::string& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>((number >> shift) & 0xFF));
    }
}

std::string frame(int opcode, const std::string& payload) {
    std::string out(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        out.push_back(static_cast<char>(payload.size()));
    } else if (payload.size() <= 0xFFFF) {
        out.push_back(126);
        append_number(out, payload.size(), 2);
    } else {
        out.push_back(127);
        append_number(out, payload.size(), 8);
    }
    return out + payload;
}
}  // namespace

std::string web_socket_accept(const std::string& key) {
    const std::string salted = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // from RFC 6455
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(salted.data(), salted.size(), digest.data(), &length, EVP_sha1(), nullptr);
    std::array<unsigned char, 64> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(length));
    return {encoded.begin(), encoded.begin() + size};
}

bool asks_for_web_socket(const HttpRequest& request) {
    std::string upgrade = request.header("upgrade");
    std::transform(upgrade.begin(), upgrade.end(), upgrade.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return upgrade == "websocket" && !request.header("sec-websocket-key").empty();
}

WebSocket::WebSocket(int descriptor, std::string already_read)
    : descriptor_(descriptor), read_(std::move(already_read)), writer_([this] { write_queued(); }) {}

WebSocket::~WebSocket() {
    if (farewell_) queue_frame(Opcode::close_frame, *farewell_, true);
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    queued_.notify_all();
    writer_.join();
}

bool WebSocket::fill(std::size_t wanted, TimePoint deadline, Incoming& otherwise) {
    while (read_.size() < wanted) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd watched{descriptor_, POLLIN, 0};
        const int ready =
            ::poll(&watched, 1, static_cast<int>(std::clamp<long long>(left.count(), 0, 60'000)));
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0) {
            if (std::chrono::steady_clock::now() < deadline) continue;
            otherwise.kind = Incoming::Kind::timed_out;
            return false;
        }
        std::array<char, 8192> buffer{};
        const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            otherwise.kind = Incoming::Kind::gone;
            return false;
        }
        read_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return true;
}

WebSocket::Incoming WebSocket::receive(TimePoint deadline) {
    Incoming incoming;
    for (;;) {
        if (!fill(2, deadline, incoming)) return incoming;
        const bool last = (byte_at(read_, 0) & 0x80U) != 0;
        const int opcode = static_cast<int>(byte_at(read_, 0) & 0x0FU);
        const bool masked = (byte_at(read_, 1) & 0x80U) != 0;
        std::uint64_t length = byte_at(read_, 1) & 0x7FU;
        std::size_t header = 2;
        if (length >= 126) {
            const std::size_t bytes = length == 126 ? 2 : 8;
            if (!fill(2 + bytes, deadline, incoming)) return incoming;
            length = 0;
            for (std::size_t i = 0; i < bytes; ++i) length = (length << 8) | byte_at(read_, 2 + i);
            header += bytes;
        }
        if (!masked || length > kLongestMessage || message_.size() > kLongestMessage) {
            incoming.kind = Incoming::Kind::malformed;
            return incoming;
        }
        const std::size_t whole = header + 4 + static_cast<std::size_t>(length);
        if (!fill(whole, deadline, incoming)) return incoming;
        std::string payload = read_.substr(header + 4, static_cast<std::size_t>(length));
        for (std::size_t i = 0; i < payload.size(); ++i) {
            payload[i] = static_cast<char>(byte_at(payload, i) ^ byte_at(read_, header + i % 4));
        }
        read_.erase(0, whole);

        if (opcode == Opcode::ping) {
            queue_frame(Opcode::pong, payload, false);
        } else if (opcode == Opcode::close_frame) {
            incoming.kind = Incoming::Kind::closed;
            incoming.close_code = payload.size() < 2
                                      ? kNoStatus
                                      : static_cast<int>((byte_at(payload, 0) << 8) | byte_at(payload, 1));
            farewell_ = payload.substr(0, 2);
            return incoming;
        } else if (opcode != Opcode::pong) {
            message_ += payload;
            if (!last) continue;
            incoming.kind = Incoming::Kind::text;
            incoming.text = std::move(message_);
            message_.clear();
            return incoming;
        }
    }
}

void WebSocket::queue_frame(int opcode, const std::string& payload, bool last) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || ended_) return;
        outgoing_.push_back(frame(opcode, payload));
        closing_ = last;
    }
    queued_.notify_all();
}

void WebSocket::send(std::string payload, bool binary) {
    queue_frame(binary ? Opcode::binary_frame : Opcode::text_frame, payload, false);
}

void WebSocket::close(int code, const std::string& reason) {
    std::string payload;
    append_number(payload, static_cast<std::uint64_t>(code), 2);
    queue_frame(Opcode::close_frame, payload + reason, true);
}

void WebSocket::drop() {
    {
        const std::lock_guard lock(mutex_);
        outgoing_.clear();
        closing_ = true;
    }
    ::shutdown(descriptor_, SHUT_RDWR);
}

void WebSocket::write_queued() {
    std::unique_lock lock(mutex_);
    for (;;) {
        queued_.wait(lock, [this] { return ended_ || !outgoing_.empty(); });
        if (outgoing_.empty()) return;
        const std::string bytes = std::move(outgoing_.front());
        outgoing_.pop_front();
        lock.unlock();
        std::size_t written = 0;
        while (written < bytes.size()) {
            const ssize_t count = ::send(descriptor_, bytes.data() + written, bytes.size() - written,
                                         MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count > 0) {
                written += static_cast<std::size_t>(count);
                continue;
            }
            if (errno == EINTR) continue;
            pollfd watched{descriptor_, POLLOUT, 0};
            const bool full = errno == EAGAIN || errno == EWOULDBLOCK;
            if (!full || ::poll(&watched, 1, kWriteWait) <= 0) break;
        }
        const bool failed = written < bytes.size();
        lock.lock();
        if (failed) {
            closing_ = true;
            outgoing_.clear();
            ::shutdown(descriptor_, SHUT_RDWR);
        }
    }
}

}  // namespace convene::sandbox
