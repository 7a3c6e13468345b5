#include "formats/cohort_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/files.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::hours;
using test::zone_table;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// A small valid file with places to break it: every argument replaces one part.
struct Parts {
    std::string cohort = R"("name":"C","start_date":"2025-01-15","number_of_group_meetings":8)";
    std::string rules = "{}";
    std::string people = R"({"id":"p1","role":"participant","timezone":"UTC"},)"
                         R"({"id":"p2","role":"participant","timezone":"UTC"})";
    std::string rest;

    [[nodiscard]] std::string text() const {
        return R"({"format":"convene/cohort@1","cohort":{)" + cohort + R"(},"rules":)" + rules +
               R"(,"people":[)" + people + "]" + rest + "}";
    }
};

std::vector<std::string> paths(const InputFaults& faults) {
    std::vector<std::string> paths;
    for (const InputFault& fault : faults) paths.push_back(fault.path);
    return paths;
}

InputFaults faults_of(const std::string& text) {
    auto file = read_cohort_file(text, zone_table());
    return file ? InputFaults{} : file.error();
}

CohortFile read(const std::string& text) {
    auto file = read_cohort_file(text, zone_table());
    if (file) return *std::move(file);
    for (const InputFault& fault : file.error()) ADD_FAILURE() << to_string(fault);
    return {};
}

/// A person entry with the given extra members.
std::string person(const std::string& id, const std::string& extra) {
    return R"({"id":")" + id + R"(","role":"participant","timezone":"UTC",)" + extra + "}";
}

std::vector<std::string> person_fault_paths(const std::string& extra) {
    Parts parts;
    parts.people = person("p1", extra);
    return paths(faults_of(parts.text()));
}

TEST(CohortFile, reads_everything_that_the_contract_shows) {
    const CohortFile file = read(test::read_data("contract.cohort.json"));
    const ProblemInput& problem = file.problem;
    EXPECT_EQ(file.name, "AI Safety - Jan 2025");
    EXPECT_EQ(file.course, "AI Safety Fundamentals");
    EXPECT_EQ(to_string(problem.schedule.start_date), "2025-01-15");
    EXPECT_EQ(problem.schedule.number_of_group_meetings, 8);
    EXPECT_EQ(problem.schedule.meeting_minutes, 90);
    EXPECT_EQ(problem.schedule.anchor.kind, Anchor::Kind::facilitator);
    Rules rules{.min_size = 3,
                .max_size = 9,
                .count_facilitator = true,
                .use_if_needed = false,
                .start_step_minutes = 15,
                .fit = Fit::first_meeting,
                .facilitator_buffer_minutes = 10,
                .target_size = 5};
    EXPECT_EQ(problem.rules, rules);
    ASSERT_EQ(problem.people.size(), 2U);
    const Person& alice = problem.people[0];
    EXPECT_EQ(alice.id, "f1");
    EXPECT_EQ(alice.name, "Alice");
    EXPECT_EQ(alice.role, Role::facilitator);
    EXPECT_EQ(alice.max_groups, 3);
    EXPECT_EQ(alice.zone->name(), "America/New_York");
    EXPECT_EQ(alice.available, hours("Mon 18:00-21:00, Sat 22:00-24:00, Sat 09:30-11:00"));
    EXPECT_EQ(alice.if_needed, hours("Tue 23:00-01:00"));
    EXPECT_EQ(file.contacts[0].email, "alice@example.org");
    EXPECT_EQ(file.contacts[0].discord_id, "123456789012345678");
    EXPECT_THAT(problem.together, ElementsAre(ElementsAre("f1", "p2")));
    EXPECT_THAT(problem.apart, IsEmpty());
    EXPECT_THAT(file.warnings, IsEmpty());
}

