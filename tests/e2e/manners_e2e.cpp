// How the program behaves towards shells, pipes and people in a hurry.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::vector<std::string>>& commands() {
    static const std::vector<std::vector<std::string>> kCommands = {
        {"solve"},    {"check"},   {"db", "migrate"}, {"db", "status"}, {"import"}, {"cohorts"},
        {"schedule"}, {"groups"},  {"explain"},       {"move"},         {"remove"}, {"retime"},
        {"rename"},   {"pin"},     {"unpin"},         {"lead"},         {"undo"},   {"runs"},
        {"realize"},  {"sandbox"}, {"demo"},          {"serve"}};
    return kCommands;
}

TEST(Help, every_command_has_one_with_an_example) {
    const Rehearsal rehearsal;
    const std::string overview = rehearsal.convene({"--help"}).out;
    for (auto words : commands()) {
        EXPECT_THAT(overview, HasSubstr("  " + words[0]));
        words.push_back("--help");
        const ProgramResult help = rehearsal.convene(words);
        EXPECT_EQ(help.exit_code, 0) << words[0];
        EXPECT_THAT(help.out, HasSubstr("Example:")) << words[0];
        EXPECT_EQ(help.err, "") << words[0];
    }
}

TEST(Usage, wrong_words_end_with_2_and_point_to_the_help) {
    const Rehearsal rehearsal;
    for (const auto& words :
         std::vector<std::vector<std::string>>{{},
                                               {"frobnicate"},
                                               {"solve"},
                                               {"solve", "a", "b"},
                                               {"solve", instance("24"), "--seed", "x"},
                                               {"solve", instance("24"), "--time-limit", "-1"},
                                               {"solve", instance("24"), "--no-such-option"},
                                               {"check", "-", "-"},
                                               {"db"},
                                               {"db", "drop"},
                                               {"move", "p1"},
                                               {"schedule", "1", "--min", "0"},
                                               {"sandbox", "--port", "70000"}}) {
        const ProgramResult result = rehearsal.convene(words);
        EXPECT_EQ(result.exit_code, 2) << (words.empty() ? "nothing" : words.back()) << ": " << result.err;
        EXPECT_EQ(result.out, "");
        EXPECT_NE(result.err, "");
    }
}

TEST(Database, the_option_stands_before_or_after_the_command_and_wins_over_the_environment) {
    const Rehearsal rehearsal;
    const std::string other = "sqlite:" + (rehearsal.folder().path() / "other.db").string();
    ASSERT_EQ(rehearsal.convene({"--db", other, "import", instance("24")}).exit_code, 0);
    EXPECT_EQ(rehearsal.convene({"cohorts", "--db", other}).exit_code, 0);
    EXPECT_EQ(rehearsal.convene({"db", "status", "--db", other}).exit_code, 0);
    EXPECT_EQ(rehearsal.convene({"cohorts"}).exit_code, 4) << "the environment's database was never made";
}

TEST(Database, one_that_cannot_be_reached_ends_with_4_and_its_password_is_not_repeated) {
    const Rehearsal rehearsal;
    const ProgramResult result = rehearsal.convene(
        {"cohorts", "--db", "postgresql://ann:hunter2@127.0.0.1:1/nowhere?connect_timeout=2"});
    EXPECT_EQ(result.exit_code, 4);
    EXPECT_NE(result.err, "");
    EXPECT_THAT(result.out + result.err, Not(HasSubstr("hunter2")));
}

TEST(Serve, beyond_this_machine_it_starts_only_with_an_address_a_login_and_encryption) {
    const Rehearsal rehearsal;
    const auto refused = [&](std::vector<std::string> words, const char* why) {
        words.insert(words.begin(), "serve");
        const ProgramResult result = rehearsal.convene(words);
        EXPECT_EQ(result.exit_code, 3) << words.back() << result.err;
        EXPECT_EQ(result.out, "");
        EXPECT_THAT(result.err, HasSubstr(why));
    };
    refused({"--listen", "0.0.0.0"}, "--public-url");
    refused({"--listen", "0.0.0.0", "--public-url", "https://board.example.org"}, "--certificate");
    refused({"--listen", "::", "--public-url", "http://board.example.org", "--behind-proxy"}, "https://");
    refused({"--certificate", "cert.pem"}, "--key");
    const ProgramResult unreadable =
        rehearsal.convene({"serve", "--certificate", "missing.pem", "--key", "missing.pem"});
    EXPECT_NE(unreadable.exit_code, 0);
    EXPECT_THAT(unreadable.err, HasSubstr("missing.pem"));
}

TEST(Discord, realize_without_settings_ends_with_3_and_says_which_are_missing) {
    const Rehearsal rehearsal;
    ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
    const ProgramResult result = rehearsal.convene({"realize", "1"});
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("DISCORD_TOKEN"));
    EXPECT_THAT(result.err, HasSubstr("DISCORD_GUILD_ID"));
}

TEST(Discord, one_that_cannot_be_reached_or_refuses_the_token_ends_with_4_and_keeps_the_token_secret) {
    Rehearsal rehearsal;
    const SandboxProgram sandbox;
    rehearsal.use(sandbox);
    ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
    ASSERT_EQ(rehearsal.convene({"schedule", "1"}).exit_code, 0);
    for (const auto& [name, value] : {std::pair{"DISCORD_TOKEN", "not-the-token-at-all"},
                                      std::pair{"DISCORD_API_BASE", "http://127.0.0.1:1/api/v10"}}) {
        ProgramOptions options = rehearsal.options();
        options.environment[name] = value;
        const ProgramResult result = run_program(CONVENE_PROGRAM, {"realize", "1"}, options);
        EXPECT_EQ(result.exit_code, 4) << name << ": " << result.out << result.err;
        EXPECT_THAT(result.out + result.err, Not(HasSubstr(options.environment["DISCORD_TOKEN"])));
    }
}

