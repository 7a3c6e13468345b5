#include "cli/demo/eliding_output.h"

#include <fmt/format.h>
#include <vector>

namespace convene::cli {

void ElidingOutput::finish() {
    std::vector<std::string_view> lines;
    std::string_view rest = collected_;
    while (!rest.empty()) {
        const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
        lines.push_back(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    const std::size_t tail = most_lines_ / 3;
    const std::size_t head = most_lines_ - tail;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool shown = lines.size() <= most_lines_ + 1 || i < head || i >= lines.size() - tail;
        if (shown) target_.out(lines[i]);
        if (!shown && i == head)
            target_.out(fmt::format("  … {} more lines …\n", lines.size() - most_lines_));
    }
    collected_.clear();
}

}  // namespace convene::cli
