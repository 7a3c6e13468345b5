// fuzz/fuzz_target.h: what every fuzz target shares.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace convene::fuzz {

/// A broken promise ends the run as a crash does, so that libFuzzer keeps the input.
inline void require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

/// To be defined by each target.
void try_text(std::string_view text);

}  // namespace convene::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    convene::fuzz::try_text({reinterpret_cast<const char*>(data), size});
    return 0;
}