TEST(CohortFile, what_is_left_out_has_the_default_of_the_model) {
    const CohortFile file = read(Parts().text());
    EXPECT_EQ(file.problem.rules, Rules());
    EXPECT_EQ(file.problem.schedule.meeting_minutes, 60);
    EXPECT_EQ(file.problem.schedule.anchor.kind, Anchor::Kind::utc);
    EXPECT_EQ(file.problem.people[0].max_groups, 2);
    EXPECT_TRUE(file.problem.people[0].available.empty());
    EXPECT_FALSE(file.contacts[0].discord_id);
}

TEST(CohortFile, null_means_left_out) {
    Parts parts;
    parts.rules = R"({"target_size":null,"max_size":null})";
    parts.people =
        person("p1", R"("max_groups":null,"email":null,"available":null,"if_needed":{"Monday":null})");
    const CohortFile file = read(parts.text());
    EXPECT_EQ(file.problem.rules, Rules());
    EXPECT_EQ(file.problem.people[0].max_groups, kDefaultMaxGroups);
}

TEST(CohortFile, unknown_keys_are_warnings_that_name_their_path) {
    Parts parts;
    parts.cohort += R"(,"colour":1)";
    parts.rules = R"({"minsize":4})";
    parts.people = person("p1", R"("availble":{},"a b":{"c":1})");
    parts.rest = R"(,"pairs":[])";
    EXPECT_THAT(paths(read(parts.text()).warnings),
                UnorderedElementsAre("cohort.colour", "rules.minsize", "people[0].availble",
                                     "people[0][\"a b\"]", "pairs"));
}

TEST(CohortFile, all_faults_come_at_once_with_path_and_value) {
    Parts parts;
    parts.cohort = R"("name":"","start_date":"2025-02-30","number_of_group_meetings":0,"anchor":"Mars")";
    parts.rules =
        R"({"min_size":9,"max_size":8,"start_step_minutes":7,"fit":"always","count_facilitator":1})";
    parts.people = person("p1", R"("available":{"Tuesday":["25:00-26:00"]})") + "," +
                   person("p1", R"("max_groups":-1)") +
                   R"(,{"id":7,"role":"boss","timezone":"Mars/Olympus"})";
    parts.rest = R"(,"together":[["p1","p1"]],"apart":[["p1","nobody"]])";
    const InputFaults faults = faults_of(parts.text());
    EXPECT_THAT(paths(faults),
                UnorderedElementsAre("cohort.name", "cohort.start_date", "cohort.number_of_group_meetings",
                                     "cohort.anchor", "rules.min_size", "rules.start_step_minutes",
                                     "rules.fit", "rules.count_facilitator", "people[0].available.Tuesday[0]",
                                     "people[1].id", "people[1].max_groups", "people[2].id", "people[2].role",
                                     "people[2].timezone", "together[0][1]", "apart[0][1]"));
    std::vector<std::string> texts;
    for (const InputFault& fault : faults) texts.push_back(to_string(fault));
    EXPECT_THAT(texts, Contains(HasSubstr("people[2].timezone: \"Mars/Olympus\" is not a time zone")));
    EXPECT_THAT(texts, Contains(HasSubstr("people[0].available.Tuesday[0]: \"25:00-26:00\"")));
    EXPECT_THAT(texts, Contains("rules.min_size: 9 is more than max_size 8"));
    EXPECT_THAT(texts, Contains("people[1].id: \"p1\" is also the id of people[0]"));
}

