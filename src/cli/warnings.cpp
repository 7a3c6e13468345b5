#include "cli/warnings.h"

#include <fmt/format.h>

#include "cli/terminal/display_width.h"

namespace convene::cli {

void report_warnings(const std::string& source, const InputFaults& warnings, Context& context) {
    std::vector<std::string> lines;
    const std::string prefix = source.empty() ? "" : source + ": ";
    for (const InputFault& warning : warnings) lines.push_back(prefix + to_string(warning));
    report_warnings(lines, context);
}

void report_warnings(const std::vector<std::string>& warnings, Context& context) {
    const std::string mark = context.error_pen()(Ink::yellow, "warning:");
    for (const std::string& warning : warnings)
        context.output.err(fmt::format("{} {}\n", mark, printable(warning)));
}

}  // namespace convene::cli
