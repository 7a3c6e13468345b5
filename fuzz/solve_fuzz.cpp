// From the text of a cohort file to a judged and explained plan, and back through the plan file. The bytes
// choose one of the random cohorts of the tests and what is changed in it: a file that is mutated byte by
// byte seldom gets as far as the solver.
#include "core/explain/cures.h"
#include "core/explain/reasons.h"
#include "core/rules/check_plan.h"
#include "core/solve/alternatives.h"
#include "formats/cohort_file.h"
#include "formats/plan_file.h"
#include "fuzz/fuzz_target.h"
#include "tests/support/random_cohort.h"
#include "zones/iana_zones.h"

namespace convene::fuzz {
namespace {

/// Hands out the input byte by byte; zeros when it is used up.
class Bytes {
public:
    explicit Bytes(std::string_view text) : text_(text) {}

    [[nodiscard]] bool empty() const { return next_ >= text_.size(); }
    /// 0 <= result < count
    int below(int count) {
        unsigned value = 0;
        for (int i = 0; i < 2; ++i)
            value = value * 256 + (empty() ? 0U : static_cast<unsigned char>(text_[next_++]));
        return static_cast<int>(value % static_cast<unsigned>(count));
    }

private:
    std::string_view text_;
    std::size_t next_ = 0;
};

void change_person(Bytes& bytes, Person& person) {
    const std::vector<WeeklyWindow> window{WeeklyWindow(bytes.below(kMinutesPerWeek), 1 + bytes.below(300))};
    WeeklySet& hours = bytes.below(2) == 0 ? person.available : person.if_needed;
    hours = bytes.below(4) == 0 ? WeeklySet(window) : hours.united_with(WeeklySet(window));
    if (bytes.below(8) == 0) person.max_groups = bytes.below(5);
}

void change(Bytes& bytes, ProblemInput& input) {
    static constexpr int kSteps[] = {60, 30, 15, 5};
    Rules& rules = input.rules;
    switch (bytes.below(10)) {
        case 0:
            rules.min_size = 1 + bytes.below(8);
            rules.max_size = rules.min_size + bytes.below(8);
            break;
        case 1:
            rules.start_step_minutes = kSteps[bytes.below(4)];
            break;
        case 2:
            input.schedule.meeting_minutes = 1 + bytes.below(bytes.below(8) == 0 ? kMinutesPerWeek : 240);
            break;
        case 3:
            input.schedule.number_of_group_meetings = 1 + bytes.below(40);
            break;
        case 4:
            rules.facilitator_buffer_minutes = bytes.below(300);
            break;
        case 5:
            rules.fit = rules.fit == Fit::first_meeting ? Fit::every_meeting : Fit::first_meeting;
            break;
        case 6:
            rules.target_size = 1 + bytes.below(12);
            break;
        case 7: {
            Person copy =
                input.people[static_cast<std::size_t>(bytes.below(static_cast<int>(input.people.size())))];
            copy.id += "+" + std::to_string(input.people.size());
            if (input.people.size() < 40) input.people.push_back(std::move(copy));
            break;
        }
        default:
            change_person(
                bytes,
                input.people[static_cast<std::size_t>(bytes.below(static_cast<int>(input.people.size())))]);
    }
}

void solve_and_judge(const Problem& problem, int stop_after) {
    SolveOptions options;
    int asked = 0;
    if (stop_after > 0) options.should_stop = [&] { return ++asked > stop_after; };
    Objective best;
    options.on_progress = [&](const SolveProgress& progress) {
        require(progress.bound.placed >= progress.incumbent.placed, "no bound is passed");
        require(progress.incumbent.placed >= best.placed, "plans only get better");
        best = progress.incumbent;
    };
    for (Plan& plan : solve_alternatives(problem, 2, options)) {
        require(stop_after > 0 || plan.status == PlanStatus::optimal,
                "a search that nobody stops ends in a proof");
        plan.unplaced = explain_unplaced(problem, plan);
        add_cures(problem, plan);
        require(check_plan(problem, plan).empty(), "a plan obeys every rule");
        const auto again = read_plan_file(write_plan_file(plan, std::nullopt));
        require(again.has_value() && again->plan == plan, "writing and reading keep the plan");
    }
}

}  // namespace

void try_text(std::string_view text) {
    static const zones::IanaZones zones;
    Bytes bytes(text);
    CohortFile file;
    file.name = "Fuzzed";
    file.problem = test::random_cohort(static_cast<std::uint64_t>(bytes.below(65536)));
    const int stop_after = bytes.below(4) == 0 ? 1 + bytes.below(200) : 0;
    while (!bytes.empty()) change(bytes, file.problem);
    file.contacts.resize(file.problem.people.size());
    const auto problem = Problem::build(file.problem);
    if (!problem) return;
    solve_and_judge(*problem, stop_after);
    // The file knows no groups, bookings or loads: without them, the same by way of its text.
    file.problem.fixed_groups.clear();
    file.problem.bookings.clear();
    file.problem.outside_load.clear();
    const auto read = read_cohort_file(write_cohort_file(file), zones);
    require(read.has_value(), "what is written can be read");
    const auto plain = Problem::build(read->problem);
    require(plain.has_value(), "a file that is read makes a problem");
    solve_and_judge(*plain, stop_after);
}

}  // namespace convene::fuzz
