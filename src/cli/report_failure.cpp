#include "cli/report_failure.h"

#include <fmt/format.h>
#include <new>
#include <string>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

std::string retry_advice(Retry retry) {
    switch (retry) {
        case Retry::safe:
            return "Nothing was done; running the command again is safe.";
        case Retry::useless:
            return "Running it again will fail the same way until this is mended.";
        case Retry::unknown:
            return "It may or may not have been done: look before you run it again.";
    }
    return {};
}

void say(Output& output, const Pen& pen, const std::string& message, const std::string& next) {
    output.err(fmt::format("{} {}\n", pen(Ink::red, "convene:"), printable(message)));
    if (!next.empty()) output.err(fmt::format("{}\n", next));
}

}  // namespace

void report_faults(const BadInput& bad_input, Output& output, const Pen& pen) {
    const std::string source =
        bad_input.source().empty() ? "" : pen(Ink::bold, printable(bad_input.source()) + ": ");
    for (const InputFault& fault : bad_input.faults()) {
        output.err(fmt::format("{}{}\n", source, printable(to_string(fault))));
    }
    const std::size_t count = bad_input.faults().size();
    const std::string advice = bad_input.advice().empty()
                                   ? "Nothing was changed. Mend it and run the command again."
                                   : bad_input.advice();
    output.err(count == 1 ? advice + '\n' : fmt::format("{} faults. {}\n", count, advice));
}

ExitCode report_failure(const std::exception& error, Output& output, const Pen& pen) {
    if (const auto* bad_input = dynamic_cast<const BadInput*>(&error)) {
        report_faults(*bad_input, output, pen);
        return ExitCode::bad_input;
    }
    if (dynamic_cast<const WrongUsage*>(&error) != nullptr) {
        say(output, pen, error.what(), "");
        return ExitCode::wrong_usage;
    }
    if (const auto* store = dynamic_cast<const StoreFailure*>(&error)) {
        say(output, pen, error.what(), retry_advice(store->retry()));
    } else if (const auto* discord = dynamic_cast<const DiscordFailure*>(&error)) {
        say(output, pen, error.what(), retry_advice(discord->retry()));
    } else if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
        say(output, pen, "out of memory", "");
    } else {
        say(output, pen, error.what(), "");
    }
    return ExitCode::failed;
}

}  // namespace convene::cli
