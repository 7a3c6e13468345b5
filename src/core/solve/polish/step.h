// src/core/solve/polish/step.h: one change of one or two groups, before it is made.
#pragma once
#include <array>
#include <span>

namespace convene {

struct Step {
    /// What becomes of one group.
    struct Part {
        int group = -1;
        int slot = -1;    ///< where it meets then
        int leader = -1;  ///< who leads it then
        int out = -1;     ///< the unit that leaves it, or -1
        int in = -1;      ///< the unit that comes, or -1
        int takes = -1;   ///< the group that joins it and is given up, or -1
    };

    explicit Step(Part part) : parts_{part, {}}, count_(1) {}
    Step(Part a, Part b) : parts_{a, b}, count_(2) {}

    [[nodiscard]] std::span<const Part> parts() const { return {parts_.data(), count_}; }

private:
    std::array<Part, 2> parts_;
    std::size_t count_;
};

}  // namespace convene
