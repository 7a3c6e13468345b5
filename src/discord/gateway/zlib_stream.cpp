#include "discord/gateway/zlib_stream.h"

#include <zlib.h>

#include <array>
#include <new>
#include <utility>

#include "app/failure.h"

namespace convene::discord {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFlushed = "\x00\x00\xFF\xFF"sv;

}  // namespace

struct ZlibStream::Impl {
    z_stream stream{};
    std::string message;
    std::string tail;  ///< the last bytes received: the mark may be cut in two

    void note_end(std::string_view part) {
        tail += part.substr(part.size() - std::min(part.size(), kFlushed.size()));
        if (tail.size() > kFlushed.size()) tail.erase(0, tail.size() - kFlushed.size());
    }
};

ZlibStream::ZlibStream() : impl_(std::make_unique<Impl>()) {
    if (inflateInit(&impl_->stream) != Z_OK) throw std::bad_alloc();
}

ZlibStream::~ZlibStream() {
    inflateEnd(&impl_->stream);
}

std::optional<std::string> ZlibStream::add(std::string_view part) {
    z_stream& stream = impl_->stream;
    // zlib's interface predates const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    stream.avail_in = static_cast<uInt>(part.size());
    std::array<char, 32 * 1024> piece{};
    do {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = piece.size();
        const int result = inflate(&stream, Z_SYNC_FLUSH);
        if (result != Z_OK && result != Z_BUF_ERROR)
            throw DiscordFailure("the gateway's compressed stream is damaged", Retry::safe);
        impl_->message.append(piece.data(), piece.size() - stream.avail_out);
        if (impl_->message.size() > kLongest)
            throw DiscordFailure("the gateway sent a message of more than 256 MB", Retry::safe);
    } while (stream.avail_out == 0);
    impl_->note_end(part);
    if (impl_->tail != kFlushed) return std::nullopt;
    return std::exchange(impl_->message, {});
}

}  // namespace convene::discord
