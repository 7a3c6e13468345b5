#include "core/model/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/model/plan.h"
#include "core/model/problem_faults.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::instant;
using test::ProblemBuilder;
using test::tiny_cohort;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> fault_paths(const ProblemInput& input) {
    std::vector<std::string> paths;
    for (const InputFault& fault : find_faults(input)) paths.push_back(fault.path);
    return paths;
}

TEST(Problem, people_are_sorted_by_id_and_found_by_it) {
    const Problem problem = ProblemBuilder()
                                .participant("b", "UTC", "")
                                .facilitator("c", "UTC", "")
                                .participant("a", "UTC", "")
                                .build();
    EXPECT_EQ(problem.people()[0].id, "a");
    EXPECT_EQ(problem.index_of("c"), 2);
    EXPECT_EQ(problem.index_of("aa"), -1);
    EXPECT_EQ(problem.index_of("z"), -1);
    EXPECT_THAT(problem.participants(), ElementsAre(0, 1));
    EXPECT_THAT(problem.facilitators(), ElementsAre(2));
    EXPECT_TRUE(problem.facilitated());
}

TEST(Problem, the_order_of_the_input_leaves_no_trace) {
    ProblemBuilder builder = tiny_cohort();
    builder.together({"p2", "p1"}).together({"p4", "p3"}).apart({"p3", "p1"});
    builder.fixed("B", "Tue 18:00", "f", {"p2", "p1"}).fixed("A", "Fri 09:00", "f", {"p4"});
    builder.booking("f", "2025-01-22T10:00:00Z").booking("f", "2025-01-21T10:00:00Z");
    ProblemInput reversed = builder.input();
    const auto turn = [](auto& list) { std::reverse(list.begin(), list.end()); };
    turn(reversed.people);
    turn(reversed.together);
    for (auto& ids : reversed.together) turn(ids);
    turn(reversed.fixed_groups);
    for (FixedGroup& group : reversed.fixed_groups) turn(group.participants);
    turn(reversed.bookings);

    const Problem one = builder.build();
    const Problem other = *Problem::build(reversed);
    ASSERT_EQ(one.people().size(), other.people().size());
    for (std::size_t i = 0; i < one.people().size(); ++i) EXPECT_EQ(one.people()[i].id, other.people()[i].id);
    EXPECT_EQ(one.together(), other.together());
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(one.fixed_groups()[i].name, other.fixed_groups()[i].name);
        EXPECT_EQ(one.fixed_groups()[i].participants, other.fixed_groups()[i].participants);
        EXPECT_EQ(one.bookings()[i].start, other.bookings()[i].start);
    }
}

TEST(Problem, capacity_is_what_other_cohorts_leave_and_never_negative) {
    const Problem problem = ProblemBuilder()
                                .facilitator("busy", "UTC", "", 2)
                                .facilitator("free", "UTC", "", 3)
                                .facilitator("leave", "UTC", "", 0)
                                .participant("p", "UTC", "")
                                .outside_load("busy", 2)
                                .outside_load("busy", 1)
                                .outside_load("free", 1)
                                .build();
    EXPECT_EQ(problem.capacity(problem.index_of("busy")), 0);   // 2 - (2 + 1)
    EXPECT_EQ(problem.capacity(problem.index_of("free")), 2);   // 3 - 1
    EXPECT_EQ(problem.capacity(problem.index_of("leave")), 0);  // on leave
    EXPECT_EQ(problem.capacity(problem.index_of("p")), 0);
    EXPECT_TRUE(problem.facilitated());
}

TEST(Problem, a_cohort_without_facilitators_is_not_facilitated) {
    EXPECT_FALSE(ProblemBuilder().participant("p", "UTC", "").build().facilitated());
}

TEST(Problem, every_fault_is_found_at_once) {
    ProblemBuilder builder;
    builder.meetings(0).minutes(0).sizes(5, 4).step(7).buffer(-1).target(0);
    builder.participant("a", "UTC", "").participant("a", "UTC", "").participant("", "UTC", "");
    builder.input().people[1].zone = nullptr;
    builder.input().people[2].max_groups = -1;
    builder.together({"a", "x", "a"}).apart({"y"});
    builder.booking("nobody", "2025-01-15T10:00:00Z", 0).outside_load("nobody", -1);
    EXPECT_THAT(fault_paths(builder.input()),
                UnorderedElementsAre(
                    "cohort.number_of_group_meetings", "cohort.meeting_minutes", "rules.min_size",
                    "rules.start_step_minutes", "rules.facilitator_buffer_minutes", "rules.target_size",
                    "people[1].id", "people[1].timezone", "people[2].id", "people[2].max_groups",
                    "together[0][1]", "together[0][2]", "apart[0][0]", "bookings[0].person",
                    "bookings[0].minutes", "outside_load[0].person", "outside_load[0].groups"));
    EXPECT_FALSE(Problem::build(builder.input()));
}

