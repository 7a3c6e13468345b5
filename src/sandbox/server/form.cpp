#include "sandbox/server/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace convene::sandbox {
namespace {
using nlohmann::json;
const json kEmptyObject = json::object();
constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";

std::optional<Snowflake> snowflake_from(const json& value) {
    if (value.is_string()) return parse_snowflake(value.get_ref<const std::string&>());
    if (value.is_number_unsigned() && value.get<Snowflake>() != 0) return value.get<Snowflake>();
    return std::nullopt;
}
}  // namespace

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kWhiteSpace);
    if (first == std::string_view::npos) return "";
    return std::string(text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1));
}

std::string without_control(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t';
    });
    return out;
}

void FormFaults::add(const std::vector<std::string>& path, const std::string& code,
                     const std::string& message) {
    json* at = &errors_;
    for (const std::string& step : path) at = &(*at)[step];
    (*at)["_errors"].push_back({{"code", code}, {"message", message}});
}

Refusal FormFaults::refusal() const {
    return Refusal(DiscordError{400, 50035, "Invalid Form Body", errors_.dump()});
}

Form::Form(const json& object, FormFaults& faults, std::vector<std::string> path)
    : object_(object.is_object() ? &object : &kEmptyObject), faults_(&faults), path_(std::move(path)) {
    if (!object.is_object())
        faults_->add(path_, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
}

bool Form::has(const std::string& field) const {
    return object_->contains(field);
}
bool Form::is_null(const std::string& field) const {
    return has(field) && (*object_)[field].is_null();
}
bool Form::present(const std::string& field) const {
    return has(field) && !is_null(field);
}
const json& Form::raw(const std::string& field) const {
    return object_->at(field);
}

std::vector<std::string> Form::path_to(const std::string& field) const {
    std::vector<std::string> path = path_;
    path.push_back(field);
    return path;
}

void Form::fault(const std::string& field, const std::string& code, const std::string& message) {
    faults_->add(path_to(field), code, message);
}

void Form::require(const std::string& field) {
    if (!present(field)) fault(field, "BASE_TYPE_REQUIRED", "This field is required");
}

std::optional<std::string> Form::text(const std::string& field, std::size_t shortest, std::size_t longest) {
    if (!present(field)) return std::nullopt;
    const json& value = raw(field);
    if (!value.is_string()) {
        fault(field, "STRING_TYPE_CONVERT",
              fmt::format("Could not interpret \"{}\" as string.", value.dump()));
        return std::nullopt;
    }
    std::string text = trimmed(without_control(value.get_ref<const std::string&>()));
    const std::size_t length = length_of(text);
    if (length == 0 && shortest > 0) {
        fault(field, "BASE_TYPE_REQUIRED", "This field is required");
        return std::nullopt;
    }
    if (length > longest && shortest > 0) {
        fault(field, "BASE_TYPE_BAD_LENGTH",
              fmt::format("Must be between {} and {} in length.", shortest, longest));
        return std::nullopt;
    }
    if (length > longest) {
        fault(field, "BASE_TYPE_MAX_LENGTH", fmt::format("Must be {} or fewer in length.", longest));
        return std::nullopt;
    }
    return text;
}

std::optional<long long> Form::integer(const std::string& field, long long least, long long greatest) {
    if (!present(field)) return std::nullopt;
    const json& value = raw(field);
    if (!value.is_number_integer()) {
        fault(field, "NUMBER_TYPE_COERCE", fmt::format("Value {} is not int.", value.dump()));
        return std::nullopt;
    }
    const auto number = value.get<long long>();
    if (number < least) {
        fault(field, "NUMBER_TYPE_MIN",
              fmt::format("int value should be greater than or equal to {}.", least));
        return std::nullopt;
    }
    if (number > greatest) {
        fault(field, "NUMBER_TYPE_MAX",
              fmt::format("int value should be less than or equal to {}.", greatest));
        return std::nullopt;
    }
    return number;
}

std::optional<bool> Form::boolean(const std::string& field) {
    if (!present(field)) return std::nullopt;
    if (!raw(field).is_boolean()) {
        fault(field, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return std::nullopt;
    }
    return raw(field).get<bool>();
}

std::optional<Snowflake> Form::snowflake(const std::string& field) {
    if (!present(field)) return std::nullopt;
    const auto id = snowflake_from(raw(field));
    if (!id) fault(field, "NUMBER_TYPE_COERCE", fmt::format("Value {} is not snowflake.", raw(field).dump()));
    return id;
}

std::optional<Instant> Form::instant(const std::string& field) {
    if (!present(field)) return std::nullopt;
    const json& value = raw(field);
    const auto instant = value.is_string() ? parse_iso(value.get_ref<const std::string&>()) : std::nullopt;
    if (!instant) {
        fault(field, "DATE_TIME_TYPE_PARSE",
              fmt::format("Could not parse {}. Should be ISO8601.", value.dump()));
    }
    return instant;
}

std::optional<Permissions> Form::permissions(const std::string& field) {
    if (!present(field)) return std::nullopt;
    const json& value = raw(field);
    if (value.is_number_unsigned()) return value.get<Permissions>() & permission::kAll;
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        Permissions bits = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
        if (error == std::errc() && end == text.data() + text.size()) return bits & permission::kAll;
    }
    fault(field, "NUMBER_TYPE_COERCE", fmt::format("Value {} is not int.", value.dump()));
    return std::nullopt;
}

const json* Form::array(const std::string& field, std::size_t longest) {
    if (!present(field)) return nullptr;
    const json& value = raw(field);
    if (!value.is_array()) {
        fault(field, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return nullptr;
    }
    if (value.size() > longest) {
        fault(field, "BASE_TYPE_MAX_LENGTH", fmt::format("Must be {} or fewer in length.", longest));
        return nullptr;
    }
    return &value;
}

}  // namespace convene::sandbox
