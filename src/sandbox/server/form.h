// src/sandbox/server/form.h: reading a request body and collecting what is wrong with it.
//
// Discord answers a bad body with code 50035 and all faults at once, nested by
// field: {"embeds": {"0": {"title": {"_errors": [{"code", "message"}]}}}}.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/server/discord_error.h"
#include "sandbox/server/instant.h"
#include "sandbox/server/permission_bits.h"
#include "sandbox/server/snowflake.h"

namespace convene::sandbox {

/// Code points in UTF-8 text, the unit of Discord's length limits.
[[nodiscard]] std::size_t length_of(std::string_view text);

/// Without white space at both ends.
[[nodiscard]] std::string trimmed(std::string_view text);

/// Without the characters that Discord strips from texts: of those below the
/// space only line feeds and tabs stay.
[[nodiscard]] std::string without_control(std::string_view text);

class FormFaults {
public:
    /// \param path  from the body's top, e.g. {"embeds", "0", "title"}
    void add(const std::vector<std::string>& path, const std::string& code, const std::string& message);
    [[nodiscard]] bool empty() const { return errors_.empty(); }
    [[nodiscard]] Refusal refusal() const;

private:
    nlohmann::json errors_ = nlohmann::json::object();
};

/// One object of the body. A getter gives nothing when the field is absent,
/// null or wrong; wrong ones are recorded.
class Form {
public:
    /// Something that is no object reads as an empty one, with a fault.
    Form(const nlohmann::json& object, FormFaults& faults, std::vector<std::string> path = {});

    [[nodiscard]] bool has(const std::string& field) const;      ///< there, perhaps null
    [[nodiscard]] bool is_null(const std::string& field) const;  ///< there and null
    [[nodiscard]] const nlohmann::json& raw(const std::string& field) const;

    /// Stripped and trimmed; the length after trimming lies in [shortest, longest].
    std::optional<std::string> text(const std::string& field, std::size_t shortest, std::size_t longest);
    std::optional<long long> integer(const std::string& field, long long least = 0,
                                     long long greatest = std::numeric_limits<std::int32_t>::max());
    std::optional<bool> boolean(const std::string& field);
    std::optional<Snowflake> snowflake(const std::string& field);
    std::optional<Instant> instant(const std::string& field);
    /// A decimal string or a number; bits that do not exist are dropped.
    std::optional<Permissions> permissions(const std::string& field);
    /// The array, or nothing. More than `longest` entries are a fault.
    const nlohmann::json* array(const std::string& field, std::size_t longest);

    void require(const std::string& field);  ///< a fault when absent or null
    void fault(const std::string& field, const std::string& code, const std::string& message);
    [[nodiscard]] std::vector<std::string> path_to(const std::string& field) const;
    [[nodiscard]] FormFaults& faults() { return *faults_; }

private:
    [[nodiscard]] bool present(const std::string& field) const;

    const nlohmann::json* object_;
    FormFaults* faults_;
    std::vector<std::string> path_;
};

}  // namespace convene::sandbox
