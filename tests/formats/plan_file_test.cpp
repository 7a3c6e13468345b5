#include "formats/plan_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::instant;
using test::weekly_start;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> paths(const InputFaults& faults) {
    std::vector<std::string> paths;
    for (const InputFault& fault : faults) paths.push_back(fault.path);
    return paths;
}

PlanFile read(const std::string& text) {
    auto file = read_plan_file(text);
    if (file) return *std::move(file);
    for (const InputFault& fault : file.error()) ADD_FAILURE() << to_string(fault);
    return {};
}

InputFaults faults_of(const std::string& text) {
    auto file = read_plan_file(text);
    return file ? InputFaults{} : file.error();
}

/// Every field filled.
Plan full_plan() {
    PlannedGroup group;
    group.name = "Group 1";
    group.anchor = "America/New_York";
    group.start = weekly_start("Tue 19:30");
    group.meetings = {instant("2025-01-22T00:30:00Z"), instant("2025-01-29T00:30:00Z")};
    group.facilitator = "f1";
    group.participants = {"p2", "p3"};
    group.if_needed = {"p3"};
    group.spare_starts = {weekly_start("Thu 16:00")};
    group.outside = {{}, {"p2"}};

    Cure cure;
    cure.kind = Cure::Kind::hours;
    cure.person = "p9";
    cure.zone = "Europe/London";
    cure.hours = {WeeklyWindow(1380, 120)};
    cure.group = "Group 1";
    cure.anchor = "UTC";
    cure.start = weekly_start("Wed 15:00");
    cure.limit = 3;
    cure.places = 1;
    cure.detail = "Ana could join Group 1 with one hour more.";

    Plan plan;
    plan.status = PlanStatus::optimal;
    plan.objective = {2, 1};
    plan.bound = {2, 1};
    plan.groups = {group};
    plan.unplaced = {{"p8", UnplacedReason::no_availability, "No hours given.", std::nullopt},
                     {"p9", UnplacedReason::no_facilitator_overlap, "Nobody leads then.", cure}};
    plan.warnings = {"one"};
    plan.seed = 18'446'744'073'709'551'615ULL;
    return plan;
}

TEST(PlanFile, writing_and_reading_keep_every_field) {
    const PlanFile file = read(write_plan_file(full_plan(), 12.34));
    EXPECT_EQ(file.plan, full_plan());
    EXPECT_EQ(file.elapsed_ms, 12.3);
    EXPECT_THAT(file.warnings, IsEmpty());
    EXPECT_THAT(file.contradictions, IsEmpty());
}

TEST(PlanFile, reads_what_the_contract_shows_without_a_warning) {
    const PlanFile file = read(test::read_data("contract.plan.json"));
    EXPECT_THAT(file.warnings, IsEmpty());
    EXPECT_THAT(file.contradictions, IsEmpty());
    EXPECT_EQ(file.plan.groups[0].meetings[1], instant("2025-01-22T15:00:00Z"));
    EXPECT_EQ(file.plan.unplaced[0].cure->hours.front(), WeeklyWindow(2 * kMinutesPerDay + 900, 60));
    EXPECT_EQ(file.elapsed_ms, 12.3);
}

TEST(PlanFile, keys_are_those_of_the_contract_in_its_order) {
    const auto json = nlohmann::ordered_json::parse(write_plan_file(full_plan(), 1.0));
    const auto keys = [](const nlohmann::ordered_json& object) {
        std::vector<std::string> found;
        for (const auto& [key, value] : object.items()) found.push_back(key);
        return found;
    };
    EXPECT_THAT(keys(json), ElementsAre("format", "status", "objective", "bound", "groups", "unplaced",
                                        "warnings", "seed", "elapsed_ms"));
    EXPECT_THAT(keys(json["groups"][0]),
                ElementsAre("name", "anchor", "weekday", "time", "meeting_time_utc", "meetings",
                            "facilitator", "participants", "if_needed", "spare_starts", "outside"));
    EXPECT_EQ(json["groups"][0]["weekday"], "Tuesday");
    EXPECT_EQ(json["groups"][0]["time"], "19:30");
    EXPECT_EQ(json["groups"][0]["meeting_time_utc"], "Wednesday 00:30");
    EXPECT_EQ(json["groups"][0]["meetings"][1], "2025-01-29T00:30:00Z");
    EXPECT_EQ(json["groups"][0]["spare_starts"][0], "Thursday 16:00");
    EXPECT_EQ(json["unplaced"][1]["reason"], "no_facilitator_overlap");
    EXPECT_TRUE(json["unplaced"][0]["cure"].is_null());
    EXPECT_EQ(json["unplaced"][1]["cure"]["hours"][0], "Monday 23:00-01:00");
}

