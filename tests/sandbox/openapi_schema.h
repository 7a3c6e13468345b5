// tests/sandbox/openapi_schema.h: whether a JSON value fits Discord's own description.
//
// As much of JSON Schema as that description uses. Of oneOf one match is
// enough: its alternatives overlap.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace convene::sandbox {

class OpenApiSchema {
public:
    explicit OpenApiSchema(nlohmann::json description) : description_(std::move(description)) {
        for (const auto& [path, methods] : description_.at("paths").items()) {
            for (const auto& [method, operation] : methods.items()) {
                if (operation.is_object() && operation.contains("operationId")) {
                    operations_[operation["operationId"].get<std::string>()] = operation;
                }
            }
        }
    }

    /// What is wrong with an answer of that status to the named operation.
    [[nodiscard]] std::vector<std::string> faults_of_answer(const std::string& operation, int status,
                                                            const nlohmann::json& body) const {
        const auto found = operations_.find(operation);
        if (found == operations_.end()) return {"no operation " + operation};
        const nlohmann::json& responses = found->second.at("responses");
        for (const std::string& key : {std::to_string(status), std::to_string(status / 100) + "XX"}) {
            if (!responses.contains(key)) continue;
            const nlohmann::json response = resolved(responses[key]);
            if (!response.contains("content")) return {};
            std::vector<std::string> faults;
            check(response["content"]["application/json"]["schema"], body, "$", faults);
            return faults;
        }
        return {fmt::format("status {} is not described", status)};
    }

private:
    using Json = nlohmann::json;

    [[nodiscard]] const Json& resolved(const Json& schema) const {
        const Json* at = &schema;
        while (at->is_object() && at->contains("$ref")) {
            at = &description_.at(Json::json_pointer(at->at("$ref").get<std::string>().substr(1)));
        }
        return *at;
    }

    static bool has_type(const Json& value, const std::string& type) {
        if (type == "null") return value.is_null();
        if (type == "string") return value.is_string();
        if (type == "integer") return value.is_number_integer();
        if (type == "number") return value.is_number();
        if (type == "boolean") return value.is_boolean();
        if (type == "array") return value.is_array();
        return type == "object" && value.is_object();
    }

    [[nodiscard]] bool fits(const Json& schema, const Json& value) const {
        std::vector<std::string> faults;
        check(schema, value, "", faults);
        return faults.empty();
    }

    void check(const Json& reference, const Json& value, const std::string& path,
               std::vector<std::string>& faults) const {
        const Json& schema = resolved(reference);
        const auto complain = [&](const std::string& what) { faults.push_back(path + ": " + what); };
        if (schema.contains("type")) {
            const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
            const bool typed =
                std::any_of(types.begin(), types.end(), [&](const Json& t) { return has_type(value, t); });
            if (!typed) return complain(fmt::format("{} is not of type {}", value.dump(), types.dump()));
        }
        if (schema.contains("const") && schema["const"] != value)
            complain("is not " + schema["const"].dump());
        if (schema.contains("enum")) {
            const Json& allowed = schema["enum"];
            if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
                complain(value.dump() + " is not in the enum");
        }
        if (schema.contains("allOf")) {
            for (const Json& part : schema["allOf"]) check(part, value, path, faults);
        }
        for (const char* choice : {"oneOf", "anyOf"}) {
            if (!schema.contains(choice)) continue;
            const Json& parts = schema[choice];
            const bool one =
                std::any_of(parts.begin(), parts.end(), [&](const Json& part) { return fits(part, value); });
            if (one) continue;
            complain("fits no alternative");
            if (parts.size() <= 2) {
                for (const Json& part : parts) check(part, value, path + "|", faults);
            }
        }
        if (value.is_string()) check_text(schema, value.get<std::string>(), complain);
        if (value.is_number()) {
            if (schema.contains("minimum") && value < schema["minimum"]) complain("is too small");
            if (schema.contains("maximum") && value > schema["maximum"]) complain("is too great");
        }
        if (value.is_array()) {
            if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>())
                complain("is too long");
            if (schema.value("uniqueItems", false) &&
                std::set<Json>(value.begin(), value.end()).size() != value.size()) {
                complain("has equal items");
            }
            for (std::size_t i = 0; schema.contains("items") && i < value.size(); ++i) {
                check(schema["items"], value[i], fmt::format("{}[{}]", path, i), faults);
            }
        }
        if (value.is_object()) check_object(schema, value, path, faults);
    }

    template <class Complain>
    static void check_text(const Json& schema, const std::string& text, Complain&& complain) {
        if (schema.contains("maxLength") && text.size() > schema["maxLength"].get<std::size_t>())
            complain("is too long");
        if (schema.contains("minLength") && text.size() < schema["minLength"].get<std::size_t>())
            complain("is too short");
        if (schema.contains("pattern") &&
            !std::regex_search(text, std::regex(schema["pattern"].get<std::string>()))) {
            complain(text + " does not match " + schema["pattern"].get<std::string>());
        }
        static const std::regex date_time(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$)");
        if (schema.value("format", "") == "date-time" && !std::regex_match(text, date_time)) {
            complain(text + " is no time as Discord writes it");
        }
    }

    void check_object(const Json& schema, const Json& value, const std::string& path,
                      std::vector<std::string>& faults) const {
        for (const Json& name : schema.value("required", Json::array())) {
            if (!value.contains(name.get<std::string>()))
                faults.push_back(fmt::format("{}.{}: missing", path, name.get<std::string>()));
        }
        const Json none = Json::object();
        const Json& properties = schema.contains("properties") ? schema["properties"] : none;
        for (const auto& [key, inner] : value.items()) {
            if (properties.contains(key)) {
                check(properties[key], inner, path + "." + key, faults);
            } else if (schema.contains("additionalProperties") &&
                       schema["additionalProperties"].is_object()) {
                check(schema["additionalProperties"], inner, path + "." + key, faults);
            } else if (schema.contains("additionalProperties") && schema["additionalProperties"] == false) {
                faults.push_back(fmt::format("{}.{}: not described", path, key));
            }
        }
    }

    Json description_;
    std::map<std::string, Json> operations_;
};

}  // namespace convene::sandbox
