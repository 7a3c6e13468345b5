// src/discord/bot/log_line.h: one line of the bot's log, with fields.
//
//     LogLine("job finished").with("job", id).with("command", "schedule").info();
//
// Nothing personal and no secret goes into a field: ids of jobs, interactions and cohorts, counts, durations.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convene::discord {

enum class LogFormat { text, json };

/// Logs go to standard error from now on, each line with its time and level.
void set_up_log(LogFormat format, bool debug);

class LogLine {
public:
    explicit LogLine(std::string_view message) : message_(message) {}

    LogLine& with(std::string_view key, std::string_view value);
    LogLine& with(std::string_view key, long long value);

    void debug() const;
    void info() const;
    void warning() const;
    void error() const;

private:
    [[nodiscard]] std::string text() const;

    std::string message_;
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// A line as it is printed, without its end: for what set_up_log() installs.
/// \param text  of LogLine, or plain
[[nodiscard]] std::string format_log_line(LogFormat format, std::string_view time, std::string_view level,
                                          std::string_view text);

}  // namespace convene::discord
