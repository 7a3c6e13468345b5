// Every kind of bad input: exit code 3, all faults with their paths, and a database that is as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/e2e/database_dump.h"
#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct BadFile {
    const char* name;
    std::string content;
    std::vector<std::string> said;  ///< all of it must stand on standard error
};

std::string cohort(const std::string& people, const std::string& rest = "") {
    return R"({"format":"convene/cohort@1","cohort":{"name":"C","start_date":"2025-01-15","number_of_group_meetings":8},)"
           R"("people":[)" +
           people + "]" + rest + "}";
}

std::string person(const std::string& fields) {
    return R"({"id":"p1","role":"participant","timezone":"UTC")" + fields + "}";
}

std::vector<BadFile> bad_files() {
    return {
        {"empty", "", {}},
        {"blank", " \n\t", {}},
        {"not_json", "hello", {}},
        {"cut_off", R"({"format": "convene/cohort@1", "coho)", {}},
        {"binary",
         std::string("\x7f"
                     "ELF\0\xff\xfe\x00\x01",
                     9),
         {}},
        {"invalid_utf8", cohort(person(",\"name\":\"\xff\xfe\"")), {}},
        {"a_list", "[]", {}},
        {"nested_too_deep", std::string(100000, '['), {}},
        {"wrong_format", R"({"format":"convene/cohort@9"})", {"format"}},
        {"nothing_required", R"({"format":"convene/cohort@1"})", {"cohort"}},
        {"wrong_kinds",
         cohort(R"({"id":1,"role":true,"timezone":[]})"),
         {"people[0].id", "people[0].role", "people[0].timezone"}},
        {"unknown_zone",
         cohort(R"({"id":"p1","role":"participant","timezone":"Mars/Olympus"})"),
         {"people[0].timezone", "Mars/Olympus"}},
        {"empty_zone", cohort(R"({"id":"p1","role":"participant","timezone":""})"), {"people[0].timezone"}},
        {"unknown_role", cohort(R"({"id":"p1","role":"guru","timezone":"UTC"})"), {"people[0].role", "guru"}},
        {"same_id_twice", cohort(person("") + "," + person("")), {"people[1].id"}},
        {"bad_hours",
         cohort(person(R"(,"available":{"Tue":["09:00-10:00"],"Monday":["9-10","25:00-26:00"]})")),
         {"people[0].available", "people[0].available.Monday[0]", "people[0].available.Monday[1]"}},
        {"bad_date",
         R"({"format":"convene/cohort@1","cohort":{"name":"C","start_date":"2025-02-30","number_of_group_meetings":8},"people":[]})",
         {"cohort.start_date", "2025-02-30"}},
        {"bad_numbers",
         R"({"format":"convene/cohort@1","cohort":{"name":"C","start_date":"2025-01-15","number_of_group_meetings":0,"meeting_minutes":-5},"rules":{"min_size":9,"max_size":3,"start_step_minutes":7},"people":[]})",
         {"cohort.number_of_group_meetings", "cohort.meeting_minutes", "rules."}},
        {"unknown_references",
         cohort(person(""), R"(,"together":[["p1","nobody"]],"apart":[["ghost","p1"]])"),
         {"together[0][1]", "apart[0][0]"}},
        {"two_values_of_one_key", R"({"format":"convene/cohort@1","format":"convene/cohort@1"})", {"format"}},
        {"faults_of_many_people",
         cohort(
             R"({"id":"a","role":"x","timezone":"UTC"},{"id":"b","role":"participant","timezone":"No/Where"},{"role":"participant","timezone":"UTC"})"),
         {"people[0].role", "people[1].timezone", "people[2].id"}},
    };
}

