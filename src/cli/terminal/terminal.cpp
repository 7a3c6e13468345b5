#include "cli/terminal/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <charconv>
#include <cstdlib>

namespace convene::cli {
namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

int columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const std::string_view text = environment("COLUMNS");
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value > 0 ? value : 100;
}

std::string_view code(Ink ink) {
    switch (ink) {
        case Ink::plain:
            return "0";
        case Ink::bold:
            return "1";
        case Ink::dim:
            return "2";
        case Ink::red:
            return "31";
        case Ink::green:
            return "32";
        case Ink::yellow:
            return "33";
        case Ink::blue:
            return "34";
        case Ink::magenta:
            return "35";
        case Ink::cyan:
            return "36";
    }
    return "0";
}

}  // namespace

Terminal Terminal::detect() {
    Terminal terminal;
    terminal.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    terminal.err_is_terminal = isatty(STDERR_FILENO) == 1;
    terminal.in_is_terminal = isatty(STDIN_FILENO) == 1;
    const bool dumb = environment("TERM").empty() || environment("TERM") == "dumb";
    const bool colour = environment("NO_COLOR").empty() && !dumb;
    terminal.colour_out = terminal.out_is_terminal && colour;
    terminal.colour_err = terminal.err_is_terminal && colour;
    terminal.live_err = terminal.err_is_terminal && !dumb;
    terminal.width = columns();
    return terminal;
}

std::string Pen::operator()(Ink ink, std::string_view text) const {
    if (!colour_ || ink == Ink::plain || text.empty()) return std::string(text);
    return fmt::format("\033[{}m{}\033[0m", code(ink), text);
}

std::string Pen::on(int background, int foreground, std::string_view text) const {
    if (!colour_) return std::string(text);
    return fmt::format("\033[48;5;{};38;5;{}m{}\033[0m", background, foreground, text);
}

}  // namespace convene::cli
