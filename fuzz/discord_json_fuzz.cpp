// What Discord sends as JSON: interactions, and answers to requests. Whatever it is, it is read or refused.
#include "app/failure.h"
#include "discord/wire/command_json.h"
#include "discord/wire/interaction.h"
#include "discord/wire/json.h"
#include "discord/wire/message_json.h"
#include "fuzz/fuzz_target.h"

using namespace convene::discord;
using convene::fuzz::require;

namespace {

void try_interaction(const std::string& text) {
    const auto interaction = read_interaction(text);
    if (!interaction) return;
    require(!interaction->id.empty() && !interaction->token.empty(), "it can be answered");
    auto kept = interaction->options;
    for (InteractionOption& option : kept) option.focused = false;
    require(read_options(write_options(kept)) == kept, "options are kept with a job");
}

void try_embeds(const std::string& text) {
    const auto embeds = read_embeds(text);
    require(read_embeds(write_embeds(embeds)) == embeds, "embeds are kept with a job");
}

/// Does it throw anything but what it promises, that ends the run.
template <class Read>
void try_to(Read read, const std::string& text) {
    try {
        (void)read(text);
    } catch (const convene::DiscordFailure& failure) {
        require(failure.what()[0] != '\0', "a refusal says why");
    }
}

}  // namespace

void convene::fuzz::try_text(std::string_view text) {
    const std::string json(text);
    try_interaction(json);
    try_to([](const auto& all) { return try_embeds(all), 0; }, json);
    try_to(read_guild, json);
    try_to(read_members, json);
    try_to(read_channels, json);
    try_to(read_events, json);
    try_to(read_messages, json);
    try_to(read_audit_log, json);
    (void)same_commands(json, {{"schedule", "Form groups", {}}});
    (void)parse_timestamp(json);
    (void)parse_http_date(json);
}
