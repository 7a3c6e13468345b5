// src/discord/gateway/zlib_stream.h: the gateway's transport compression, one zlib stream per connection.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace convene::discord {

class ZlibStream {
public:
    ZlibStream();
    ~ZlibStream();
    ZlibStream(const ZlibStream&) = delete;
    ZlibStream& operator=(const ZlibStream&) = delete;

    /// A message is whole when its last part ends with Z_SYNC_FLUSH's mark; before that, nothing.
    /// \throws DiscordFailure when it is no such stream, or the message longer than kLongest; the stream is
    ///     of no further use then
    [[nodiscard]] std::optional<std::string> add(std::string_view part);

    /// Far above any server's GUILD_CREATE, and still no danger to the process.
    static constexpr std::size_t kLongest = std::size_t{256} << 20U;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::discord