class BadFiles : public ::testing::TestWithParam<BadFile> {};
INSTANTIATE_TEST_SUITE_P(Each, BadFiles, ::testing::ValuesIn(bad_files()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_P(BadFiles, end_with_3_name_every_fault_and_change_nothing) {
    const Rehearsal rehearsal;
    const std::string file = rehearsal.folder().write("bad.cohort.json", GetParam().content);
    const std::string missing_database = rehearsal.database_url().substr(7);
    for (const bool with_database : {false, true}) {
        if (with_database) {
            ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
        }
        const std::string before = dump(rehearsal.database_url());
        for (const auto& words : std::vector<std::vector<std::string>>{{"solve", file},
                                                                       {"check", file, file},
                                                                       {"import", file},
                                                                       {"import", file, "--cohort", "1"}}) {
            const ProgramResult result = rehearsal.convene(words);
            EXPECT_EQ(result.exit_code, 3) << words[0] << ": " << result.out << result.err;
            EXPECT_EQ(result.out, "") << words[0];
            EXPECT_THAT(result.err, HasSubstr("bad.cohort.json")) << words[0];
            for (const std::string& text : GetParam().said)
                EXPECT_THAT(result.err, HasSubstr(text)) << words[0];
        }
        EXPECT_EQ(dump(rehearsal.database_url()), before);
        if (!with_database) {
            EXPECT_FALSE(std::filesystem::exists(missing_database))
                << "a faulty file must not even create a database";
        }
    }
}

TEST_P(BadFiles, are_refused_on_standard_input_too) {
    const Rehearsal rehearsal;
    const ProgramResult result = rehearsal.convene({"solve", "-"}, GetParam().content);
    EXPECT_EQ(result.exit_code, 3) << result.out;
    EXPECT_THAT(result.err, HasSubstr("standard input"));
}

TEST(Files, that_are_missing_or_no_files_are_bad_input_and_named) {
    const Rehearsal rehearsal;
    for (const std::string& path : {std::string("no-such-file.json"), rehearsal.folder().path().string()}) {
        for (const auto& words : std::vector<std::vector<std::string>>{{"solve", path},
                                                                       {"import", path},
                                                                       {"check", path, instance("24")},
                                                                       {"check", instance("24"), path}}) {
            const ProgramResult result = rehearsal.convene(words);
            EXPECT_EQ(result.exit_code, 3) << words[0] << ": " << result.err;
            EXPECT_THAT(result.err, HasSubstr(path));
        }
    }
}

TEST(Plans, that_are_none_are_bad_input_and_not_violations) {
    const Rehearsal rehearsal;
    for (const char* text :
         {"", "{}", "[1]", R"({"format":"convene/plan@2"})", R"({"format":"convene/plan@1","groups":7})"}) {
        const ProgramResult result = rehearsal.convene({"check", instance("24"), "-"}, text);
        EXPECT_EQ(result.exit_code, 3) << text << ": " << result.out << result.err;
        EXPECT_THAT(result.err, HasSubstr("standard input"));
    }
}

TEST(Names, that_mean_nothing_are_bad_input_with_what_there_is) {
    const Rehearsal rehearsal;
    ASSERT_EQ(rehearsal.convene({"import", instance("24")}).exit_code, 0);
    ASSERT_EQ(rehearsal.convene({"schedule", "1"}).exit_code, 0);
    const std::string before = dump(rehearsal.database_url());
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"schedule", "Nowhere"},
             {"groups", "99"},
             {"explain", "1", "Nobody"},
             {"move", "Nobody", "--to", "Group 1"},
             {"move", "p1", "--to", "Group 99"},
             {"retime", "Group 1", "--to", "Someday 99:00"},
             {"retime", "Group 1", "--to", "Monday 10:00", "--anchor", "No/Where"},
             {"schedule", "1", "--min", "9", "--max", "4"},
             {"rename", "Group 1", ""}}) {
        const ProgramResult result = rehearsal.convene(words);
        EXPECT_EQ(result.exit_code, 3) << words[0] << ' ' << words[1] << ": " << result.out << result.err;
        EXPECT_THAT(result.err, Not(HasSubstr("terminate called")));
    }
    EXPECT_EQ(dump(rehearsal.database_url()), before);
}

TEST(Configuration, a_faulty_file_is_named_and_secrets_are_not_repeated) {
    const Rehearsal rehearsal;
    rehearsal.folder().write("convene.toml", "DISCORD_TOKEN = [\"hush\"]\nDISCORD_GUILD_ID = \n");
    const ProgramResult result = rehearsal.convene({"cohorts"});
    EXPECT_EQ(result.exit_code, 3) << result.out;
    EXPECT_THAT(result.err, HasSubstr("convene.toml"));
    EXPECT_THAT(result.err + result.out, Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace convene::test
