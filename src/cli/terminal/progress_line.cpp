#include "cli/terminal/progress_line.h"

#include <unistd.h>

#include <fmt/format.h>
#include <array>
#include <string_view>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 300ms;  // work done before this shows no line
constexpr auto kFrame = 120ms;
constexpr std::array<std::string_view, 8> kMarks = {"⠁", "⠉", "⠙", "⠸", "⢰", "⣠", "⣄", "⡆"};

void write_err(std::string_view text) {
    // A line that cannot be drawn is no reason to stop working.
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

ProgressLine::ProgressLine(const Terminal& terminal, std::string text)
    : live_(terminal.live_err),
      pen_(terminal.colour_err),
      width_(terminal.width),
      started_(std::chrono::steady_clock::now()),
      text_(std::move(text)) {
    if (live_) thread_ = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine() {
    if (!live_) return;
    {
        const std::scoped_lock lock(mutex_);
        done_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void ProgressLine::update(std::string text) {
    const std::scoped_lock lock(mutex_);
    text_ = std::move(text);
}

void ProgressLine::run() {
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, kPatience, [this] { return done_; })) return;
    for (std::size_t frame = 0; !done_; ++frame) {
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started_);
        const std::string clock = fmt::format("{:>2}s", elapsed.count());
        const int room = width_ - display_width(clock) - 4;
        const std::string shown = room > 1 ? truncated(printable(text_), room) : std::string();
        write_err(fmt::format("\r\033[K{} {} {}", pen_(Ink::cyan, kMarks[frame % kMarks.size()]),
                              pen_(Ink::dim, clock), shown));
        wake_.wait_for(lock, kFrame, [this] { return done_; });
    }
    write_err("\r\033[K");
}

}  // namespace convene::cli
