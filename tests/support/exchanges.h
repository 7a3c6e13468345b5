// tests/support/exchanges.h: requests of the product, kept for tests/exchanges to judge.
#pragma once
#include <string>

namespace convene::test {

/// What differs in ids, times and markers alone comes out alike: each run of
/// letters and digits with a digit in it becomes one zero.
[[nodiscard]] std::string without_ids(const std::string& text);

/// Appends the request to the file that CONVENE_SANDBOX_EXCHANGES names, in the
/// form in which the sandbox writes there; nothing without the variable. One
/// that differs from an earlier one of this process in ids alone is left out.
/// \param path  below the version, with the query
/// \param body  JSON text, or empty
void keep_for_judgement(const std::string& method, const std::string& path, const std::string& body);

}  // namespace convene::test
