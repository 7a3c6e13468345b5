#include "tests/exactly_once/change.h"

namespace convene::test {

const Change& building() {
    static const Change kBuilding{"building", {}, {"realize", "1", "--yes"}, {}};
    return kBuilding;
}

const std::vector<Change>& changes_of_plan() {
    static const std::vector<std::string> kRealize = {"realize", "1", "--yes"};
    static const std::vector<Change> kChanges{
        {"retime", {"retime", "Group 1", "--to", "Tuesday 18:00", "--force"}, kRealize, {{{"Group 1", 1}}}},
        {"postpone", {"postpone", "Group 2", "2"}, kRealize, {{{"Group 2", 1}}}},
        {"move",
         {"move", "Person 01", "--to", "Group 2", "--force"},
         kRealize,
         {{{"Group 2", 1}}, "/permissions/"}},
        {"archive", {}, {"archive", "1", "--yes"}, {{}, "/scheduled-events/", true}},
    };
    return kChanges;
}

}  // namespace convene::test
