#include "discord/gateway/zlib_stream.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <vector>

#include "app/failure.h"

namespace convene::discord {
namespace {

/// Discord's end: one stream for the connection, flushed after each message.
class Deflater {
public:
    Deflater() { deflateInit(&stream_, Z_DEFAULT_COMPRESSION); }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string message(std::string text) {
        stream_.next_in = reinterpret_cast<Bytef*>(text.data());
        stream_.avail_in = static_cast<uInt>(text.size());
        std::string out;
        std::array<char, 4096> piece{};
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = piece.size();
            deflate(&stream_, Z_SYNC_FLUSH);
            out.append(piece.data(), piece.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }

private:
    z_stream stream_{};
};

TEST(ZlibStream, messages_of_one_stream_come_out_one_by_one) {
    Deflater discord;
    ZlibStream stream;
    const std::string hello = R"({"op":10,"d":{"heartbeat_interval":41250}})";
    std::string large = "[";
    for (int i = 0; i < 200'000; ++i) large += std::to_string(i * 7919) + ",";
    for (const std::string& text : {hello, large, hello})
        EXPECT_EQ(stream.add(discord.message(text)).value_or(""), text);
}

TEST(ZlibStream, a_message_in_parts_is_told_when_its_last_part_has_come) {
    const std::string text = R"({"op":0,"s":1,"t":"READY","d":{"session_id":"abcdef"}})";
    const std::string bytes = Deflater().message(text);
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        ZlibStream stream;
        EXPECT_FALSE(stream.add(std::string_view(bytes).substr(0, cut))) << cut;
        EXPECT_EQ(stream.add(std::string_view(bytes).substr(cut)).value_or(""), text) << cut;
    }
}

TEST(ZlibStream, a_damaged_stream_is_a_failure) {
    EXPECT_THROW((void)ZlibStream().add("this is no zlib stream"), DiscordFailure);
    std::string bytes =
        Deflater().message("some text that is long enough to be compressed, compressed, compressed");
    bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
    ZlibStream stream;
    bool whole = false;
    try {
        whole =
            stream.add(bytes).value_or("").starts_with("some text that is long enough to be compressed, c");
    } catch (const DiscordFailure&) {
    }
    EXPECT_FALSE(whole);
}

}  // namespace
}  // namespace convene::discord
