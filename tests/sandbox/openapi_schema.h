// tests/sandbox/openapi_schema.h: whether a JSON value fits Discord's own description.
//
// As much of JSON Schema as that description uses. Of oneOf one match is
// enough: its alternatives overlap. A request may hold described fields only:
// Discord ignores others, which is how a misspelt name goes unnoticed.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
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
                    paths_[upper(method)].push_back(
                        {segments(path), operation["operationId"].get<std::string>()});
                }
            }
        }
    }

    /// The description: the file that CONVENE_OPENAPI names, or the one beside
    /// the checkout; nothing when neither is there.
    static std::optional<OpenApiSchema> find(const std::string& beside) {
        const char* named = std::getenv("CONVENE_OPENAPI");
        std::ifstream in(named != nullptr ? named : beside);
        if (!in) return std::nullopt;
        return OpenApiSchema(nlohmann::json::parse(in));
    }
    static constexpr const char* kAbsent =
        "Discord's OpenAPI file is not here: name it in CONVENE_OPENAPI, or put it beside the checkout as "
        "shared/discord-openapi.json";

    /// The operation for a path below the version, "" when none is described.
    /// A path that is spelt out goes before one with a parameter.
    [[nodiscard]] std::string operation_of(const std::string& method, const std::string& path) const {
        const auto of_method = paths_.find(method);
        if (of_method == paths_.end()) return "";
        const std::vector<std::string> asked = segments(path);
        std::string best;
        std::size_t fewest = asked.size() + 1;
        for (const Path& known : of_method->second) {
            const auto parameters = fit(known.segments, asked);
            if (!parameters || *parameters >= fewest) continue;
            fewest = *parameters;
            best = known.operation;
        }
        return best;
    }

    /// What is wrong with a request's body.
    [[nodiscard]] std::vector<std::string> faults_of_request(const std::string& operation,
                                                             const nlohmann::json& body) const {
        const Json& described = operations_.at(operation);
        if (!described.contains("requestBody")) {
            if (body.is_null()) return {};
            return {"$: a body that is not described"};
        }
        const Json request = resolved(described["requestBody"]);
        if (body.is_null()) {
            if (!request.value("required", false)) return {};
            return {"$: the body is missing"};
        }
        std::vector<std::string> faults;
        check(request["content"]["application/json"]["schema"], body, "$", faults, true);
        return faults;
    }

    /// Names in a query that the operation does not know.
    [[nodiscard]] std::vector<std::string> faults_of_query(const std::string& operation,
                                                           const std::string& query) const {
        std::set<std::string> known;
        for (const Json& parameter : operations_.at(operation).value("parameters", Json::array())) {
            const Json& one = resolved(parameter);
            if (one["in"] == "query") known.insert(one["name"].get<std::string>());
        }
        std::vector<std::string> faults;
        for (std::size_t begin = 0; begin < query.size();) {
            const std::size_t end = std::min(query.find('&', begin), query.size());
            const std::string name = query.substr(begin, std::min(query.find('=', begin), end) - begin);
            if (!name.empty() && !known.contains(name)) faults.push_back("?" + name + ": not described");
            begin = end + 1;
        }
        return faults;
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
    struct Path {
        std::vector<std::string> segments;
        std::string operation;
    };

    static std::string upper(std::string text) {
        for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return text;
    }
    static std::vector<std::string> segments(const std::string& path) {
        std::vector<std::string> out;
        for (std::size_t begin = 1; begin <= path.size();) {
            const std::size_t end = std::min(path.find('/', begin), path.size());
            std::string segment = path.substr(begin, end - begin);
            out.push_back(segment == "%40original" || segment == "%40me" ? "@" + segment.substr(3) : segment);
            begin = end + 1;
        }
        return out;
    }
    /// How many parameters the pattern has, when the path has its shape.
    static std::optional<std::size_t> fit(const std::vector<std::string>& pattern,
                                          const std::vector<std::string>& path) {
        if (pattern.size() != path.size()) return std::nullopt;
        std::size_t parameters = 0;
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (pattern[i].starts_with('{')) {
                ++parameters;
            } else if (pattern[i] != path[i]) {
                return std::nullopt;
            }
        }
        return parameters;
    }

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

    [[nodiscard]] bool fits(const Json& schema, const Json& value, bool strict) const {
        std::vector<std::string> faults;
        check(schema, value, "", faults, strict);
        return faults.empty();
    }

    void check(const Json& reference, const Json& value, const std::string& path,
               std::vector<std::string>& faults, bool strict = false) const {
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
            for (const Json& part : schema["allOf"]) check(part, value, path, faults, strict);
        }
        for (const char* choice : {"oneOf", "anyOf"}) {
            if (!schema.contains(choice)) continue;
            const Json& parts = schema[choice];
            const bool one = std::any_of(parts.begin(), parts.end(),
                                         [&](const Json& part) { return fits(part, value, strict); });
            if (one) continue;
            if (parts.size() <= 2) {
                complain("fits no alternative");
                for (const Json& part : parts) check(part, value, path + "|", faults, strict);
                continue;
            }
            // Of many, the one that was most likely meant tells what is wrong: it knows the most fields.
            const auto unlikeliness = [](const std::vector<std::string>& found) {
                const auto unknown = std::count_if(found.begin(), found.end(), [](const std::string& fault) {
                    return fault.ends_with("not described");
                });
                return std::pair(unknown, found.size());
            };
            std::vector<std::string> fewest;
            for (const Json& part : parts) {
                std::vector<std::string> found;
                check(part, value, path + "|", found, strict);
                if (fewest.empty() || unlikeliness(found) < unlikeliness(fewest)) fewest = std::move(found);
            }
            faults.insert(faults.end(), fewest.begin(), fewest.end());
        }
        if (value.is_string()) check_text(schema, value.get<std::string>(), complain, strict);
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
                check(schema["items"], value[i], fmt::format("{}[{}]", path, i), faults, strict);
            }
        }
        if (value.is_object()) check_object(schema, value, path, faults, strict);
    }

    template <class Complain>
    static void check_text(const Json& schema, const std::string& text, Complain&& complain, bool request) {
        const auto length = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
        if (schema.contains("maxLength") && length > schema["maxLength"].get<std::size_t>())
            complain("is too long");
        if (schema.contains("minLength") && length < schema["minLength"].get<std::size_t>())
            complain("is too short");
        if (schema.contains("pattern") && !matches(text, schema["pattern"].get<std::string>())) {
            complain(text + " does not match " + schema["pattern"].get<std::string>());
        }
        // Discord writes its times with +00:00 and reads other forms too.
        static const std::regex written(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$)");
        static const std::regex read(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$)");
        if (schema.value("format", "") == "date-time" && !std::regex_match(text, request ? read : written)) {
            complain(text + " is no time as Discord writes or reads it");
        }
    }

    static bool matches(const std::string& text, const std::string& pattern) {
        // ECMAScript's expressions have no names for classes of letters; ASCII stands for all.
        static std::map<std::string, std::optional<std::regex>> known;
        auto [found, is_new] = known.try_emplace(pattern);
        if (is_new && pattern.find("\\p{") == std::string::npos) found->second = std::regex(pattern);
        return !found->second || std::regex_search(text, *found->second);
    }

    void check_object(const Json& schema, const Json& value, const std::string& path,
                      std::vector<std::string>& faults, bool strict) const {
        for (const Json& name : schema.value("required", Json::array())) {
            if (!value.contains(name.get<std::string>()))
                faults.push_back(fmt::format("{}.{}: missing", path, name.get<std::string>()));
        }
        const Json none = Json::object();
        const Json& properties = schema.contains("properties") ? schema["properties"] : none;
        for (const auto& [key, inner] : value.items()) {
            if (properties.contains(key)) {
                check(properties[key], inner, path + "." + key, faults, strict);
            } else if (schema.contains("additionalProperties") &&
                       schema["additionalProperties"].is_object()) {
                check(schema["additionalProperties"], inner, path + "." + key, faults, strict);
            } else if ((strict && schema.contains("properties")) ||
                       (schema.contains("additionalProperties") && schema["additionalProperties"] == false)) {
                faults.push_back(fmt::format("{}.{}: not described", path, key));
            }
        }
    }

    Json description_;
    std::map<std::string, Json> operations_;
    std::map<std::string, std::vector<Path>> paths_;  ///< by method
};

}  // namespace convene::sandbox
