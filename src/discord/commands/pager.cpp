#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "discord/commands/report.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

// Discord's limits (developer documentation, § Embed Limits).
constexpr std::size_t kTitle = 256;
constexpr std::size_t kDescription = 4096;
constexpr std::size_t kFieldName = 256;
constexpr std::size_t kFieldValue = 1024;
constexpr std::size_t kFooter = 2048;
constexpr std::size_t kEmbed = 6000;
// Discord takes 25; a reader does not.
constexpr std::size_t kFieldsPerPage = 10;

constexpr std::string_view kContinued = " (continued)";
constexpr std::string_view kNothing = "\u200B";  // an empty field is refused
constexpr std::string_view kButtonMark = "convene:page:";

/// Trimmed, as Discord trims before it counts.
std::string line_of(const std::string& text, std::size_t limit) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return std::string(kNothing);
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return shortened(std::string_view(text).substr(begin, end - begin + 1), limit);
}

/// Lines joined to texts of at most `limit` characters each.
std::vector<std::string> joined(const std::vector<std::string>& lines, std::size_t limit) {
    std::vector<std::string> texts;
    std::size_t length = 0;
    for (const std::string& raw : lines) {
        const std::string line = line_of(raw, limit);
        const std::size_t more = discord_length(line);
        if (texts.empty() || length + 1 + more > limit) {
            texts.push_back(line);
            length = more;
        } else {
            texts.back() += '\n' + line;
            length += 1 + more;
        }
    }
    return texts;
}

class Pager {
public:
    explicit Pager(const Report& report) : report_(report), footer_(line_of(report.footer, kFooter / 2)) {
        open_page();
    }

    std::vector<Embed> pages() {
        bool first = true;
        for (const std::string& text : joined(report_.lead, kDescription)) {
            if (!first || !fits(discord_length(text))) open_page();
            page().description = text;
            used_ += discord_length(text);
            first = false;
        }
        for (const ReportEntry& entry : report_.entries) add(entry);
        finish();
        return std::move(pages_);
    }

private:
    // `Page 12 of 345 · ` and the report's own.
    static constexpr std::size_t kPageNumber = 40;

    Embed& page() { return pages_.back(); }

    void open_page() {
        Embed embed;
        embed.title = line_of(report_.title, kTitle);
        embed.colour = report_.colour;
        used_ = discord_length(embed.title) + discord_length(footer_) + kPageNumber;
        pages_.push_back(std::move(embed));
    }

    [[nodiscard]] bool fits(std::size_t more) const { return used_ + more <= kEmbed; }

    void add(const ReportEntry& entry) {
        const std::string heading = line_of(entry.heading, kFieldName - kContinued.size());
        std::vector<std::string> values = joined(entry.lines, kFieldValue);
        if (values.empty()) values.emplace_back(kNothing);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EmbedField field{i == 0 ? heading : heading + std::string(kContinued), std::move(values[i])};
            const std::size_t more = discord_length(field.name) + discord_length(field.value);
            if (page().fields.size() == kFieldsPerPage || !fits(more)) open_page();
            used_ += more;
            page().fields.push_back(std::move(field));
        }
    }

    void finish() {
        const bool several = pages_.size() > 1;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            if (several) pages_[i].footer = fmt::format("Page {} of {}", i + 1, pages_.size());
            if (report_.footer.empty()) continue;
            pages_[i].footer += (several ? " · " : "") + footer_;
        }
    }

    const Report& report_;
    std::string footer_;
    std::vector<Embed> pages_;
    std::size_t used_ = 0;  ///< characters of the last page, its footer included
};

std::string button_id(const std::string& job_id, int page, std::string_view what) {
    return fmt::format("{}{}:{}:{}", kButtonMark, job_id, page, what);
}

}  // namespace

std::vector<Embed> paged(const Report& report) {
    return Pager(report).pages();
}

NewMessage page_message(const std::vector<Embed>& pages, int page, const std::string& job_id) {
    NewMessage message;
    if (pages.empty()) return message;
    const int last = static_cast<int>(pages.size()) - 1;
    const int shown = std::clamp(page, 0, last);
    message.embeds.push_back(pages[static_cast<std::size_t>(shown)]);
    if (last > 0) {
        message.buttons.push_back({button_id(job_id, std::max(shown - 1, 0), "back"), "Back", shown == 0});
        message.buttons.push_back(
            {button_id(job_id, std::min(shown + 1, last), "next"), "Next", shown == last});
    }
    return message;
}

std::optional<PageButton> read_page_button(const std::string& custom_id) {
    if (!custom_id.starts_with(kButtonMark)) return std::nullopt;
    const std::string_view rest = std::string_view(custom_id).substr(kButtonMark.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    PageButton button{std::string(rest.substr(0, colon)), 0};
    const std::string_view number = rest.substr(colon + 1, rest.find(':', colon + 1) - colon - 1);
    const auto read = std::from_chars(number.data(), number.data() + number.size(), button.page);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return std::nullopt;
    return button;
}

Report short_report(std::string title, std::vector<std::string> lines, int colour) {
    Report report;
    report.title = std::move(title);
    report.lead = std::move(lines);
    report.colour = colour;
    return report;
}

}  // namespace convene::discord