TEST(PlanFile, the_same_plan_gives_the_same_bytes_apart_from_elapsed_ms) {
    const std::string without = write_plan_file(full_plan(), std::nullopt);
    EXPECT_EQ(write_plan_file(full_plan(), std::nullopt), without);
    EXPECT_EQ(without.find("elapsed_ms"), std::string::npos);
    const std::string with = write_plan_file(full_plan(), 7.0);
    EXPECT_EQ(with.substr(0, with.find(", \"elapsed_ms\"")), without.substr(0, without.size() - 2));
}

TEST(PlanFile, a_self_led_group_has_a_null_facilitator) {
    Plan plan = full_plan();
    plan.groups[0].facilitator.clear();
    const std::string text = write_plan_file(plan, std::nullopt);
    EXPECT_TRUE(nlohmann::json::parse(text)["groups"][0]["facilitator"].is_null());
    EXPECT_EQ(read(text).plan.groups[0].facilitator, "");
}

TEST(PlanFile, an_empty_plan_is_a_plan) {
    EXPECT_EQ(read(write_plan_file(Plan(), std::nullopt)).plan, Plan());
}

TEST(PlanFile, names_that_are_no_utf8_do_not_keep_a_plan_from_being_written) {
    Plan plan = full_plan();
    plan.groups[0].name = "\xFF";
    EXPECT_EQ(read(write_plan_file(plan, std::nullopt)).plan.groups[0].name, "\xEF\xBF\xBD");
}

TEST(PlanFile, an_outsiders_plan_may_leave_out_what_follows_from_the_rest) {
    const Plan plan = read(R"({"groups":[{"meeting_time_utc":"Wednesday 15:00-16:00","facilitator":"f1",)"
                           R"("participants":["a","b"],"if_needed":["b"]}]})")
                          .plan;
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].name, "Group 1");
    EXPECT_EQ(plan.groups[0].anchor, "UTC");
    EXPECT_EQ(plan.groups[0].start, weekly_start("Wed 15:00"));
    EXPECT_EQ(plan.objective, (Objective{2, 1}));
    EXPECT_EQ(plan.bound, (Objective{2, 1}));
    EXPECT_EQ(plan.status, PlanStatus::feasible);
}

TEST(PlanFile, faults_of_form_come_all_at_once) {
    EXPECT_THAT(
        paths(faults_of(
            R"({"format":"convene/plan@1","status":"best","objective":{"placed":"many"},"seed":-1,)"
            R"("elapsed_ms":"long","groups":[{"weekday":"Tue","time":"24:00","meetings":["today",7],)"
            R"("participants":["a",1],"spare_starts":["Mon 10:00"]},{"anchor":"Europe/London",)"
            R"("meeting_time_utc":"Wednesday 15:00","participants":[]},7],)"
            R"("unplaced":[{"reason":"bored"}]})")),
        UnorderedElementsAre("status", "objective.placed", "seed", "elapsed_ms", "groups[0].weekday",
                             "groups[0].time", "groups[0].meetings[0]", "groups[0].meetings[1]",
                             "groups[0].participants[1]", "groups[0].spare_starts[0]", "groups[1].weekday",
                             "groups[1].time", "groups[2]", "unplaced[0].person", "unplaced[0].reason"));
}

TEST(PlanFile, text_that_is_no_plan_is_refused) {
    for (const char* text : {"", "{", "[]", "null", "{}", R"({"format":"convene/cohort@1","groups":[]})"}) {
        EXPECT_FALSE(read_plan_file(text)) << text;
    }
}

TEST(PlanFile, unknown_keys_and_strange_cures_are_warnings) {
    const PlanFile file =
        read(R"({"groups":[{"weekday":"Monday","time":"10:00","participants":[],"colour":1}],"x":1,)"
             R"("unplaced":[{"person":"a","reason":"outcompeted","cure":{"add":"an hour"}},)"
             R"({"person":"b","reason":"outcompeted","cure":"more hours"},{"person":"c","cure":null}]})");
    EXPECT_THAT(paths(file.warnings),
                UnorderedElementsAre("groups[0].colour", "x", "unplaced[0].cure", "unplaced[1].cure"));
    EXPECT_EQ(file.plan.unplaced.size(), 3U);
    EXPECT_FALSE(file.plan.unplaced[0].cure);
}

TEST(PlanFile, a_utc_time_that_is_not_the_first_meeting_is_a_contradiction) {
    Plan plan = full_plan();
    std::string text = write_plan_file(plan, std::nullopt);
    text.replace(text.find("Wednesday 00:30"), 15, "Wednesday 01:30");
    EXPECT_THAT(paths(read(text).contradictions), ElementsAre("groups[0].meeting_time_utc"));
}

}  // namespace
}  // namespace convene
