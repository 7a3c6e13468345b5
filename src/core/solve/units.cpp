#include "core/solve/units.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace convene {
namespace {

class Joiner {
public:
    explicit Joiner(const Problem& problem)
        : problem_(problem), seat_(problem.people().size(), -1), root_(problem.people().size()) {
        std::iota(root_.begin(), root_.end(), 0);
        for (std::size_t g = 0; g < problem.fixed_groups().size(); ++g)
            for (const std::string& id : problem.fixed_groups()[g].participants)
                seat_[static_cast<std::size_t>(problem.index_of(id))] = static_cast<int>(g);
    }

    Company run() {
        for (const auto& ids : problem_.together()) join(ids);
        std::map<int, Fellowship> bonds;  // by root
        for (const int p : problem_.participants())
            if (free(p)) bonds[find(p)].members.push_back(p);
        for (const auto& ids : problem_.together()) bind(ids, bonds);
        int sets = 0;
        for (const auto& ids : problem_.apart()) part(ids, bonds, sets);

        Company company;
        company.apart_sets = sets;
        for (auto& [root, bond] : bonds) {
            if (hopeless_.contains(root)) continue;
            finish(bond);
            if (bond.leader_bound &&
                std::binary_search(bond.not_led_by.begin(), bond.not_led_by.end(), bond.leader))
                continue;
            company.bonds.push_back(std::move(bond));
        }
        std::sort(company.bonds.begin(), company.bonds.end(),
                  [](const Fellowship& a, const Fellowship& b) { return a.members < b.members; });
        return company;
    }

private:
    [[nodiscard]] bool participant(int p) const {
        return problem_.people()[static_cast<std::size_t>(p)].role == Role::participant;
    }
    [[nodiscard]] int seat(int p) const { return seat_[static_cast<std::size_t>(p)]; }
    [[nodiscard]] bool free(int p) const { return participant(p) && seat(p) < 0; }

    int find(int p) {
        int& up = root_[static_cast<std::size_t>(p)];
        if (up != p) up = find(up);
        return up;
    }

    std::vector<int> free_members(const std::vector<std::string>& ids) const {
        std::vector<int> list;
        for (const std::string& id : ids)
            if (const int p = problem_.index_of(id); free(p)) list.push_back(p);
        return list;
    }

    void join(const std::vector<std::string>& ids) {
        const std::vector<int> members = free_members(ids);
        for (std::size_t i = 1; i < members.size(); ++i) {
            const int a = find(members[0]);
            const int b = find(members[i]);
            root_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
        }
    }

    /// Takes over what those of a together set who are not free demand.
    void bind(const std::vector<std::string>& ids, std::map<int, Fellowship>& bonds) {
        const std::vector<int> members = free_members(ids);
        if (members.empty()) return;
        const int root = find(members[0]);
        Fellowship& bond = bonds[root];
        for (const std::string& id : ids) {
            const int p = problem_.index_of(id);
            if (free(p)) continue;
            if (!participant(p)) {
                if (bond.leader_bound && bond.leader != p) hopeless_.insert(root);
                bond.leader_bound = true;
                bond.leader = p;
            } else {
                if (bond.home >= 0 && bond.home != seat(p)) hopeless_.insert(root);
                bond.home = seat(p);
            }
        }
    }

    void part(const std::vector<std::string>& ids, std::map<int, Fellowship>& bonds, int& sets) {
        std::vector<int> roots;
        for (const int p : free_members(ids)) roots.push_back(find(p));
        std::sort(roots.begin(), roots.end());
        for (std::size_t i = 1; i < roots.size(); ++i)
            if (roots[i] == roots[i - 1]) hopeless_.insert(roots[i]);
        roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
        for (const int root : roots) {
            Fellowship& bond = bonds[root];
            if (roots.size() > 1) bond.apart_sets.push_back(sets);
            for (const std::string& id : ids) {
                const int p = problem_.index_of(id);
                if (free(p)) continue;
                if (seat(p) >= 0) bond.barred.push_back(seat(p));
                for (std::size_t g = 0; g < problem_.fixed_groups().size(); ++g)
                    if (problem_.fixed_groups()[g].facilitator == id)
                        bond.barred.push_back(static_cast<int>(g));
                if (!participant(p)) bond.not_led_by.push_back(p);
            }
        }
        if (roots.size() > 1) ++sets;
    }

    void finish(Fellowship& bond) const {
        for (auto* list : {&bond.barred, &bond.not_led_by}) {
            std::sort(list->begin(), list->end());
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
        if (!bond.leader_bound) return;
        for (std::size_t g = 0; g < problem_.fixed_groups().size(); ++g)
            if (problem_.index_of(problem_.fixed_groups()[g].facilitator) == bond.leader)
                bond.led.push_back(static_cast<int>(g));
    }

    const Problem& problem_;
    std::vector<int> seat_;   ///< by person: fixed group, or -1
    std::vector<int> root_;   ///< by person
    std::set<int> hopeless_;  ///< roots of those whom the sets forbid to be placed
};

}  // namespace

Company join_units(const Problem& problem) {
    return Joiner(problem).run();
}

}  // namespace convene
