#include "cli/demo/sample_cohort.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace convene::cli {

std::string sample_cohort_starting_after(Instant now) {
    using namespace std::chrono;
    const sys_days earliest = floor<days>(now) + weeks(2);
    const sys_days monday = earliest + (Monday - weekday(earliest));
    auto document = nlohmann::ordered_json::parse(sample_cohort());
    document["cohort"]["start_date"] = to_string(year_month_day(monday));
    return document.dump(1) + '\n';
}

}  // namespace convene::cli
