#include "sandbox/server/message_form.h"

#include "sandbox/server/embeds.h"

namespace convene::sandbox {
namespace {
constexpr std::size_t kContentLength = 2000;
}

void read_content(Form& form, Message& message, int settable) {
    if (form.is_null("content")) message.content.clear();
    if (const auto content = form.text("content", 0, kContentLength)) message.content = *content;
    if (const auto embeds = read_embeds(form)) message.embeds = *embeds;
    if (const auto components = read_components(form)) message.components = *components;
    if (const auto flags = form.integer("flags")) {
        if ((*flags & message_flag::kComponentsV2) != 0) {
            form.fault("flags", "MESSAGE_FLAGS_INVALID", "The sandbox has no components V2.");
        }
        message.flags = (message.flags & ~settable) | (static_cast<int>(*flags) & settable);
    }
}

bool is_empty(const Message& message) {
    return message.content.empty() && message.embeds == "[]" && message.components == "[]";
}

}  // namespace convene::sandbox
