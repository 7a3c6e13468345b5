// src/core/solve/improve/random.h: numbers drawn alike on every machine.
#pragma once
#include <cstddef>
#include <cstdint>

namespace convene {

/// SplitMix64 (Steele, Lea, Flood 2014). One per thread; copying it repeats its numbers.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    /// 0 <= result < count
    std::size_t index(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    /// least <= result <= most
    int between(int least, int most) {
        return least + static_cast<int>(index(static_cast<std::size_t>(most - least + 1)));
    }

private:
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    std::uint64_t state_;
};

}  // namespace convene
