#include "cli/report_failure.h"

#include <gtest/gtest.h>

#include <string>

namespace convene::cli {
namespace {

class Collected final : public Output {
public:
    void out(std::string_view text) override { standard += text; }
    void err(std::string_view text) override { errors += text; }
    std::string standard;
    std::string errors;
};

TEST(ReportFailure, every_fault_stands_on_its_line_with_file_path_and_value) {
    Collected output;
    const BadInput bad("spring.json", {{"people[3].timezone", "\"Mars/Olympus\"", "is not a time zone"},
                                       {"rules.max_size", "2", "is below min_size"}});
    EXPECT_EQ(report_failure(bad, output, Pen(false)), ExitCode::bad_input);
    EXPECT_EQ(output.errors,
              "spring.json: people[3].timezone: \"Mars/Olympus\" is not a time zone\n"
              "spring.json: rules.max_size: 2 is below min_size\n"
              "2 faults. Nothing was changed. Mend it and run the command again.\n");
    EXPECT_EQ(output.standard, "");
}

TEST(ReportFailure, a_failed_database_is_4_and_says_whether_to_try_again) {
    Collected output;
    const StoreFailure failure("commit", "the connection was lost", Retry::unknown);
    EXPECT_EQ(report_failure(failure, output, Pen(false)), ExitCode::failed);
    EXPECT_NE(output.errors.find("look before you run it again"), std::string::npos) << output.errors;
}

TEST(ReportFailure, what_a_file_says_cannot_steer_the_terminal) {
    Collected output;
    (void)report_failure(BadInput("x\033]0;evil\a", {{"id", "\"\033[2J\"", "twice"}}), output, Pen(false));
    EXPECT_EQ(output.errors.find('\033'), std::string::npos);
}

}  // namespace
}  // namespace convene::cli
