// One story of a cohort's home, in every mode of the sandbox: realized, found again, joined late,
// left and rejoined, hidden by a person, and grown old.
#include "tests/discord_sandbox/modes.h"

#include <algorithm>

#include "tests/discord_sandbox/realize_server.h"

namespace convene::discord {
namespace {

class RealizeInEveryMode : public ::testing::TestWithParam<Mode> {
protected:
    RealizeInEveryMode() {
        server.timeout = milliseconds(10000);
        server.store.cohort = cohort_of(2, 2);
        server.control("POST", "/settings", GetParam().settings);
        // What is under way when a limit strikes that no header shows cannot be recalled.
        if (GetParam().settings.contains("server_writes")) server.threads = 1;
        server.everybody_joins();
    }
    const std::string& someone() const { return *server.store.cohort.groups[0].members[1].discord_id; }
    void leaves() { server.control("DELETE", "/members/" + someone()); }
    void joins() {
        server.control("POST", "/members",
                       {{"id", someone()}, {"username", "late"}, {"administrator", false}});
    }
    void realize(const char* when) {
        const RealizationOutcome outcome = server.realize();
        EXPECT_EQ(outcome.failure, "") << when;
        EXPECT_TRUE(outcome.not_done.empty()) << when;
    }
    /// A person sets what the bot may do there.
    void give_bot(const std::string& channel, const std::string& allow, const std::string& deny) {
        const auto& here = server.process.endpoints();
        server.control("POST", "/act",
                       {{"user_id", here.admin_user_id},
                        {"method", "PUT"},
                        {"path", "/channels/" + channel + "/permissions/" + here.bot_user_id},
                        {"body", {{"type", 1}, {"allow", allow}, {"deny", deny}}}});
    }
    static bool tells_of_hidden(const RealizationOutcome& outcome) {
        EXPECT_EQ(outcome.failure, "");
        return std::any_of(outcome.notes.begin(), outcome.notes.end(), [](const RealizationNote& note) {
            return note.message.find("hidden from the bot") != std::string::npos;
        });
    }
    std::size_t count(const std::string& name) {
        const Json channels = server.control("GET", "/state").at("channels");
        return static_cast<std::size_t>(
            std::count_if(channels.begin(), channels.end(),
                          [&](const Json& channel) { return channel.at("name") == name; }));
    }

    RealizeServer server;
};

TEST_P(RealizeInEveryMode, each_thing_is_there_once_and_shown_to_whom_it_belongs) {
    leaves();
    realize("with somebody missing");
    // An overwrite that follows a channel's creation at once may be lost without a word; nobody joins that
    // fast.
    server.control("POST", "/clock", {{"advance_seconds", 10}});
    joins();
    realize("after they joined");
    EXPECT_EQ(server.fault(1), "") << "after they joined";
    const int writes = server.count("writes");
    realize("with nothing to do");
    EXPECT_EQ(server.count("writes"), writes) << "a further run writes nothing";

    leaves();
    joins();
    realize("after they rejoined");
    EXPECT_EQ(server.fault(1), "") << "after they rejoined";

    // Somebody hides a channel from the bot: it is not made again.
    const std::string text = *server.store.cohort.groups[0].discord_text_channel_id;
    const int before = server.count("writes");
    give_bot(text, "0", "1024");
    for (int run = 0; run < 2; ++run) {
        EXPECT_TRUE(tells_of_hidden(server.realize()));
        EXPECT_EQ(count("group-1"), 1U) << "a hidden channel is no reason for another one";
    }
    EXPECT_EQ(server.count("writes"), before) << "of what is hidden nothing is touched";
    give_bot(text, "85008", "0");
    EXPECT_FALSE(tells_of_hidden(server.realize())) << "shown again it is as before";
    leaves();
    joins();
    realize("after it was hidden");
    EXPECT_EQ(server.fault(1), "") << "after it was hidden";

    // The first meeting passes; nobody makes its event again.
    server.control("POST", "/clock", {{"advance_seconds", 2 * 86400}});
    (void)server.realize();
    EXPECT_EQ(server.fault(1), "") << "when the first meeting is over";
    EXPECT_EQ(server.count("violations"), 0);
}

INSTANTIATE_TEST_SUITE_P(Modes, RealizeInEveryMode, ::testing::ValuesIn(modes()),
                         [](const auto& mode) { return mode.param.name; });

}  // namespace
}  // namespace convene::discord
