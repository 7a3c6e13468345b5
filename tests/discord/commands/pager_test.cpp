#include <gtest/gtest.h>

#include "discord/commands/report.h"
#include "discord/realize/text.h"
#include "discord/wire/message_json.h"

namespace convene::discord {
namespace {

std::size_t characters(const Embed& embed) {
    std::size_t sum =
        discord_length(embed.title) + discord_length(embed.description) + discord_length(embed.footer);
    for (const EmbedField& field : embed.fields)
        sum += discord_length(field.name) + discord_length(field.value);
    return sum;
}

void expect_within_limits(const std::vector<Embed>& pages) {
    for (const Embed& page : pages) {
        EXPECT_LE(discord_length(page.title), 256U);
        EXPECT_LE(discord_length(page.description), 4096U);
        EXPECT_LE(page.fields.size(), 25U);
        EXPECT_LE(discord_length(page.footer), 2048U);
        EXPECT_LE(characters(page), 6000U);
        for (const EmbedField& field : page.fields) {
            EXPECT_LE(discord_length(field.name), 256U);
            EXPECT_LE(discord_length(field.value), 1024U);
            EXPECT_FALSE(field.name.empty());
            EXPECT_FALSE(field.value.empty());
        }
    }
}

std::string whole_text(const std::vector<Embed>& pages) {
    std::string text;
    for (const Embed& page : pages) {
        text += page.description + '\n';
        for (const EmbedField& field : page.fields) text += field.name + '\n' + field.value + '\n';
    }
    return text;
}

Report groups(int count, int lines_each, const std::string& line) {
    Report report;
    report.title = "Spring";
    report.footer = "job abc";
    for (int group = 1; group <= count; ++group) {
        ReportEntry entry{"Group " + std::to_string(group), {}};
        for (int i = 0; i < lines_each; ++i)
            entry.lines.push_back(line + " " + std::to_string(group) + "/" + std::to_string(i) + ".");
        report.entries.push_back(std::move(entry));
    }
    return report;
}

TEST(Pager, a_short_report_is_one_page_without_buttons) {
    const auto pages = paged(groups(2, 1, "line"));
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(pages[0].footer, "job abc");
    EXPECT_TRUE(page_message(pages, 0, "abc").buttons.empty());
}

TEST(Pager, thirty_groups_of_thirty_lines_lose_nothing_and_keep_every_limit) {
    // Eight bytes, four characters as Discord counts them, two as people do.
    const auto pages = paged(groups(30, 30, "𝒜𝒷 is in this group and meets"));
    expect_within_limits(pages);
    EXPECT_GT(pages.size(), 5U);
    const std::string text = whole_text(pages);
    for (int group = 1; group <= 30; ++group) {
        for (int i = 0; i < 30; ++i)
            EXPECT_NE(text.find(" " + std::to_string(group) + "/" + std::to_string(i) + "."),
                      std::string::npos);
    }
    EXPECT_EQ(pages.back().footer,
              "Page " + std::to_string(pages.size()) + " of " + std::to_string(pages.size()) + " · job abc");
}

TEST(Pager, one_line_longer_than_a_field_is_cut_and_an_empty_one_is_none) {
    Report report = groups(1, 0, "");
    report.title = std::string(400, 't');
    report.lead = {std::string(9000, 'd'), "", "   "};
    report.entries[0].heading = std::string(400, 'h');
    report.entries[0].lines = {std::string(3000, 'x'), " ", ""};
    report.entries.push_back({"", {}});
    expect_within_limits(paged(report));
}

TEST(Pager, a_long_lead_goes_on_on_the_next_page) {
    Report report = groups(3, 1, "line");
    for (int i = 0; i < 100; ++i) report.lead.push_back(std::string(100, 'w') + std::to_string(i) + ";");
    const auto pages = paged(report);
    expect_within_limits(pages);
    for (int i = 0; i < 100; ++i)
        EXPECT_NE(whole_text(pages).find("w" + std::to_string(i) + ";"), std::string::npos);
}

TEST(Pager, sizes_at_the_edge_of_every_limit_stay_within) {
    for (const std::size_t size : {255U, 256U, 1023U, 1024U, 1025U, 4095U, 4096U, 4097U, 5990U, 6000U}) {
        for (const char* letter : {"a", "é", "😀"}) {
            std::string text;
            while (discord_length(text) < size) text += letter;
            Report report = groups(12, 3, text);
            report.title = report.footer = text;
            report.lead = {text, text};
            expect_within_limits(paged(report));
        }
    }
}

TEST(Pager, buttons_lead_to_the_neighbours_and_are_understood) {
    const auto pages = paged(groups(40, 2, "line"));
    ASSERT_EQ(pages.size(), 4U);
    const NewMessage first = page_message(pages, 0, "abc");
    ASSERT_EQ(first.buttons.size(), 2U);
    EXPECT_TRUE(first.buttons[0].disabled);
    EXPECT_EQ(read_page_button(first.buttons[1].custom_id), (PageButton{"abc", 1}));
    const NewMessage last = page_message(pages, 99, "abc");
    EXPECT_TRUE(last.buttons[1].disabled);
    EXPECT_EQ(read_page_button(last.buttons[0].custom_id), (PageButton{"abc", 2}));
    EXPECT_NE(last.buttons[0].custom_id, last.buttons[1].custom_id);
    EXPECT_LE(first.buttons[1].custom_id.size(), 100U);
    for (const char* other : {"", "convene:page:", "convene:page:abc", "convene:page:abc:x", "else:abc:1"})
        EXPECT_FALSE(read_page_button(other)) << other;
}

TEST(Pager, pages_come_back_as_they_were_kept) {
    const auto pages = paged(groups(20, 2, "line"));
    EXPECT_EQ(read_embeds(write_embeds(pages)), pages);
}

}  // namespace
}  // namespace convene::discord