TEST(CohortFile, text_that_is_no_json_is_one_fault) {
    const std::string deep(100'000, '[');
    for (const std::string& text :
         {std::string(), std::string(" \n"), std::string("{"), std::string("\xEF\xBB\xBF"), deep,
          Parts().text() + "x", Parts().text() + Parts().text(), std::string("\0\0", 2),
          std::string(R"({"a":NaN})"), std::string(R"({"a":1e999})"), std::string("{\"a\":\"\xFF\xFE\"}"),
          std::string(R"({"a":"\ud800"})"), std::string(R"({"a":'b'})"), std::string(R"({"a":1,})"),
          std::string("{\"a\":\"\xC0\x80\"}")}) {
        const InputFaults faults = faults_of(text);
        ASSERT_EQ(faults.size(), 1U) << text.substr(0, 50);
        EXPECT_FALSE(faults[0].message.empty());
    }
}

TEST(CohortFile, a_byte_order_mark_is_skipped) {
    EXPECT_EQ(read("\xEF\xBB\xBF" + Parts().text()).problem.people.size(), 2U);
}

TEST(CohortFile, values_that_are_no_object_are_refused) {
    for (const char* text : {"null", "[]", "7", "\"convene/cohort@1\"", "true"}) {
        EXPECT_EQ(faults_of(text).size(), 1U) << text;
    }
}

TEST(CohortFile, another_format_is_named_and_nothing_else_is_said) {
    const InputFaults faults = faults_of(R"({"format":"convene/plan@1","groups":[]})");
    EXPECT_THAT(paths(faults), ElementsAre("format"));
}

TEST(CohortFile, what_the_contract_requires_is_missed) {
    EXPECT_THAT(
        paths(faults_of(R"({"people":[{}]})")),
        UnorderedElementsAre("format", "cohort", "people[0].id", "people[0].role", "people[0].timezone"));
    EXPECT_THAT(paths(faults_of(R"({"format":"convene/cohort@1","cohort":{}})")),
                UnorderedElementsAre("cohort.name", "cohort.start_date", "cohort.number_of_group_meetings"));
}

TEST(CohortFile, a_key_given_twice_is_a_fault_wherever_it_stands) {
    Parts parts;
    parts.cohort += R"(,"name":"D")";
    parts.people = R"({"id":"p1","role":"participant","timezone":"UTC","timezone":"Europe/London",)"
                   R"("available":{"Monday":["09:00-10:00"],"Monday":[]}})";
    EXPECT_THAT(paths(faults_of(parts.text())),
                UnorderedElementsAre("cohort.name", "people[0].timezone", "people[0].available.Monday"));
}

TEST(CohortFile, numbers_must_be_whole_and_in_range) {
    for (const char* number :
         {"-1", "4.5", "1e30", "99999999999999999999", "\"4\"", "true", "[4]", "0", "10001"}) {
        Parts parts;
        parts.rules = std::string(R"({"max_size":)") + number + "}";
        EXPECT_THAT(paths(faults_of(parts.text())), Contains("rules.max_size")) << number;
    }
    Parts whole;
    whole.rules = R"({"max_size":8.0})";
    EXPECT_EQ(read(whole.text()).problem.rules.max_size, 8);
}

TEST(CohortFile, dates_must_be_days_of_the_calendar_within_the_zone_data) {
    for (const char* date : {"2025-02-30", "2025-1-15", "15.01.2025", "2025-01-15T00:00", "", "1999-12-31",
                             "2038-01-01", "2037-12-01", "0000-00-00"}) {
        Parts parts;
        parts.cohort = std::string(R"("name":"C","number_of_group_meetings":8,"start_date":")") + date + '"';
        EXPECT_THAT(paths(faults_of(parts.text())), ElementsAre("cohort.start_date")) << date;
    }
}

TEST(CohortFile, pitfall_28_malformed_availability_is_a_fault_of_that_person) {
    EXPECT_THAT(person_fault_paths(R"("available":{"Tue":["09:00-10:00"]})"),
                ElementsAre("people[0].available.Tue"));
    EXPECT_THAT(person_fault_paths(R"("available":[])"), ElementsAre("people[0].available"));
    EXPECT_THAT(person_fault_paths(R"("available":"9-10")"), ElementsAre("people[0].available"));
    EXPECT_THAT(person_fault_paths(R"("available":{"Monday":"09:00-10:00"})"),
                ElementsAre("people[0].available.Monday"));
    EXPECT_THAT(person_fault_paths(R"("if_needed":{"Monday":["9-10",910,null,"09:00-10:00","24:00-01:00"]})"),
                ElementsAre("people[0].if_needed.Monday[0]", "people[0].if_needed.Monday[1]",
                            "people[0].if_needed.Monday[2]", "people[0].if_needed.Monday[4]"));
}

TEST(CohortFile, pitfall_28_faulty_people_are_set_aside_and_the_rest_remains) {
    Parts parts;
    parts.people = person("a", R"("available":{"Tue":["09:00-10:00"]},"name":"Ann")") + "," +
                   person("b", R"("available":{"Monday":["09:00-10:00"]})") + "," + person("b", "\"x\":1") +
                   ",7," + person("c", R"("discord_id":"12")") + "," + person("d", R"("discord_id":"12")");
    parts.rest = R"(,"together":[["a","b","c"]],"apart":[["c","d"]])";
    const auto file = read_cohort_file(parts.text(), zone_table(), {.set_faulty_people_aside = true});
    ASSERT_TRUE(file) << to_string(file.error().front());
    ASSERT_EQ(file->problem.people.size(), 2U);
    EXPECT_EQ(file->problem.people[0].id, "b");
    EXPECT_EQ(file->problem.people[0].available, hours("Mon 09:00-10:00"));
    EXPECT_EQ(file->problem.people[1].id, "c");
    EXPECT_EQ(file->contacts[1].discord_id, "12");
    ASSERT_EQ(file->set_aside.size(), 4U);
    EXPECT_EQ(file->set_aside[0].id, "a");
    EXPECT_EQ(file->set_aside[0].name, "Ann");
    EXPECT_THAT(paths(file->set_aside[0].faults), ElementsAre("people[0].available.Tue"));
    EXPECT_THAT(paths(file->set_aside[1].faults), ElementsAre("people[2].id"));
    EXPECT_EQ(file->set_aside[2].index, 3U);
    EXPECT_THAT(paths(file->set_aside[3].faults), ElementsAre("people[5].discord_id"));
    EXPECT_THAT(file->problem.together, ElementsAre(ElementsAre("b", "c")));
    EXPECT_THAT(file->problem.apart, ElementsAre(ElementsAre("c")));
    EXPECT_THAT(paths(file->warnings), Contains("together[0]"));
    EXPECT_TRUE(Problem::build(file->problem));
}

TEST(CohortFile, setting_people_aside_does_not_excuse_the_cohort_itself) {
    Parts parts;
    parts.people = person("a", R"("available":[])");
    parts.rules = R"({"min_size":0})";
    const auto file = read_cohort_file(parts.text(), zone_table(), {.set_faulty_people_aside = true});
    ASSERT_FALSE(file);
    EXPECT_THAT(paths(file.error()), ElementsAre("rules.min_size"));
}

TEST(CohortFile, discord_ids_are_digits_as_text_and_unique_while_blank_ones_are_absent) {
    Parts parts;
    parts.people = person("a", R"("discord_id":"123456789012345678")") + "," +
                   person("b", R"("discord_id":"123456789012345678")") + "," +
                   person("c", R"("discord_id":123456789012345678)") + "," +
                   person("d", R"("discord_id":"@ann")") + "," +
                   person("e", R"("discord_id":"","email":"")") + "," +
                   person("f", R"("discord_id":"","email":"")");
    EXPECT_THAT(paths(faults_of(parts.text())),
                UnorderedElementsAre("people[1].discord_id", "people[2].discord_id", "people[3].discord_id"));
}

TEST(CohortFile, pitfall_9_zone_texts) {
    EXPECT_THAT(
        paths(faults_of(R"({"format":"convene/cohort@1","cohort":{"name":"C","start_date":"2025-01-15",)"
                        R"("number_of_group_meetings":8},"people":[)"
                        R"({"id":"a","role":"participant","timezone":""},)"
                        R"({"id":"b","role":"participant","timezone":"Europe/Lodnon"},)"
                        R"({"id":"c","role":"participant","timezone":"Factory"}]})")),
        ElementsAre("people[0].timezone", "people[1].timezone", "people[2].timezone"));
    Parts fixed;
    fixed.people = R"({"id":"a","role":"participant","timezone":"UTC+01:00"},)"
                   R"({"id":"b","role":"participant","timezone":"EST"},)"
                   R"({"id":"c","role":"participant","timezone":"UTC"})";
    const CohortFile file = read(fixed.text());
    EXPECT_THAT(paths(file.warnings), ElementsAre("people[0].timezone", "people[1].timezone"));
    EXPECT_THAT(file.warnings[0].message, HasSubstr("no clock changes"));
}

TEST(CohortFile, line_breaks_and_other_control_characters_are_refused_in_names) {
    EXPECT_THAT(person_fault_paths(R"("name":"A\u0000B")"), ElementsAre("people[0].name"));
    EXPECT_THAT(person_fault_paths(R"("name":"A\nB")"), ElementsAre("people[0].name"));
    EXPECT_THAT(person_fault_paths(R"("name":"Álvarez")"), IsEmpty());
}

TEST(CohortFile, anchors) {
    for (const auto& [text, kind] :
         {std::pair("UTC", Anchor::Kind::utc), std::pair("best", Anchor::Kind::best),
          std::pair("facilitator", Anchor::Kind::facilitator),
          std::pair("Europe/London", Anchor::Kind::zone)}) {
        Parts parts;
        parts.cohort += std::string(R"(,"anchor":")") + text + '"';
        EXPECT_EQ(read(parts.text()).problem.schedule.anchor.kind, kind) << text;
    }
}

TEST(CohortFile, hours_may_follow_another_clock_than_the_person) {
    Parts parts;
    parts.people = R"({"id":"a","role":"participant","timezone":"Asia/Kathmandu","hours_timezone":"UTC",)"
                   R"("available":{"Monday":["03:15-04:15"]}})";
    const CohortFile file = read(parts.text());
    EXPECT_EQ(file.problem.people[0].zone->name(), "Asia/Kathmandu");
    EXPECT_EQ(file.problem.people[0].clock().name(), "UTC");
}

TEST(CohortFile, writing_and_reading_keep_every_example_cohort) {
    for (const char* name : {"24", "60", "100-dst", "300", "1000", "1000-dst"}) {
        const CohortFile file = read(test::read_data(std::string("instances/") + name + ".cohort.json"));
        const std::string once = write_cohort_file(file);
        const CohortFile again = read(once);
        EXPECT_EQ(write_cohort_file(again), once) << name;
        ASSERT_EQ(again.problem.people.size(), file.problem.people.size());
        EXPECT_EQ(again.problem.rules, file.problem.rules);
        EXPECT_EQ(again.contacts, file.contacts);
        for (std::size_t i = 0; i < file.problem.people.size(); ++i) {
            EXPECT_EQ(again.problem.people[i].available, file.problem.people[i].available);
            EXPECT_EQ(again.problem.people[i].if_needed, file.problem.people[i].if_needed);
            EXPECT_EQ(again.problem.people[i].zone, file.problem.people[i].zone);
        }
    }
}

TEST(CohortFile, writing_keeps_the_contract_example) {
    const CohortFile file = read(test::read_data("contract.cohort.json"));
    const CohortFile again = read(write_cohort_file(file));
    EXPECT_EQ(again.name, file.name);
    EXPECT_EQ(again.course, file.course);
    EXPECT_EQ(again.problem.rules, file.problem.rules);
    EXPECT_EQ(again.problem.together, file.problem.together);
    EXPECT_EQ(again.contacts, file.contacts);
    EXPECT_EQ(again.problem.people[0].if_needed, file.problem.people[0].if_needed);
}

}  // namespace
}  // namespace convene
