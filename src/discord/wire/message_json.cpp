#include "discord/wire/message_json.h"

#include "app/failure.h"
#include "discord/wire/message_parts.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

constexpr int kActionRow = 1;
constexpr int kButton = 2;
constexpr int kSecondaryStyle = 2;

Json embed_json(const Embed& embed) {
    Json json = Json::object();
    if (!embed.title.empty()) json["title"] = embed.title;
    if (!embed.description.empty()) json["description"] = embed.description;
    if (embed.colour) json["color"] = *embed.colour;
    if (!embed.footer.empty()) json["footer"] = {{"text", embed.footer}};
    for (const EmbedField& field : embed.fields) {
        json["fields"].push_back({{"name", field.name}, {"value", field.value}, {"inline", false}});
    }
    return json;
}

Json embeds_json(const std::vector<Embed>& embeds) {
    Json list = Json::array();
    for (const Embed& embed : embeds) list.push_back(embed_json(embed));
    return list;
}

Json components_json(const std::vector<Button>& buttons) {
    Json rows = Json::array();
    if (buttons.empty()) return rows;
    Json row = {{"type", kActionRow}, {"components", Json::array()}};
    for (const Button& button : buttons) {
        row["components"].push_back({{"type", kButton},
                                     {"style", kSecondaryStyle},
                                     {"label", button.label},
                                     {"custom_id", button.custom_id},
                                     {"disabled", button.disabled}});
    }
    rows.push_back(std::move(row));
    return rows;
}

Embed embed_from(const Json& json) {
    Embed embed;
    embed.title = json.value("title", "");
    embed.description = json.value("description", "");
    if (json.contains("color")) embed.colour = json.at("color").get<int>();
    if (json.contains("footer")) embed.footer = json.at("footer").value("text", "");
    for (const Json& field : json.value("fields", Json::array()))
        embed.fields.push_back({field.value("name", ""), field.value("value", "")});
    return embed;
}

}  // namespace

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json message_json(const NewMessage& message, bool whole) {
    Json json = {{"allowed_mentions", {{"parse", Json::array()}, {"users", message.mentions}}}};
    if (whole || !message.content.empty()) json["content"] = message.content;
    if (whole || !message.embeds.empty()) json["embeds"] = embeds_json(message.embeds);
    if (whole || !message.buttons.empty()) json["components"] = components_json(message.buttons);
    return json;
}

std::string write_message(const NewMessage& message) {
    Json json = message_json(message, false);
    if (!message.nonce.empty()) {
        json["nonce"] = message.nonce;
        json["enforce_nonce"] = true;
    }
    return dump(json);
}

std::string write_message_edit(const NewMessage& message) {
    return dump(message_json(message, true));
}

std::string write_embeds(const std::vector<Embed>& embeds) {
    return dump(embeds_json(embeds));
}

std::vector<Embed> read_embeds(const std::string& text) {
    std::vector<Embed> embeds;
    try {
        for (const Json& embed : Json::parse(text)) embeds.push_back(embed_from(embed));
    } catch (const Json::exception&) {
        throw DiscordFailure("kept embeds cannot be read", Retry::useless);
    }
    return embeds;
}

}  // namespace convene::discord
