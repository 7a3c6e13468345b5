// R4: a participant is in at most one group of the cohort.
#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class OneGroupEach : public HardRule {
public:
    void add_unit_rows(std::span<const int> columns, ProgramWriter& program) const override {
        Terms terms;
        for (const int column : columns) terms.emplace_back(column, 1);
        program.add_unit_row(std::move(terms));
    }
};

}  // namespace

HardRulePtr hard_rules::r4_one_group_each() {
    return std::make_shared<OneGroupEach>();
}

}  // namespace convene
