#include "formats/json_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace convene {
namespace {

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

void Findings::fault(std::string path, const JsonNode& node, std::string message) {
    faults.push_back({std::move(path), describe(node), std::move(message)});
}

void Findings::warn(std::string path, std::string value, std::string message) {
    warnings.push_back({std::move(path), std::move(value), std::move(message)});
}

std::optional<std::string> read_text(const JsonNode& node, const std::string& path, Findings& findings) {
    if (node.kind != JsonNode::Kind::text) {
        findings.fault(path, node, "must be text in quotation marks");
        return std::nullopt;
    }
    if (has_control_character(node.text)) {
        findings.fault(path, node, "holds a line break or another control character");
        return std::nullopt;
    }
    return node.text;
}

std::optional<int> read_integer(const JsonNode& node, const std::string& path, Findings& findings) {
    if (node.kind != JsonNode::Kind::number) {
        findings.fault(path, node, "must be a whole number");
        return std::nullopt;
    }
    const bool fits = node.integer && *node.integer >= std::numeric_limits<int>::min() &&
                      *node.integer <= std::numeric_limits<int>::max();
    if (!fits) {
        findings.fault(path, node, "must be a whole number of ordinary size");
        return std::nullopt;
    }
    return static_cast<int>(*node.integer);
}

std::optional<bool> read_boolean(const JsonNode& node, const std::string& path, Findings& findings) {
    if (node.kind != JsonNode::Kind::boolean) {
        findings.fault(path, node, "must be true or false");
        return std::nullopt;
    }
    return node.boolean;
}

const std::vector<JsonNode>* read_list(const JsonNode& node, const std::string& path, Findings& findings) {
    if (node.kind == JsonNode::Kind::list) return &node.items;
    findings.fault(path, node, "must be a list");
    return nullptr;
}

std::vector<std::string> read_texts(const JsonNode& node, const std::string& path, Findings& findings) {
    std::vector<std::string> texts;
    const auto* items = read_list(node, path, findings);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        if (auto text = read_text((*items)[i], item_path(path, i), findings))
            texts.push_back(*std::move(text));
    }
    return texts;
}

ObjectReader::ObjectReader(const JsonNode& node, std::string path, Findings& findings)
    : node_(node),
      path_(std::move(path)),
      findings_(findings),
      is_object_(node.kind == JsonNode::Kind::object) {
    if (!is_object_) findings_.fault(path_, node_, "must be an object");
}

const JsonNode* ObjectReader::find(std::string_view key) {
    known_.emplace_back(key);
    const JsonNode* value = node_.find(key);
    return value != nullptr && value->kind == JsonNode::Kind::null ? nullptr : value;
}

const JsonNode* ObjectReader::require(std::string_view key) {
    const JsonNode* value = find(key);
    if (value == nullptr && is_object_) findings_.faults.push_back({path_of(key), "", "is required"});
    return value;
}

std::optional<std::string> ObjectReader::text(std::string_view key) {
    const JsonNode* value = find(key);
    return value == nullptr ? std::nullopt : read_text(*value, path_of(key), findings_);
}

std::optional<std::string> ObjectReader::required_text(std::string_view key) {
    const JsonNode* value = require(key);
    if (value == nullptr) return std::nullopt;
    auto text = read_text(*value, path_of(key), findings_);
    if (text && is_blank(*text)) {
        findings_.fault(path_of(key), *value, "is empty");
        return std::nullopt;
    }
    return text;
}

void ObjectReader::integer(std::string_view key, int& target) {
    const JsonNode* value = find(key);
    if (value == nullptr) return;
    if (const auto number = read_integer(*value, path_of(key), findings_)) target = *number;
}

void ObjectReader::boolean(std::string_view key, bool& target) {
    const JsonNode* value = find(key);
    if (value == nullptr) return;
    if (const auto read = read_boolean(*value, path_of(key), findings_)) target = *read;
}

void ObjectReader::warn_of_unknown_keys() {
    for (const JsonMember& member : node_.members) {
        if (std::find(known_.begin(), known_.end(), member.key) == known_.end()) {
            findings_.warn(path_of(member.key), "", "is not a known key and was ignored");
        }
    }
}

}  // namespace convene