TEST(Output, is_plain_without_a_terminal) {
    const Rehearsal rehearsal;
    ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
    for (const auto& words : std::vector<std::vector<std::string>>{{"schedule", "1"},
                                                                   {"cohorts"},
                                                                   {"groups", "1"},
                                                                   {"explain", "1"},
                                                                   {"runs", "1"},
                                                                   {"db", "status"}}) {
        const ProgramResult result = rehearsal.convene(words);
        EXPECT_EQ(result.exit_code, 0) << words[0] << result.err;
        EXPECT_THAT(result.out + result.err, Not(HasSubstr("\033"))) << words[0];
        EXPECT_THAT(result.out + result.err, Not(HasSubstr("\r"))) << words[0];
    }
}

// The command line as a person sees it: script(1) gives the program a terminal and passes on what it draws.
ProgramResult on_a_terminal(const Rehearsal& rehearsal, const std::string& words,
                            const std::map<std::string, std::string>& environment) {
    ProgramOptions options = rehearsal.options();
    options.environment["TERM"] = "xterm";
    for (const auto& [name, value] : environment) options.environment[name] = value;
    return run_program("/usr/bin/script", {"-qec", std::string(CONVENE_PROGRAM) + ' ' + words, "/dev/null"},
                       options);
}

TEST(Output, has_colour_on_a_terminal_and_none_under_NO_COLOR) {
    const Rehearsal rehearsal;
    ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
    ASSERT_EQ(rehearsal.convene({"schedule", "1"}).exit_code, 0);
    const ProgramResult coloured = on_a_terminal(rehearsal, "groups 1", {});
    EXPECT_EQ(coloured.exit_code, 0) << coloured.out;
    EXPECT_THAT(coloured.out, HasSubstr("\033[1m"));
    EXPECT_THAT(coloured.out, HasSubstr("\033[48;5;")) << "the heat map has no heat";
    const ProgramResult plain = on_a_terminal(rehearsal, "groups 1", {{"NO_COLOR", "1"}});
    EXPECT_EQ(plain.exit_code, 0) << plain.out;
    EXPECT_THAT(plain.out, HasSubstr("Group 1"));
    EXPECT_THAT(plain.out, Not(HasSubstr("\033[")));
}

TEST(Output, shows_progress_on_a_terminal_for_work_that_takes_a_while_and_wipes_it_away) {
    const Rehearsal rehearsal;
    const ProgramResult result = on_a_terminal(rehearsal, "solve " + instance("1000") + " >/dev/null", {});
    EXPECT_EQ(result.exit_code, 0) << result.out;
    EXPECT_THAT(result.out, HasSubstr("placed"));
    EXPECT_THAT(result.out, ::testing::EndsWith("\r\033[K"));
}

TEST(Output, every_json_answer_parses) {
    const Rehearsal rehearsal;
    EXPECT_TRUE(rehearsal.json({"import", instance("24")}).is_object());
    EXPECT_TRUE(rehearsal.json({"db", "migrate"}).is_object());
    EXPECT_TRUE(rehearsal.json({"db", "status"}).is_object());
    EXPECT_TRUE(rehearsal.json({"cohorts"}).is_array());
    EXPECT_TRUE(rehearsal.json({"schedule", "1"}).is_object());
    EXPECT_TRUE(rehearsal.json({"groups", "1"}).is_object());
    EXPECT_TRUE(rehearsal.json({"explain", "1"}).is_object());
    EXPECT_TRUE(rehearsal.json({"runs", "1"}).is_object());
    EXPECT_TRUE(rehearsal.json({"rename", "Group 1", "One"}).is_object());
    EXPECT_TRUE(rehearsal.json({"undo"}).is_object());
}

TEST(Output, a_full_disk_is_reported_and_a_reader_who_left_is_not) {
    const Rehearsal rehearsal;
    const std::string program = CONVENE_PROGRAM;
    const ProgramResult full =
        run_program("/bin/sh", {"-c", program + " --help > /dev/full"}, rehearsal.options());
    EXPECT_EQ(full.exit_code, 4) << full.err;
    EXPECT_THAT(full.err, HasSubstr("standard output"));
    const ProgramResult left = run_program(
        "/bin/bash", {"-c", program + " solve " + instance("24") + " | true; exit ${PIPESTATUS[0]}"},
        rehearsal.options());
    EXPECT_EQ(left.exit_code, 0) << left.err;
}

TEST(Demo, ends_with_the_server_drawn_and_leaves_nothing_behind) {
    const Rehearsal rehearsal;
    ProgramOptions options = rehearsal.options();
    options.environment["TMPDIR"] = rehearsal.folder().path();
    const ProgramResult demo = run_program(CONVENE_PROGRAM, {"demo"}, options);
    ASSERT_EQ(demo.exit_code, 0) << demo.out << demo.err;
    EXPECT_THAT(demo.out, HasSubstr("category, seen by"));
    EXPECT_THAT(demo.out, HasSubstr("the welcome message:"));
    EXPECT_THAT(demo.out, HasSubstr(", 0 of them a change")) << "the second realize wrote nothing";
    EXPECT_TRUE(std::filesystem::is_empty(rehearsal.folder().path())) << "no file of it is left";
}

}  // namespace
}  // namespace convene::test
