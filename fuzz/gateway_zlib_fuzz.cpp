// The first byte says where to cut the stream in two.
#include "app/failure.h"
#include "discord/gateway/zlib_stream.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    if (text.empty()) return;
    const auto cut = std::min<std::size_t>(static_cast<unsigned char>(text[0]), text.size() - 1);
    text.remove_prefix(1);
    const auto inflate = [](std::initializer_list<std::string_view> parts) -> std::string {
        discord::ZlibStream stream;
        std::string messages;
        try {
            for (const std::string_view part : parts) {
                if (const auto message = stream.add(part)) messages += *message;
            }
        } catch (const DiscordFailure&) {
            return "failed";
        }
        return messages;
    };
    const std::string whole = inflate({text});
    const std::string halves = inflate({text.substr(0, cut), text.substr(cut)});
    // Cut at the mark, a message may be told earlier; nothing else may differ.
    require(whole == halves || whole == "failed" || halves == "failed" || whole.starts_with(halves) ||
                halves.starts_with(whole),
            "where the stream is cut does not matter");
}
