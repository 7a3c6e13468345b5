#include "core/explain/cures.h"

#include <algorithm>
#include <tuple>

#include "core/explain/cure_finder.h"

namespace convene {
namespace {

/// Minutes asked per person placed, then the kind that asks less of others, then the earlier option.
bool cheaper(const PricedCure& a, const PricedCure& b) {
    const auto a_price = static_cast<long long>(a.cost) * b.cure.places;
    const auto b_price = static_cast<long long>(b.cost) * a.cure.places;
    return std::tie(a_price, a.cure.kind, a.option) < std::tie(b_price, b.cure.kind, b.option);
}

class CurePerPerson {
public:
    CurePerPerson(CaseFile& file, CureFinder& finder)
        : file_(file), finder_(finder), by_option_(static_cast<std::size_t>(file.starts.size())) {}

    std::optional<Cure> cheapest(int person) {
        best_.reset();
        offer(finder_.own_hours(person));
        const std::vector<int> options = file_.starts.options_of(person);
        if (!file_.seating.bound(person)) {
            for (const int option : options) offer(new_group(option));
        } else if (const Bond bond = file_.bonds.bond_of(person); all_unplaced(bond)) {
            for (const int option : options) offer(finder_.new_group_for(bond, option));
        }
        if (!best_) offer_size_limits(person, options);
        return best_ ? std::optional(best_->cure) : std::nullopt;
    }

private:
    void offer(const std::optional<PricedCure>& cure) {
        if (cure && (!best_ || cheaper(*cure, *best_))) best_ = cure;
    }

    const std::optional<PricedCure>& new_group(int option) {
        auto& known = by_option_[static_cast<std::size_t>(option)];
        if (!known) known = finder_.new_group(option);
        return *known;
    }

    /// Nobody of the bond has a seat, and no facilitator belongs to it.
    bool all_unplaced(const Bond& bond) const {
        const auto& unplaced = file_.seating.unplaced();
        return bond.facilitators.empty() && !file_.bonds.impossible(bond) &&
               std::all_of(bond.participants.begin(), bond.participants.end(), [&](int mate) {
                   return std::binary_search(unplaced.begin(), unplaced.end(), mate);
               });
    }

    void offer_size_limits(int person, const std::vector<int>& options) {
        if (file_.seating.bound(person)) return;
        if (!larger_known_) {
            larger_ = finder_.larger_groups();
            larger_places_ = file_.seating.try_larger_groups(1);
            larger_known_ = true;
        }
        if (std::binary_search(larger_places_.begin(), larger_places_.end(), person)) {
            offer(larger_);
            return;
        }
        for (const int option : options) {
            offer(finder_.smaller_group(option));
            if (best_) return;
        }
    }

    CaseFile& file_;
    CureFinder& finder_;
    std::optional<PricedCure> best_;
    std::vector<std::optional<std::optional<PricedCure>>> by_option_;
    bool larger_known_ = false;
    std::optional<PricedCure> larger_;
    std::vector<int> larger_places_;
};

/// The change that places most people next.
class Ranking {
public:
    Ranking(CaseFile& file, CureFinder& finder) : file_(file), finder_(finder) {
        std::vector<bool> wanted(static_cast<std::size_t>(file.starts.size()));
        for (const int person : file.seating.unplaced())
            file.starts.for_each_option(person,
                                        [&](int option) { wanted[static_cast<std::size_t>(option)] = true; });
        for (int option = 0; option < file.starts.size(); ++option)
            if (wanted[static_cast<std::size_t>(option)]) groups_.push_back({option, kUnknown});
    }

    std::optional<PricedCure> next() {
        std::optional<PricedCure> best = finder_.larger_groups();
        // What an option could place only shrinks as others are served, as a rule: those that cannot beat the
        // best any more by what they could at first need no second look.
        std::stable_sort(groups_.begin(), groups_.end(),
                         [](const Promise& a, const Promise& b) { return a.places > b.places; });
        for (Promise& promise : groups_) {
            if (best && promise.places < best->cure.places) break;
            promise.places = 0;
            for (auto& cure : {finder_.new_group(promise.option), finder_.smaller_group(promise.option)}) {
                if (!cure) continue;
                promise.places = std::max(promise.places, cure->cure.places);
                if (!best || better(*cure, *best)) best = cure;
            }
        }
        if (best && best->cure.places > 1) return best;
        for (const int person : file_.seating.unplaced()) {
            const auto cure = finder_.own_hours(person);
            if (cure && (!best || better(*cure, *best))) best = cure;
        }
        return best;
    }

private:
    static constexpr int kUnknown = 1 << 30;
    struct Promise {
        int option;
        int places;  ///< when last looked at
    };

    /// A size limit asks a little of everybody, so among equals it comes last.
    static bool better(const PricedCure& a, const PricedCure& b) {
        if (a.cure.places != b.cure.places) return a.cure.places > b.cure.places;
        const auto is_limit = [](const PricedCure& c) {
            return c.cure.kind == Cure::Kind::max_size || c.cure.kind == Cure::Kind::min_size;
        };
        if (is_limit(a) != is_limit(b)) return is_limit(b);
        return std::tie(a.cost, a.cure.kind, a.option, a.cure.person) <
               std::tie(b.cost, b.cure.kind, b.option, b.cure.person);
    }

    CaseFile& file_;
    CureFinder& finder_;
    std::vector<Promise> groups_;
};

Person* find_person(ProblemInput& cohort, const std::string& id) {
    const auto found = std::find_if(cohort.people.begin(), cohort.people.end(),
                                    [&](const Person& person) { return person.id == id; });
    return found == cohort.people.end() ? nullptr : &*found;
}

}  // namespace

void add_cures(const Problem& problem, Plan& plan) {
    CaseFile file(problem, plan);
    CureFinder finder(file);
    CurePerPerson cures(file, finder);
    for (UnplacedPerson& unplaced : plan.unplaced)
        if (const int person = problem.index_of(unplaced.person); person >= 0)
            unplaced.cure = cures.cheapest(person);
}

std::vector<Cure> rank_cures(const Problem& problem, const Plan& plan, std::size_t at_most) {
    CaseFile file(problem, plan);
    CureFinder finder(file);
    Ranking ranking(file, finder);
    std::vector<Cure> ranked;
    while (ranked.size() < at_most) {
        const auto next = ranking.next();
        if (!next) break;
        ranked.push_back(next->cure);
        finder.make(*next);
    }
    return ranked;
}

void apply_cure(ProblemInput& cohort, const Cure& cure) {
    if (cure.kind == Cure::Kind::max_size) cohort.rules.max_size = cure.limit;
    if (cure.kind == Cure::Kind::min_size) cohort.rules.min_size = cure.limit;
    Person* person = find_person(cohort, cure.person);
    if (person == nullptr) return;
    if (cure.kind == Cure::Kind::facilitator_group) person->max_groups = cure.limit;
    if (!cure.hours.empty()) person->available = person->available.united_with(WeeklySet(cure.hours));
}

}  // namespace convene
