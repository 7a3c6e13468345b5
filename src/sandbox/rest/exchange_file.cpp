#include "sandbox/rest/exchange_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// As JSON where it is such, else as text.
json body_of(const std::string& text) {
    if (text.empty()) return nullptr;
    const json body = json::parse(text, nullptr, false);
    return body.is_discarded() ? json(text) : body;
}

}  // namespace

std::unique_ptr<ExchangeFile> ExchangeFile::from_environment() {
    const char* path = std::getenv("CONVENE_SANDBOX_EXCHANGES");
    if (path == nullptr || *path == '\0') return nullptr;
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    return std::make_unique<ExchangeFile>(path);
}

void ExchangeFile::append(const HttpRequest& request, const RequestRecord& record,
                          const HttpOutcome& outcome) const {
    json line = to_json(record);
    line["request"] = body_of(request.body);
    line["answer"] = nullptr;
    if (outcome.delivery == HttpOutcome::Delivery::reply) {
        const auto type = outcome.response.headers.find("Content-Type");
        line["answer_type"] = type == outcome.response.headers.end() ? "" : type->second;
        line["answer"] = body_of(outcome.response.body);
    }
    const std::string text = line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    const int descriptor = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    [[maybe_unused]] const ssize_t written = ::write(descriptor, text.data(), text.size());
    ::close(descriptor);
}

}  // namespace convene::sandbox
