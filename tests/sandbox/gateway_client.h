// tests/sandbox/gateway_client.h: a bare WebSocket client for the sandbox's gateway.
//
// POSIX sockets and nothing of convene, so that what these tests see is what
// any other program would see.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace convene::sandbox {

class GatewayClient {
public:
    using json = nlohmann::json;

    /// \param url  "ws://127.0.0.1:PORT/path"
    explicit GatewayClient(const std::string& url, const std::string& query = "v=10&encoding=json")
        : compressed_(query.find("compress") != std::string::npos) {
        const std::size_t colon = url.rfind(':');
        const std::size_t slash = url.find('/', colon);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port =
            htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1, slash - colon - 1))));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        descriptor_ = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
        write_all("GET " + url.substr(slash) + "/?" + query +
                  " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        while (bytes_.find("\r\n\r\n") == std::string::npos && fill(5'000)) {
        }
        const std::size_t end = bytes_.find("\r\n\r\n");
        if (end == std::string::npos) return;
        // The value for this key stands in RFC 6455 itself.
        accepted = bytes_.starts_with("HTTP/1.1 101") &&
                   bytes_.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos;
        bytes_.erase(0, end + 4);
        if (compressed_) inflateInit(&inflater_);
    }
    ~GatewayClient() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (compressed_) inflateEnd(&inflater_);
    }
    GatewayClient(const GatewayClient&) = delete;
    GatewayClient& operator=(const GatewayClient&) = delete;

    /// The next payload; null when none comes in time or the connection ended
    /// (then `close_code` is set, 0 when it ended without a close frame).
    json receive(int timeout_ms = 5'000) {
        if (ended) return nullptr;
        while (!have_frame()) {
            if (fill(timeout_ms)) continue;
            if (gone_) {
                ended = true;
                close_code = 0;
            }
            return nullptr;
        }
        const auto [opcode, payload] = take_frame();
        if (opcode == 8) {
            ended = true;
            close_code = payload.size() < 2 ? 1005 : (byte(payload, 0) << 8) | byte(payload, 1);
            return nullptr;
        }
        json frame = json::parse(opcode == 2 ? inflated(payload) : payload);
        if (frame["s"].is_number()) seq = frame["s"];
        return frame;
    }
    /// The next dispatch of that name; others are passed over.
    json event(const std::string& name, int timeout_ms = 5'000) {
        for (;;) {
            const json frame = receive(timeout_ms);
            if (frame.is_null()) return nullptr;
            if (frame["t"] == name) return frame["d"];
        }
    }
    /// The next payload of that op.
    json op(int wanted) {
        for (;;) {
            json frame = receive();
            if (frame.is_null() || frame["op"] == wanted) return frame;
        }
    }
    /// Names of the dispatches that arrive within so many milliseconds.
    std::vector<std::string> names(int timeout_ms = 300) {
        std::vector<std::string> out;
        for (;;) {
            const json frame = receive(timeout_ms);
            if (frame.is_null()) return out;
            if (frame["t"].is_string()) out.push_back(frame["t"]);
        }
    }

    void send(const json& payload) { send_text(payload.dump()); }
    void send_text(const std::string& text) { write_frame(1, text); }
    void close(int code) { write_frame(8, {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}); }
    /// As kill -9 ends it.
    void vanish() {
        ::close(descriptor_);
        descriptor_ = -1;
    }

    /// Hello, Identify, READY, GUILD_CREATE. Returns READY.
    json log_in(const std::string& token, int intents = 1) {
        EXPECT_EQ(receive()["op"], 10);
        send({{"op", 2},
              {"d",
               {{"token", token},
                {"intents", intents},
                {"properties", {{"os", "linux"}, {"browser", "test"}, {"device", "test"}}}}}});
        const json ready = event("READY");
        if (ready.is_object()) session_id = ready["session_id"];
        return ready;
    }
    void resume(const std::string& token, const std::string& session, long long from) {
        EXPECT_EQ(receive()["op"], 10);
        send({{"op", 6}, {"d", {{"token", token}, {"session_id", session}, {"seq", from}}}});
    }

    bool accepted = false;
    bool ended = false;
    int close_code = -1;
    long long seq = 0;
    std::string session_id;

private:
    static int byte(const std::string& text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

    void write_all(const std::string& bytes) {
        std::size_t written = 0;
        while (written < bytes.size()) {
            const ssize_t count =
                ::send(descriptor_, bytes.data() + written, bytes.size() - written, MSG_NOSIGNAL);
            if (count <= 0) return;
            written += static_cast<std::size_t>(count);
        }
    }
    void write_frame(int opcode, const std::string& payload) {
        std::string frame(1, static_cast<char>(0x80 | opcode));
        if (payload.size() < 126) {
            frame.push_back(static_cast<char>(0x80 | payload.size()));
        } else {
            frame.push_back(static_cast<char>(0x80 | 126));
            frame.push_back(static_cast<char>((payload.size() >> 8) & 0xFF));
            frame.push_back(static_cast<char>(payload.size() & 0xFF));
        }
        const std::string mask{"\x12\x34\x56\x78"};
        frame += mask;
        for (std::size_t i = 0; i < payload.size(); ++i) {
            frame.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
        }
        write_all(frame);
    }
    bool fill(int timeout_ms) {
        pollfd watched{descriptor_, POLLIN, 0};
        if (descriptor_ < 0 || ::poll(&watched, 1, timeout_ms) <= 0) return false;
        char buffer[8192];
        const ssize_t count = ::recv(descriptor_, buffer, sizeof buffer, 0);
        gone_ = count <= 0;
        if (count > 0) bytes_.append(buffer, static_cast<std::size_t>(count));
        return !gone_;
    }
    [[nodiscard]] std::size_t header_size() const {
        const int length = byte(bytes_, 1) & 0x7F;
        return length < 126 ? 2 : length == 126 ? 4 : 10;
    }
    [[nodiscard]] std::size_t payload_size() const {
        const auto length = static_cast<std::size_t>(byte(bytes_, 1) & 0x7F);
        if (length < 126) return length;
        std::size_t size = 0;
        for (std::size_t i = 2; i < header_size(); ++i) {
            size = (size << 8) | static_cast<std::size_t>(byte(bytes_, i));
        }
        return size;
    }
    [[nodiscard]] bool have_frame() const {
        return bytes_.size() >= 2 && bytes_.size() >= header_size() &&
               bytes_.size() >= header_size() + payload_size();
    }
    std::pair<int, std::string> take_frame() {
        const int opcode = byte(bytes_, 0) & 0x0F;
        const std::size_t header = header_size();
        const std::size_t size = payload_size();
        std::string payload = bytes_.substr(header, size);
        bytes_.erase(0, header + size);
        return {opcode, std::move(payload)};
    }
    std::string inflated(std::string payload) {
        std::string out;
        inflater_.next_in = reinterpret_cast<unsigned char*>(payload.data());
        inflater_.avail_in = static_cast<unsigned>(payload.size());
        do {
            unsigned char buffer[16384];
            inflater_.next_out = buffer;
            inflater_.avail_out = sizeof buffer;
            inflate(&inflater_, Z_SYNC_FLUSH);
            out.append(reinterpret_cast<const char*>(buffer), sizeof buffer - inflater_.avail_out);
        } while (inflater_.avail_out == 0);
        return out;
    }

    bool compressed_;
    int descriptor_ = -1;
    std::string bytes_;
    bool gone_ = false;
    z_stream inflater_{};
};

}  // namespace convene::sandbox
