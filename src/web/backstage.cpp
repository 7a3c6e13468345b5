#include "web/backstage.h"

#include <algorithm>

#include "app/cohort_version.h"

namespace convene::web {
namespace {

constexpr std::size_t kMostIdleDatabases = 4;
constexpr std::size_t kMostStates = 8;
constexpr std::size_t kMostProposals = 24;

std::string sentence(const InputFaults& faults) {
    std::string text;
    for (const InputFault& fault : faults) text += (text.empty() ? "" : "; ") + to_string(fault);
    return text;
}

}  // namespace

DatabasePool::Lease DatabasePool::lend() {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            auto database = std::move(free_.back());
            free_.pop_back();
            return Lease(*this, std::move(database));
        }
    }
    return Lease(*this, open_());
}

void DatabasePool::give_back(std::unique_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    if (free_.size() < kMostIdleDatabases) free_.push_back(std::move(database));
}

BoardStates::StatePtr BoardStates::current(CohortStore& store, const ZoneTable& zones, CohortId cohort) {
    auto snapshot = store.load_cohort(cohort);
    if (!snapshot) throw Refusal(404, "not_found", "no such cohort");
    if (auto state = known(cohort, version_of(*snapshot))) return state;
    auto made = make_board_state(*std::move(snapshot), zones);
    if (!made) throw Refusal(422, "unusable_cohort", sentence(made.error()));
    auto state = std::make_shared<const BoardState>(*std::move(made));
    const std::lock_guard lock(mutex_);
    states_.push_front(state);
    if (states_.size() > kMostStates) states_.pop_back();
    return state;
}

BoardStates::StatePtr BoardStates::known(CohortId cohort, const std::string& version) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(states_.begin(), states_.end(), [&](const StatePtr& state) {
        return state->version == version && state->cohort.cohort.cohort_id == cohort;
    });
    if (found == states_.end()) return nullptr;
    states_.splice(states_.begin(), states_, found);
    return states_.front();
}

std::int64_t Proposals::add(CohortId cohort, std::string version, Json options, Proposal proposal) {
    const std::lock_guard lock(mutex_);
    kept_.push_front(std::make_shared<const Kept>(
        Kept{++last_id_, cohort, std::move(version), std::move(options), std::move(proposal)}));
    if (kept_.size() > kMostProposals) kept_.pop_back();
    return last_id_;
}

std::vector<Proposals::KeptPtr> Proposals::list(CohortId cohort) const {
    const std::lock_guard lock(mutex_);
    std::vector<KeptPtr> found;
    std::copy_if(kept_.begin(), kept_.end(), std::back_inserter(found),
                 [&](const KeptPtr& kept) { return kept->cohort == cohort; });
    return found;
}

Proposals::KeptPtr Proposals::find(CohortId cohort, std::int64_t id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const KeptPtr& kept) {
        return kept->id == id && kept->cohort == cohort;
    });
    return found == kept_.end() ? nullptr : *found;
}

void Proposals::drop(CohortId cohort, std::int64_t id) {
    const std::lock_guard lock(mutex_);
    std::erase_if(kept_, [&](const KeptPtr& kept) { return kept->id == id && kept->cohort == cohort; });
}

Backstage::Backstage(Surroundings given, BoardOptions wanted, std::string link_key)
    : surroundings(std::move(given)),
      options(std::move(wanted)),
      databases(surroundings.open_database),
      sessions(std::move(link_key), [] { return std::chrono::system_clock::now(); }) {}

}  // namespace convene::web
