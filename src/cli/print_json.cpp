#include "cli/print_json.h"

#include <nlohmann/json.hpp>

namespace convene::cli {

void print_json(Output& output, const nlohmann::ordered_json& document) {
    output.out(document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

}  // namespace convene::cli
