// src/cli/terminal/terminal.h: what is known about the two ends that output goes to.
#pragma once
#include <string>
#include <string_view>

namespace convene::cli {

struct Terminal {
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool in_is_terminal = false;
    bool colour_out = false;  ///< a terminal, NO_COLOR unset or empty, TERM not `dumb`
    bool colour_err = false;
    bool live_err = false;  ///< a line may be redrawn: a terminal that is not `dumb`
    int width = 100;        ///< columns of standard output; COLUMNS or 100 when it is no terminal

    /// Asks the operating system and the environment.
    [[nodiscard]] static Terminal detect();
};

enum class Ink { plain, bold, dim, red, green, yellow, blue, magenta, cyan };

/// Colours text, or leaves it alone where colour is not wanted.
class Pen {
public:
    explicit Pen(bool colour) : colour_(colour) {}
    [[nodiscard]] bool colour() const noexcept { return colour_; }
    [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;
    /// `text` on one of the 256 palette colours.
    [[nodiscard]] std::string on(int background, int foreground, std::string_view text) const;

private:
    bool colour_;
};

}  // namespace convene::cli
