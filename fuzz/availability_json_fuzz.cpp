#include "formats/availability.h"
#include "fuzz/fuzz_target.h"

void convene::fuzz::try_text(std::string_view text) {
    const auto hours = parse_availability_json(text, "person");
    if (!hours) {
        require(!hours.error().empty(), "a refusal names a fault");
        return;
    }
    require(parse_availability_json(to_availability_json(*hours)).value() == *hours,
            "writing keeps the hours");
}
