#include "sandbox/server/embeds.h"

#include <fmt/format.h>

#include <set>

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kEmbeds = 10;
constexpr std::size_t kTitle = 256;
constexpr std::size_t kDescription = 4096;
constexpr std::size_t kFields = 25;
constexpr std::size_t kFieldName = 256;
constexpr std::size_t kFieldValue = 1024;
constexpr std::size_t kFooter = 2048;
constexpr std::size_t kAuthor = 256;
constexpr std::size_t kUrl = 2048;
constexpr std::size_t kAllText = 6000;  // over all embeds of a message
constexpr long long kWhite = 0xFFFFFF;
constexpr std::size_t kActionRows = 5;
constexpr std::size_t kButtonsInRow = 5;
constexpr std::size_t kCustomId = 100;
constexpr std::size_t kLabel = 80;
constexpr long long kActionRow = 1;
constexpr long long kButton = 2;
constexpr long long kLinkStyle = 5;

/// Builds the shown form of one embed while counting its text.
class EmbedReader {
public:
    explicit EmbedReader(std::size_t& characters) : characters_(characters) {}

    json read(Form form) {
        json shown = {{"type", "rich"}};
        copy_text(form, shown, "title", 0, kTitle, true);
        copy_text(form, shown, "description", 0, kDescription, true);
        copy_text(form, shown, "url", 0, kUrl, false);
        if (const auto color = form.integer("color", 0, kWhite)) shown["color"] = *color;
        if (const auto timestamp = form.instant("timestamp")) shown["timestamp"] = to_iso(*timestamp);
        read_part(form, shown, "footer", "text", kFooter);
        read_part(form, shown, "author", "name", kAuthor);
        for (const char* picture : {"image", "thumbnail"}) read_part(form, shown, picture, "url", kUrl);
        read_fields(form, shown);
        const bool empty = shown.size() == 1;
        if (empty) form.fault("description", "BASE_TYPE_REQUIRED", "This field is required");
        return shown;
    }

private:
    void copy_text(Form& form, json& shown, const char* field, std::size_t shortest, std::size_t longest,
                   bool counted) {
        const auto text = form.text(field, shortest, longest);
        if (!text || text->empty()) return;
        if (counted) characters_ += length_of(*text);
        shown[field] = *text;
    }

    /// A nested object whose main text is `field`.
    void read_part(Form& form, json& shown, const char* part, const char* field, std::size_t longest) {
        if (!form.has(part) || form.is_null(part)) return;
        Form inner(form.raw(part), form.faults(), form.path_to(part));
        inner.require(field);
        json out = json::object();
        const bool counted = std::string_view(field) != "url";
        copy_text(inner, out, field, 1, longest, counted);
        for (const char* link : {"url", "icon_url"}) {
            if (std::string_view(link) != field) copy_text(inner, out, link, 0, kUrl, false);
        }
        shown[part] = out;
    }

    void read_fields(Form& form, json& shown) {
        const json* fields = form.array("fields", kFields);
        if (fields == nullptr || fields->empty()) return;
        auto path = form.path_to("fields");
        shown["fields"] = json::array();
        for (std::size_t i = 0; i < fields->size(); ++i) {
            path.push_back(std::to_string(i));
            Form field((*fields)[i], form.faults(), path);
            path.pop_back();
            json out = {{"inline", field.boolean("inline").value_or(false)}};
            field.require("name");
            field.require("value");
            copy_text(field, out, "name", 1, kFieldName, true);
            copy_text(field, out, "value", 1, kFieldValue, true);
            shown["fields"].push_back(out);
        }
    }

    std::size_t& characters_;
};

void check_button(Form& button) {
    if (button.integer("type") != kButton) return;
    (void)button.text("label", 0, kLabel);
    if (button.integer("style", 1, 6) == kLinkStyle) {
        button.require("url");
    } else {
        button.require("custom_id");
        (void)button.text("custom_id", 1, kCustomId);
    }
}

}  // namespace

std::optional<std::string> read_embeds(Form& form) {
    const json* embeds = form.array("embeds", kEmbeds);
    if (embeds == nullptr) {
        return form.is_null("embeds") ? std::optional<std::string>("[]") : std::nullopt;
    }
    json shown = json::array();
    std::size_t characters = 0;
    for (std::size_t i = 0; i < embeds->size(); ++i) {
        auto path = form.path_to("embeds");
        path.push_back(std::to_string(i));
        shown.push_back(EmbedReader(characters).read(Form((*embeds)[i], form.faults(), path)));
    }
    if (characters > kAllText) {
        form.fault("embeds", "MAX_EMBED_SIZE_EXCEEDED",
                   fmt::format("Embed size exceeds maximum size of {}", kAllText));
    }
    return shown.dump();
}

std::optional<std::string> read_components(Form& form) {
    const json* rows = form.array("components", kActionRows);
    if (rows == nullptr) return std::nullopt;
    json shown = *rows;
    int next_id = 1;
    std::set<std::string> custom_ids;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        auto path = form.path_to("components");
        path.push_back(std::to_string(i));
        Form row((*rows)[i], form.faults(), path);
        if (row.integer("type") != kActionRow) {
            row.fault("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
            continue;
        }
        row.require("components");
        const json* buttons = row.array("components", kButtonsInRow);
        if (buttons == nullptr) continue;
        shown[i]["id"] = next_id++;
        auto button_path = row.path_to("components");
        for (std::size_t j = 0; j < buttons->size(); ++j) {
            button_path.push_back(std::to_string(j));
            Form button((*buttons)[j], form.faults(), button_path);
            button_path.pop_back();
            check_button(button);
            const auto custom_id = button.text("custom_id", 0, kCustomId).value_or("");
            if (!custom_id.empty() && !custom_ids.insert(custom_id).second) {
                button.fault("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED",
                             "Component custom id cannot be duplicated");
            }
            if ((*buttons)[j].is_object()) shown[i]["components"][j]["id"] = next_id++;
        }
    }
    return shown.dump();
}

}  // namespace convene::sandbox
