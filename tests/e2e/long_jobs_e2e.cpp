// A search that takes longer than people, and Discord, like to wait.
#include <gmock/gmock.h>

#include <regex>

#include "tests/e2e/bot_rehearsal.h"
#include "tests/support/hard_cohort.h"

namespace convene::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kPeople = 300;

struct Shown {
    double ms = 0;  ///< after the command
    std::string content;
};

class LongJob : public ::testing::Test {
protected:
    LongJob() : admin_(sandbox_, sandbox_.admin()) {
        rehearsal_.use(sandbox_);
        const auto file = rehearsal_.folder().write("hard.json", hard_cohort(1, kPeople, 0));
        cohort_ = std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>());
    }

    std::vector<Shown> edits_of(const std::string& interaction) const {
        std::vector<Shown> edits;
        const json answer = admin_.answer(interaction);
        for (const json& step : answer.at("history")) {
            if (step.at("what") == "edit") edits.push_back({step.at("ms"), step.at("content")});
        }
        return edits;
    }
    std::string content_of(const std::string& interaction) const {
        return admin_.answer(interaction).at("content");
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
    User admin_;
    std::string cohort_;
};

TEST_F(LongJob, says_how_far_it_is_and_reports_in_the_channel_when_its_answer_can_no_longer_be_changed) {
    BotProgram bot(rehearsal_, {"--time-limit", "8", "--threads", "1"});
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort_}});

    // Progress is shown at once, then at most every two seconds, with what is placed and what is possible.
    ASSERT_TRUE(soon([&] { return edits_of(scheduling).size() >= 2; })) << admin_.answer(scheduling).dump(1);
    const std::vector<Shown> progress = edits_of(scheduling);
    for (std::size_t i = 1; i < progress.size(); ++i)
        EXPECT_GE(progress[i].ms - progress[i - 1].ms, 1999) << progress[i].content;
    std::smatch match;
    const std::regex form("Scheduling 300 users… ([0-9]+) placed, at most ([0-9]+) possible");
    ASSERT_TRUE(std::regex_match(progress.back().content, match, form)) << progress.back().content;
    EXPECT_GT(std::stoi(match[1]), 0);
    EXPECT_LE(std::stoi(match[1]), std::stoi(match[2]));
    EXPECT_LE(std::stoi(match[2]), kPeople);

    // Its token dies before it ends.
    sandbox_.post("/clock", {{"advance_seconds", 901}});
    std::vector<json> said;
    ASSERT_TRUE(soon([&] { return !(said = channel_messages(sandbox_)).empty(); }));
    EXPECT_THAT(said, SizeIs(1));
    EXPECT_THAT(said[0].at("content").get<std::string>(), HasSubstr("your `/schedule` is done"));
    EXPECT_THAT(text_of(said[0]), HasSubstr("The time limit ended the search: no plan places more than"));

    // What was said last of the progress would be wrong for ever.
    EXPECT_TRUE(soon([&] { return content_of(scheduling).find("placed") == std::string::npos; }));
    EXPECT_THAT(content_of(scheduling), HasSubstr("the result stands [below](https://discord.com/channels/" +
                                                  sandbox_.guild() + "/"));
    EXPECT_THAT(content_of(scheduling), HasSubstr("/" + said[0].at("id").get<std::string>() + ")"));
    EXPECT_THAT(admin_.answer(scheduling).at("embeds"), IsEmpty());
    EXPECT_EQ(bot.stop().exit_code, 0);
}

}  // namespace
}  // namespace convene::test
