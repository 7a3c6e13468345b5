// src/core/solve/ties.h: which participants are placed in one group or not at all.
#pragma once
#include <vector>

#include "core/solve/instance.h"

namespace convene {

/// At first everybody who sits in no standing group is a bond of their own; rules join them.
class Ties {
public:
    explicit Ties(const Instance& instance);

    /// A participant who sits nowhere yet.
    [[nodiscard]] bool free(int person) const;
    /// The standing group where the person sits, or -1.
    [[nodiscard]] int seat(int person) const { return seat_[static_cast<std::size_t>(person)]; }
    /// Both are free.
    void join(int a, int b);
    /// Members of each, indices into people(), rising; by first member.
    [[nodiscard]] std::vector<std::vector<int>> bonds();

private:
    int find(int person);

    const Problem& problem_;
    std::vector<int> seat_;
    std::vector<int> root_;  ///< by person
};

}  // namespace convene
