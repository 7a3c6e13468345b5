#include "cli/consent.h"

#include <iostream>
#include <string>

namespace convene::cli {

bool can_ask(const Context& context) {
    return context.terminal.in_is_terminal && context.terminal.err_is_terminal;
}

bool consents(Context& context) {
    context.output.err("\nCarry this out? [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    if (answer == "y" || answer == "Y" || answer == "yes") return true;
    context.output.err("Nothing was done.\n");
    return false;
}

}  // namespace convene::cli
