#include "app/cohort_snapshot.h"

namespace convene {

std::string SignupRow::display_name() const {
    for (const auto* name : {&nickname, &discord_username}) {
        if (*name && !(*name)->empty()) return **name;
    }
    if (email && !email->empty()) return email->substr(0, email->find('@'));
    return "user " + std::to_string(user_id.value);
}

}  // namespace convene
