#include "sandbox/gateway/serve_gateway.h"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "sandbox/http/web_socket.h"

namespace convene::sandbox {
namespace {

/// One deflate stream over all frames of a connection, flushed after each.
class Deflater {
public:
    Deflater() {
        if (deflateInit(&stream_, Z_DEFAULT_COMPRESSION) != Z_OK) throw std::runtime_error("zlib");
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string flushed(const std::string& frame) {
        std::string out;
        std::array<unsigned char, 16384> buffer{};
        std::string input = frame;
        stream_.next_in = reinterpret_cast<unsigned char*>(input.data());
        stream_.avail_in = static_cast<unsigned>(input.size());
        do {
            stream_.next_out = buffer.data();
            stream_.avail_out = static_cast<unsigned>(buffer.size());
            deflate(&stream_, Z_SYNC_FLUSH);
            out.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }

private:
    z_stream stream_{};
};

class SocketWire final : public GatewayWire {
public:
    SocketWire(WebSocket& socket, bool compressed) : socket_(socket) {
        if (compressed) deflater_ = std::make_unique<Deflater>();
    }
    void send(const std::string& frame) override {
        if (deflater_) {
            socket_.send(deflater_->flushed(frame), true);
        } else {
            socket_.send(frame);
        }
    }
    void close(int code, const std::string& reason) override { socket_.close(code, reason); }
    void drop() override { socket_.drop(); }

private:
    WebSocket& socket_;
    std::unique_ptr<Deflater> deflater_;
};

Gateway::Times times(Sandbox& sandbox) {
    return {sandbox.clock.now(), std::chrono::steady_clock::now()};
}

void talk(Sandbox& sandbox, WebSocket& socket, const HttpRequest& request) {
    using Kind = WebSocket::Incoming::Kind;
    const auto compress = request.query.find("compress");
    SocketWire wire(socket, compress != request.query.end());
    Gateway& gateway = sandbox.gateway;
    std::unique_lock lock(sandbox.mutex);
    const auto id = gateway.connect(sandbox.world, wire, request.path, request.query, times(sandbox));
    for (;;) {
        const auto deadline = gateway.heartbeat_deadline(id);
        const bool was_over = gateway.is_over(id);
        lock.unlock();
        const WebSocket::Incoming incoming = socket.receive(deadline);
        lock.lock();
        if (incoming.kind == Kind::text) {
            gateway.receive(sandbox.world, id, incoming.text, times(sandbox));
            sandbox.keep_changes();
        } else if (incoming.kind == Kind::timed_out && !was_over) {
            gateway.overdue(id, times(sandbox));
        } else {
            const int code = incoming.kind == Kind::closed ? incoming.close_code : 0;
            gateway.lost(id, code, times(sandbox));
            return;
        }
    }
}

HttpOutcome refused(const std::string& why) {
    return HttpOutcome::with({400, {{"Content-Type", "text/plain"}}, why + "\n"});
}

}  // namespace

bool is_gateway_request(const HttpRequest& request) {
    return request.path == "/gateway" || request.path.starts_with("/gateway/");
}

HttpOutcome serve_gateway(Sandbox& sandbox, const HttpRequest& request) {
    if (!asks_for_web_socket(request)) return refused("This is a WebSocket.");
    const auto compress = request.query.find("compress");
    if (compress != request.query.end() && compress->second != "zlib-stream") {
        return refused("compress: only zlib-stream");
    }
    return HttpOutcome::talking([&sandbox, request](WebSocket& socket) { talk(sandbox, socket, request); });
}

}  // namespace convene::sandbox
