#include "sandbox/state/state_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sandbox/sandbox_process.h"
#include "sandbox/state/records.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;
constexpr const char* kFormat = "convene/sandbox-state@1";

int open_for_append(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        throw SandboxFailure(fmt::format("{}: {}", path.string(), std::strerror(errno)), false);
    }
    return descriptor;
}

std::string line(const json& record) {
    return record.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

StateFile::StateFile(std::filesystem::path path)
    : path_(std::move(path)), descriptor_(open_for_append(path_)) {}
StateFile::~StateFile() {
    ::close(descriptor_);
}

bool StateFile::load(World& world, milliseconds& clock_offset, RequestLog& log) {
    std::ifstream in(path_, std::ios::binary);
    std::string text;
    long long line_number = 0;
    while (std::getline(in, text)) {
        if (in.eof()) break;  // no line end: cut short, never acknowledged
        ++line_number;
        try {
            const json record = json::parse(text);
            if (line_number == 1) {
                if (record.at("format") != kFormat) throw SandboxFailure("", true);
            } else if (record.contains("request")) {
                log.restore(request_record_from(record["request"]));
            } else if (record.contains("clock_offset_ms")) {
                clock_offset = milliseconds(record["clock_offset_ms"].get<long long>());
            } else {
                restore(world, record);
            }
        } catch (const std::exception&) {
            throw SandboxFailure(
                fmt::format("{}: line {} is no {} record", path_.string(), line_number, kFormat), true);
        }
    }
    return line_number > 0;
}

void StateFile::rewrite(const World& world, milliseconds clock_offset, const RequestLog& log) {
    const std::filesystem::path fresh = path_.string() + ".new";
    std::filesystem::remove(fresh);
    const int old = std::exchange(descriptor_, open_for_append(fresh));
    ::close(old);
    std::string text = line({{"format", kFormat}});
    for (const Change& change : everything(world)) text += line(record_of(world, change));
    for (const RequestRecord& record : log.all()) text += line({{"request", to_json(record)}});
    write(text);
    append_clock(clock_offset);
    std::filesystem::rename(fresh, path_);
}

void StateFile::append(const World& world, const std::vector<Change>& changes) {
    std::string text;
    for (const Change& change : changes) {
        if (change.kind != Kind::interaction) text += line(record_of(world, change));
    }
    if (!text.empty()) write(text);
}

void StateFile::append(const RequestRecord& record) {
    write(line({{"request", to_json(record)}}));
}
void StateFile::append_clock(milliseconds offset) {
    write(line({{"clock_offset_ms", offset.count()}}));
}

void StateFile::write(const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(descriptor_, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            throw SandboxFailure(fmt::format("{}: {}", path_.string(), std::strerror(errno)), false);
        written += static_cast<std::size_t>(count);
    }
}

}  // namespace convene::sandbox
