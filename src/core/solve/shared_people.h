// src/core/solve/shared_people.h: cuts that say how many groups a set of people can fill.
#pragma once
#include <vector>

#include "core/solve/program.h"

namespace convene {

/// Groups that share their people compete for them. For a set S of new slots, with Y(S) groups, and everybody
/// who could be there but a set W: as each group needs `least` of them (R2) and nobody is in two (R4),
///
///     least · Y(S) ≤ people outside W + people of W who sit in S,
///
/// and as Y(S) is whole, with a people outside W, k = ⌊a / least⌋ and d = least − a mod least,
///
///     Y(S) ≤ k + (people of W who sit in S) / d
///
/// (mixed-integer rounding, Nemhauser and Wolsey 1990). A relaxed solution that halves groups breaks it.
/// Where nobody else could be at a slot, it can be added to S without making a larger: then a group that is
/// halved gains nothing by meeting five minutes later.
class SharedPeople {
public:
    /// \param least  participants that a new group needs
    SharedPeople(const Program& program, int least);

    /// Some of the rows that these values break, by slots; none twice in one answer.
    [[nodiscard]] std::vector<Program::Row> broken(const double* values) const;

private:
    struct Sitter {
        int unit = 0;
        int column = 0;
    };
    struct Cut {
        double violation = 0;
        std::vector<int> slots;   ///< rising
        int outside = 0;          ///< people outside W
        std::vector<int> within;  ///< units of W, who pick their group or sit in S the least
    };
    class Finder;

    const Program& program_;
    int least_;
    int units_ = 0;
    std::vector<std::vector<Sitter>> sitters_;  ///< by slot, empty for standing groups
};

}  // namespace convene
