// src/cli/demo/eliding_output.h: the beginning and end of what a command prints.
#pragma once
#include <string>

#include "cli/output.h"

namespace convene::cli {

/// Collects standard output and shows it on finish(), long stretches cut out of the middle.
class ElidingOutput final : public Output {
public:
    ElidingOutput(Output& target, std::size_t most_lines) : target_(target), most_lines_(most_lines) {}
    void out(std::string_view text) override { collected_ += text; }
    void err(std::string_view text) override { target_.err(text); }
    void finish();

private:
    Output& target_;
    std::size_t most_lines_;
    std::string collected_;
};

}  // namespace convene::cli