TEST(Problem, fixed_groups_must_refer_to_people_and_share_none) {
    ProblemBuilder builder = tiny_cohort();
    builder.fixed("A", "Tue 18:00", "nobody", {"p1", "p2"}).fixed("A", "Tue 19:00", "", {"p2", "ghost"});
    builder.input().fixed_groups[1].meetings = {instant("2025-01-21T19:00:00Z"),
                                                instant("2025-01-21T19:00:00Z")};
    builder.input().fixed_groups[0].anchor = nullptr;
    EXPECT_THAT(fault_paths(builder.input()),
                UnorderedElementsAre("fixed_groups[0].anchor", "fixed_groups[0].facilitator",
                                     "fixed_groups[1].name", "fixed_groups[1].meetings[1]",
                                     "fixed_groups[1].participants[0]", "fixed_groups[1].participants[1]"));
}

TEST(Problem, meetings_must_stay_within_the_years_of_zone_data) {
    const auto faults = [](const char* start, int meetings) {
        ProblemBuilder builder;
        return fault_paths(builder.start_date(start).meetings(meetings).input());
    };
    EXPECT_THAT(faults("2000-01-01", 520), IsEmpty());
    EXPECT_THAT(faults("1999-12-31", 8), ElementsAre("cohort.start_date"));
    // 12 November 2037 and seven weeks (the six, and one to spare) end on 31 December.
    EXPECT_THAT(faults("2037-11-12", 6), IsEmpty());
    EXPECT_THAT(faults("2037-11-13", 6), ElementsAre("cohort.start_date"));
    EXPECT_THAT(faults("2038-01-01", 1), ElementsAre("cohort.start_date"));
    EXPECT_THAT(faults("2029-01-01", 520), ElementsAre("cohort.start_date"));
}

TEST(Rules, the_target_is_the_middle_of_min_and_max_rounded_up_unless_given) {
    EXPECT_EQ((Rules{.min_size = 4, .max_size = 8}).target(), 6);
    EXPECT_EQ((Rules{.min_size = 4, .max_size = 7}).target(), 6);  // 5.5
    EXPECT_EQ((Rules{.min_size = 4, .max_size = 8, .target_size = 5}).target(), 5);
}

TEST(InputFault, reports_are_printable_whatever_they_report) {
    EXPECT_EQ(to_string(InputFault{"a.b", "\"x\"", "is wrong"}), "a.b: \"x\" is wrong");
    EXPECT_EQ(to_string(InputFault{"", "", "the file is empty"}), "the file is empty");
    EXPECT_EQ(printable("a\nb\x7F\xFFé€😀"), "a?b??é€😀");
    EXPECT_EQ(printable("\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80\xE2\x82"),
              "????????"
              "???");  // overlong, surrogate, too big, cut
    EXPECT_EQ(in_quotes(std::string(100, 'x')), '"' + std::string(60, 'x') + "…\"");
    EXPECT_EQ(in_quotes(std::string(59, 'x') + "é" + "tail"), '"' + std::string(59, 'x') + "…\"");
}

TEST(Words, every_enumerator_reads_back_as_written) {
    for (const Role role : {Role::participant, Role::facilitator})
        EXPECT_EQ(role_from(to_string(role)), role);
    for (const Fit fit : {Fit::every_meeting, Fit::first_meeting}) EXPECT_EQ(fit_from(to_string(fit)), fit);
    EXPECT_EQ(to_string(Fit::every_meeting), "every-meeting");
    EXPECT_FALSE(role_from("Facilitator"));
    EXPECT_FALSE(fit_from("every_meeting"));
    EXPECT_FALSE(unplaced_reason_from(""));
    EXPECT_EQ(unplaced_reason_from("outcompeted"), UnplacedReason::outcompeted);
    EXPECT_EQ(plan_status_from("optimal"), PlanStatus::optimal);
}

}  // namespace
}  // namespace convene
