// src/cli/output.h: standard output and standard error, written whole or not at all.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace convene::cli {

/// Standard output could not take what was printed (a full disk, say).
class OutputFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Where a command prints. Tests give one that collects.
class Output {
public:
    virtual ~Output() = default;
    /// For people and pipes. Text for a reader who has left (`convene groups x | head`) is dropped.
    /// \throws OutputFailure
    virtual void out(std::string_view text) = 0;
    /// Messages, progress, errors. Never throws.
    virtual void err(std::string_view text) = 0;
};

/// File descriptors 1 and 2. The program must ignore SIGPIPE.
class StandardOutput final : public Output {
public:
    void out(std::string_view text) override;
    void err(std::string_view text) override;

private:
    bool reader_left_ = false;
};

}  // namespace convene::cli
