// src/discord/commands/report.h: what a command has to say, before it is cut to Discord's sizes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "discord/wire/objects.h"

namespace convene::discord {

namespace colour {
inline constexpr int kGood = 0x2E7D32;
inline constexpr int kMixed = 0xF9A825;
inline constexpr int kBad = 0xC62828;
inline constexpr int kPlain = 0x546E7A;
}  // namespace colour

struct ReportEntry {
    std::string heading;
    std::vector<std::string> lines;

    friend bool operator==(const ReportEntry&, const ReportEntry&) = default;
};

/// Texts are Discord's markdown; what people wrote has gone through harmless().
struct Report {
    std::string title;
    std::vector<std::string> lead;  ///< lines under the title
    std::vector<ReportEntry> entries;
    std::string footer;  ///< `job ab3k…`
    int colour = colour::kPlain;

    friend bool operator==(const Report&, const Report&) = default;
};

/// One embed per page, each within every limit that Discord sets, nothing left out: what is too long for one
/// field goes on in the next, what is too long for a page on the next page. At least one page.
[[nodiscard]] std::vector<Embed> paged(const Report& report);

/// One page with buttons to the others. \param page  from 0; another number means the nearest
[[nodiscard]] NewMessage page_message(const std::vector<Embed>& pages, int page, const std::string& job_id);

/// Which page of which job a button means.
struct PageButton {
    std::string job_id;
    int page = 0;

    friend bool operator==(const PageButton&, const PageButton&) = default;
};
/// Empty for buttons that are not of page_message().
[[nodiscard]] std::optional<PageButton> read_page_button(const std::string& custom_id);

/// A report of one sentence and what to do about it.
[[nodiscard]] Report short_report(std::string title, std::vector<std::string> lines, int colour);

}  // namespace convene::discord
