// src/formats/json_reader.h: reads values out of a JSON tree and notes every
// fault on the way instead of stopping at the first.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/input_fault.h"
#include "formats/json_tree.h"

namespace convene {

/// What a reader has to say about its input.
struct Findings {
    InputFaults faults;    ///< the input cannot be used
    InputFaults warnings;  ///< it can, but somebody should know

    void fault(std::string path, const JsonNode& node, std::string message);
    void warn(std::string path, std::string value, std::string message);
};

/// Text free of control characters, which no database column or Discord name survives.
[[nodiscard]] std::optional<std::string> read_text(const JsonNode& node, const std::string& path,
                                                   Findings& findings);
[[nodiscard]] std::optional<int> read_integer(const JsonNode& node, const std::string& path,
                                              Findings& findings);
[[nodiscard]] std::optional<bool> read_boolean(const JsonNode& node, const std::string& path,
                                               Findings& findings);
/// The node when it is a list, else null with a fault.
[[nodiscard]] const std::vector<JsonNode>* read_list(const JsonNode& node, const std::string& path,
                                                     Findings& findings);
/// A list of texts; items that are none are faults and left out.
[[nodiscard]] std::vector<std::string> read_texts(const JsonNode& node, const std::string& path,
                                                  Findings& findings);

/// One object with known keys. `null` counts as absent. Lives no longer than
/// its node, path and findings.
class ObjectReader {
public:
    /// A node that is no object is a fault, and then every key is absent without another.
    ObjectReader(const JsonNode& node, std::string path, Findings& findings);

    [[nodiscard]] const JsonNode* find(std::string_view key);
    /// A missing key is a fault.
    [[nodiscard]] const JsonNode* require(std::string_view key);
    [[nodiscard]] std::string path_of(std::string_view key) const { return member_path(path_, key); }

    /// Empty when absent or faulty.
    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    /// Likewise; absent, empty or blank text is a fault.
    [[nodiscard]] std::optional<std::string> required_text(std::string_view key);
    /// These leave `target` as it is when the key is absent or faulty.
    void integer(std::string_view key, int& target);
    void boolean(std::string_view key, bool& target);

    /// Warns of every key that nobody asked for. Call it last.
    void warn_of_unknown_keys();

private:
    const JsonNode& node_;
    std::string path_;
    Findings& findings_;
    bool is_object_;
    std::vector<std::string> known_;
};

}  // namespace convene
