#include "formats/plan_file.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    const auto file = read_plan_file(text);
    if (!file) {
        require(!file.error().empty(), "a refusal names a fault");
        return;
    }
    const auto again = read_plan_file(write_plan_file(file->plan, std::nullopt));
    require(again.has_value(), "what is written can be read");
    require(again->plan == file->plan, "reading and writing keep the plan");
}
