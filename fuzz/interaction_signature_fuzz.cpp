// First line: X-Signature-Ed25519; second: X-Signature-Timestamp; the rest: the body.
#include "discord/interactions_endpoint/interactions_endpoint.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    const auto line = [&] {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view found = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        return std::string(found);
    };
    const std::string signature = line();
    const std::string timestamp = line();
    if (const auto read = discord::read_signature(signature, timestamp)) {
        require(std::to_string(read->time.time_since_epoch().count()).size() <= timestamp.size(),
                "a time is no longer than its text");
        require(read->timestamp == timestamp, "what was signed is kept as it was");
    }
    bool heard = false;
    const discord::InteractionsEndpoint endpoint(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        [&](const std::string&) { return heard = true; });
    http::Request request;
    request.method = "POST";
    request.headers = {{"x-signature-ed25519", signature}, {"x-signature-timestamp", timestamp}};
    request.body = std::string(text);
    const int status = endpoint.answer(request, std::chrono::system_clock::now()).status;
    require(status == 401 && !heard, "nobody but the owner of the key is heard");
}
