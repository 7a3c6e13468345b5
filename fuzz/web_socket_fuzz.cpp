// What a client may send to the sandbox's gateway: frames, whole and broken.
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "fuzz/fuzz_target.h"
#include "sandbox/http/web_socket.h"

using namespace convene::sandbox;

void convene::fuzz::try_text(std::string_view text) {
    std::array<int, 2> ends{};
    require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0, "a pair of sockets");
    ::shutdown(ends[1], SHUT_WR);
    {
        // All of it has come with the handshake; after it the client says nothing more.
        WebSocket socket(ends[0], std::string(text));
        for (;;) {
            const auto incoming = socket.receive(std::chrono::steady_clock::now());
            require(incoming.text.size() <= text.size(), "no more is read than was sent");
            if (incoming.kind != WebSocket::Incoming::Kind::text) break;
        }
    }
    ::close(ends[0]);
    ::close(ends[1]);
}
