// src/cli/bad_input.h: input that a command cannot work with, on its way to exit code 3.
#pragma once
#include <stdexcept>
#include <string>

#include "core/model/input_fault.h"

namespace convene::cli {

/// Every fault of one source, with what to do about them.
class BadInput : public std::runtime_error {
public:
    BadInput(std::string source, InputFaults faults, std::string advice = {})
        : std::runtime_error(source + " has faults"),
          source_(std::move(source)),
          faults_(std::move(faults)),
          advice_(std::move(advice)) {}

    /// A file name or `standard input`; empty when the paths of the faults say it all.
    [[nodiscard]] const std::string& source() const noexcept { return source_; }
    [[nodiscard]] const InputFaults& faults() const noexcept { return faults_; }
    [[nodiscard]] const std::string& advice() const noexcept { return advice_; }

private:
    std::string source_;
    InputFaults faults_;
    std::string advice_;
};

/// The command line asks for something that cannot be meant: exit code 2.
class WrongUsage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace convene::cli
