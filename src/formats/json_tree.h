// src/formats/json_tree.h: JSON as it stands in a file, before it means anything.
//
// A tree of our own, because reports need what JSON libraries drop: keys given
// twice, the digits of a number, the order of keys.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/input_fault.h"

namespace convene {

struct JsonMember;

struct JsonNode {
    enum class Kind { null, boolean, number, text, list, object };

    Kind kind = Kind::null;
    bool boolean = false;
    std::optional<std::int64_t> integer;  ///< numbers without a fraction, `8.0` too, when they fit
    std::string text;                     ///< texts; for numbers, the digits as written
    std::vector<JsonNode> items;
    std::vector<JsonMember> members;  ///< in the order of the file, keys may repeat

    /// The first member with that key, or null.
    [[nodiscard]] const JsonNode* find(std::string_view key) const noexcept;
};

struct JsonMember {
    std::string key;
    JsonNode value;
};

/// Files nested deeper are refused: no format here needs a tenth of it.
inline constexpr int kDeepestJson = 64;

/// Empty when the text is not JSON (a single fault says where and why); keys that
/// repeat within an object are faults too, each with its path, but the tree comes
/// back so that the other faults can be found. A byte order mark is skipped.
[[nodiscard]] std::optional<JsonNode> parse_json(std::string_view text, InputFaults& faults);

/// For InputFault::value: the text in quotation marks, the number, `[…]`, `{…}`, `null`.
[[nodiscard]] std::string describe(const JsonNode& node);

/// `people[3]` and `name` make `people[3].name`; keys that are no plain words are quoted.
[[nodiscard]] std::string member_path(std::string_view path, std::string_view key);
/// `people` and 3 make `people[3]`.
[[nodiscard]] std::string item_path(std::string_view path, std::size_t index);

}  // namespace convene
