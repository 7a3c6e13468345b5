#include "core/solve/ties.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace convene {

Ties::Ties(const Instance& instance)
    : problem_(*instance.problem), seat_(problem_.people().size(), -1), root_(problem_.people().size()) {
    std::iota(root_.begin(), root_.end(), 0);
    for (std::size_t g = 0; g < instance.standing.size(); ++g)
        for (const std::string& id : instance.standing[g].participants)
            seat_[static_cast<std::size_t>(problem_.index_of(id))] = static_cast<int>(g);
}

bool Ties::free(int person) const {
    return seat(person) < 0 && problem_.people()[static_cast<std::size_t>(person)].role == Role::participant;
}

int Ties::find(int person) {
    int& up = root_[static_cast<std::size_t>(person)];
    if (up != person) up = find(up);
    return up;
}

void Ties::join(int a, int b) {
    const int x = find(a);
    const int y = find(b);
    root_[static_cast<std::size_t>(std::max(x, y))] = std::min(x, y);
}

std::vector<std::vector<int>> Ties::bonds() {
    std::map<int, std::vector<int>> by_root;
    for (const int p : problem_.participants())
        if (free(p)) by_root[find(p)].push_back(p);
    std::vector<std::vector<int>> list;
    for (auto& [root, members] : by_root) list.push_back(std::move(members));
    return list;
}

}  // namespace convene
