#include "discord/bot/log_line.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

// Between message and fields, and between the fields: what no text has in it.
constexpr char kField = '\x1f';
constexpr char kValue = '\x1e';

std::string clean(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string quoted_if_needed(std::string_view value) {
    if (!value.empty() && value.find_first_of(" \"=") == std::string_view::npos) return std::string(value);
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class LineFormatter final : public spdlog::formatter {
public:
    explicit LineFormatter(LogFormat format) : format_(format) {}

    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const auto ms = std::chrono::time_point_cast<std::chrono::milliseconds>(message.time);
        const std::string time = fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                                             fmt::gmtime(std::chrono::system_clock::to_time_t(message.time)),
                                             ms.time_since_epoch().count() % 1000);
        const auto level = spdlog::level::to_string_view(message.level);
        const std::string line = format_log_line(format_, time, {level.data(), level.size()},
                                                 {message.payload.data(), message.payload.size()}) +
                                 '\n';
        out.append(line.data(), line.data() + line.size());
    }
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<LineFormatter>(format_);
    }

private:
    LogFormat format_;
};

}  // namespace

std::string format_log_line(LogFormat format, std::string_view time, std::string_view level,
                            std::string_view text) {
    const auto parts = split(text, kField);
    if (format == LogFormat::json) {
        nlohmann::ordered_json json = {{"time", time}, {"level", level}, {"message", parts.front()}};
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto pair = split(parts[i], kValue);
            json[std::string(pair.front())] = pair.back();
        }
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    std::string line = fmt::format("{} {} {}", time, level, parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto pair = split(parts[i], kValue);
        line += fmt::format(" {}={}", pair.front(), quoted_if_needed(pair.back()));
    }
    return line;
}

void set_up_log(LogFormat format, bool debug) {
    auto logger =
        std::make_shared<spdlog::logger>("convene", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_formatter(std::make_unique<LineFormatter>(format));
    logger->set_level(debug ? spdlog::level::debug : spdlog::level::info);
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

LogLine& LogLine::with(std::string_view key, std::string_view value) {
    fields_.emplace_back(key, value);
    return *this;
}
LogLine& LogLine::with(std::string_view key, long long value) {
    return with(key, std::to_string(value));
}

std::string LogLine::text() const {
    std::string out = clean(message_);
    for (const auto& [key, value] : fields_) out += kField + clean(key) + kValue + clean(value);
    return out;
}

void LogLine::debug() const {
    spdlog::default_logger_raw()->log(spdlog::level::debug, text());
}
void LogLine::info() const {
    spdlog::default_logger_raw()->log(spdlog::level::info, text());
}
void LogLine::warning() const {
    spdlog::default_logger_raw()->log(spdlog::level::warn, text());
}
void LogLine::error() const {
    spdlog::default_logger_raw()->log(spdlog::level::err, text());
}

}  // namespace convene::discord
