#include "sandbox/rest/faults.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::array<std::pair<FaultMode, const char*>, 11> kModes{{
    {FaultMode::drop_before, "drop_before"},
    {FaultMode::drop_after_commit, "drop_after_commit"},
    {FaultMode::error_500_after_commit, "error_500_after_commit"},
    {FaultMode::error_504_after_commit, "error_504_after_commit"},
    {FaultMode::error_502, "error_502"},
    {FaultMode::refuse, "refuse"},
    {FaultMode::hang, "hang"},
    {FaultMode::hang_after_commit, "hang_after_commit"},
    {FaultMode::late_commit, "late_commit"},
    {FaultMode::rate_limit_shared, "rate_limit_shared"},
    {FaultMode::cloudflare_429, "cloudflare_429"},
}};

/// Reads one description; complaints go to `complain`.
Fault read_fault(const json& description, const std::function<void(const std::string&)>& complain) {
    Fault fault;
    if (!description.is_object()) {
        complain("must be an object");
        return fault;
    }
    bool has_mode = false;
    for (const auto& [key, value] : description.items()) {
        const bool whole = value.is_number_integer() && value.get<long long>() >= 0;
        if (key == "method" && value.is_string()) {
            fault.method = value.get<std::string>();
        } else if (key == "path" && value.is_string()) {
            fault.path_text = value.get<std::string>();
        } else if (key == "nth" && whole && value != 0) {
            fault.nth = value.get<int>();
        } else if (key == "times" && whole && value != 0) {
            fault.times = value.get<int>();
        } else if (key == "delay_ms" && whole) {
            fault.delay = milliseconds(value.get<long long>());
        } else if (key == "retry_after" && value.is_number() && value.get<double>() >= 0) {
            fault.retry_after = milliseconds(static_cast<long long>(value.get<double>() * 1000));
        } else if (key == "retry_after" && value.is_null()) {
            fault.send_retry_after = false;
        } else if (key == "code" && whole) {
            fault.code = value.get<int>();
        } else if (key == "status" && whole && value >= 400 && value <= 599) {
            fault.status = value.get<int>();
        } else if (key == "message" && value.is_string()) {
            fault.message = value.get<std::string>();
        } else if (key == "mode" && value.is_string()) {
            for (const auto& [mode, name] : kModes) {
                if (value != name) continue;
                fault.mode = mode;
                has_mode = true;
            }
        } else {
            complain(fmt::format("{}: unknown, or of the wrong kind", key));
        }
    }
    if (!has_mode) complain("mode: missing or unknown");
    try {
        fault.path = std::regex(fault.path_text, std::regex::ECMAScript);
    } catch (const std::regex_error&) {
        complain("path: not a regular expression");
    }
    return fault;
}

bool matches(const Fault& fault, const std::string& method, const std::vector<std::string>& forms) {
    if (!fault.method.empty() && fault.method != method) return false;
    for (const std::string& form : forms) {
        if (std::regex_search(form, fault.path)) return true;
    }
    return false;
}

/// "/api/v10/gateway" without its first two segments.
std::string without_version(const std::string& path) {
    const std::size_t version = path.find('/', 1);
    const std::size_t rest = version == std::string::npos ? version : path.find('/', version + 1);
    return path.starts_with("/api/v") && rest != std::string::npos ? path.substr(rest) : path;
}

}  // namespace

const char* name_of(FaultMode mode) {
    for (const auto& [known, name] : kModes) {
        if (known == mode) return name;
    }
    return "";
}

std::vector<std::string> FaultPlan::add(const json& descriptions) {
    std::vector<std::string> complaints;
    if (!descriptions.is_array()) return {"the body must be an array of faults"};
    std::vector<Fault> added;
    for (std::size_t i = 0; i < descriptions.size(); ++i) {
        added.push_back(read_fault(descriptions[i], [&](const std::string& complaint) {
            complaints.push_back(fmt::format("[{}]: {}", i, complaint));
        }));
    }
    if (complaints.empty()) faults_.insert(faults_.end(), added.begin(), added.end());
    return complaints;
}

json FaultPlan::describe() const {
    json out = json::array();
    for (const Fault& fault : faults_) {
        out.push_back({{"method", fault.method},
                       {"path", fault.path_text},
                       {"nth", fault.nth},
                       {"times", fault.times},
                       {"mode", name_of(fault.mode)},
                       {"seen", fault.seen}});
    }
    return out;
}

std::optional<Fault> FaultPlan::strike(const std::string& method, const std::string& path,
                                       const std::string& query) {
    const std::string bare = without_version(path);
    std::vector<std::string> forms{path, bare};
    if (!query.empty()) {
        forms.push_back(path + "?" + query);
        forms.push_back(bare + "?" + query);
    }
    std::optional<Fault> striking;
    for (Fault& fault : faults_) {
        if (!matches(fault, method, forms)) continue;
        ++fault.seen;
        if (!striking && fault.seen >= fault.nth && fault.seen < fault.nth + fault.times) striking = fault;
    }
    return striking;
}

}  // namespace convene::sandbox
