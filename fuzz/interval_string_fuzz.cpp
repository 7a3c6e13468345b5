#include "formats/availability.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    const auto hours = parse_interval_string(text, "person");
    if (!hours) {
        require(!hours.error().empty(), "a refusal names a fault");
        return;
    }
    require(parse_interval_string(to_interval_string(*hours)).value() == *hours, "writing keeps the hours");
}
