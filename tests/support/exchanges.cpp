#include "tests/support/exchanges.h"

#include <fcntl.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

namespace convene::test {
namespace {
using Json = nlohmann::json;

/// Whether nothing like it was asked before.
bool is_new(const std::string& text) {
    static std::mutex mutex;
    static std::set<std::string> seen;
    const std::lock_guard lock(mutex);
    return seen.insert(without_ids(text)).second;
}

}  // namespace

std::string without_ids(const std::string& text) {
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        bool digit = false;
        for (; end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0; ++end) {
            digit = digit || std::isdigit(static_cast<unsigned char>(text[end])) != 0;
        }
        if (end == begin) ++end;
        out += digit ? "0" : text.substr(begin, end - begin);
        begin = end;
    }
    return out;
}

void keep_for_judgement(const std::string& method, const std::string& path, const std::string& body) {
    const char* file = std::getenv("CONVENE_SANDBOX_EXCHANGES");
    if (file == nullptr || !is_new(method + path + body)) return;
    const std::size_t question = path.find('?');
    const Json line = {{"method", method},
                       {"path", "/api/v10" + path.substr(0, question)},
                       {"query", question == std::string::npos ? "" : path.substr(question + 1)},
                       {"status", nullptr},
                       {"fault", nullptr},
                       {"request", body.empty() ? Json(nullptr) : Json::parse(body)},
                       {"answer", nullptr}};
    const std::string text = line.dump() + "\n";
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
    const int descriptor = ::open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    [[maybe_unused]] const ssize_t written = ::write(descriptor, text.data(), text.size());
    ::close(descriptor);
}

}  // namespace convene::test
