// src/cli/exit_code.h: what a command answers to the shell.
#pragma once

namespace convene::cli {

/// Scripts rely on the numbers.
enum class ExitCode {
    done = 0,
    answer_is_no = 1,  ///< the honest answer is no: violations found, nothing to schedule, an edit refused
    wrong_usage = 2,
    bad_input = 3,  ///< every fault was listed with its path
    failed = 4,     ///< the database or Discord failed; what was and was not done has been said
    interrupted = 130,
};

}  // namespace convene::cli
