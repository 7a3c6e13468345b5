#include "formats/json_tree.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace convene {
namespace {

/// `[json.exception.parse_error.101] parse error at line 1, column 2: …` without its technical head.
std::string plain_message(std::string_view what) {
    if (const auto bracket = what.find("] "); what.starts_with('[') && bracket != std::string_view::npos) {
        what.remove_prefix(bracket + 2);
    }
    return printable(what);
}

/// Builds the tree while nlohmann's parser, which does not recurse, reads the text.
class TreeBuilder {
public:
    using json = nlohmann::json;

    explicit TreeBuilder(InputFaults& faults) : faults_(faults) {}

    JsonNode take_root() { return std::move(root_); }

    // The parser's callbacks; false ends the parse.
    bool null() { return put({}) != nullptr; }
    bool boolean(bool value) {
        JsonNode node;
        node.kind = JsonNode::Kind::boolean;
        node.boolean = value;
        return put(std::move(node)) != nullptr;
    }
    bool number_integer(json::number_integer_t value) { return put_number(std::to_string(value), value); }
    bool number_unsigned(json::number_unsigned_t value) {
        const bool fits = value <= static_cast<json::number_unsigned_t>(INT64_MAX);
        return put_number(std::to_string(value),
                          fits ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt);
    }
    bool number_float(json::number_float_t value, const json::string_t& digits) {
        constexpr double kExact = 9007199254740992.0;  // 2^53: beyond, doubles skip integers
        const bool whole = std::trunc(value) == value && std::abs(value) <= kExact;
        return put_number(digits, whole ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt);
    }
    bool string(json::string_t& value) {
        JsonNode node;
        node.kind = JsonNode::Kind::text;
        node.text = std::move(value);
        return put(std::move(node)) != nullptr;
    }
    bool binary(json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(JsonNode::Kind::object); }
    bool start_array(std::size_t) { return open(JsonNode::Kind::list); }
    bool end_object() {
        note_repeated_keys();
        open_.pop_back();
        return true;
    }
    bool end_array() {
        open_.pop_back();
        return true;
    }
    bool key(json::string_t& value) {
        open_.back()->members.push_back({std::move(value), {}});
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const json::exception& error) {
        faults_.push_back({"", "", "not valid JSON: " + plain_message(error.what())});
        return false;
    }

private:
    /// Where the value goes that comes next. Stays valid while the value is open, as
    /// its parent then grows no further.
    JsonNode* put(JsonNode node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return &root_;
        }
        JsonNode& parent = *open_.back();
        if (parent.kind == JsonNode::Kind::object) {
            parent.members.back().value = std::move(node);
            return &parent.members.back().value;
        }
        parent.items.push_back(std::move(node));
        return &parent.items.back();
    }

    bool put_number(std::string digits, std::optional<std::int64_t> integer) {
        JsonNode node;
        node.kind = JsonNode::Kind::number;
        node.integer = integer;
        node.text = std::move(digits);
        return put(std::move(node)) != nullptr;
    }

    bool open(JsonNode::Kind kind) {
        if (open_.size() == kDeepestJson) {
            faults_.push_back(
                {path(), "", "is nested deeper than " + std::to_string(kDeepestJson) + " levels"});
            return false;
        }
        JsonNode node;
        node.kind = kind;
        open_.push_back(put(std::move(node)));
        return true;
    }

    /// Of the innermost open value.
    std::string path() const {
        std::string path;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
            const JsonNode& parent = *open_[i];
            path = parent.kind == JsonNode::Kind::object ? member_path(path, parent.members.back().key)
                                                         : item_path(path, parent.items.size() - 1);
        }
        return path;
    }

    void note_repeated_keys() {
        std::vector<std::string_view> keys;
        for (const JsonMember& member : open_.back()->members) keys.push_back(member.key);
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 1; i < keys.size(); ++i) {
            const bool first_repeat = keys[i] == keys[i - 1] && (i == 1 || keys[i] != keys[i - 2]);
            if (first_repeat) {
                faults_.push_back({member_path(path(), keys[i]), "", "is given more than once"});
            }
        }
    }

    InputFaults& faults_;
    JsonNode root_;
    std::vector<JsonNode*> open_;
};

bool is_plain_word(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const noexcept {
    const auto found =
        std::find_if(members.begin(), members.end(), [key](const JsonMember& m) { return m.key == key; });
    return found == members.end() ? nullptr : &found->value;
}

std::optional<JsonNode> parse_json(std::string_view text, InputFaults& faults) {
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (blank) {
        faults.push_back({"", "", "the file is empty"});
        return std::nullopt;
    }
    TreeBuilder builder(faults);
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
    return builder.take_root();
}

std::string describe(const JsonNode& node) {
    switch (node.kind) {
        case JsonNode::Kind::null:
            return "null";
        case JsonNode::Kind::boolean:
            return node.boolean ? "true" : "false";
        case JsonNode::Kind::number:
            return node.text.size() <= 40 ? node.text : node.text.substr(0, 40) + "…";
        case JsonNode::Kind::text:
            return in_quotes(node.text);
        case JsonNode::Kind::list:
            return node.items.empty() ? "[]" : "[…]";
        case JsonNode::Kind::object:
            return node.members.empty() ? "{}" : "{…}";
    }
    return {};
}

std::string member_path(std::string_view path, std::string_view key) {
    if (!is_plain_word(key)) return std::string(path) + '[' + in_quotes(key) + ']';
    return path.empty() ? std::string(key) : std::string(path) + '.' + std::string(key);
}

std::string item_path(std::string_view path, std::size_t index) {
    return std::string(path) + '[' + std::to_string(index) + ']';
}

}  // namespace convene
