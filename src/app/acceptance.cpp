#include "app/acceptance.h"

#include <fmt/format.h>

#include "app/apply_changes.h"
#include "app/changes_json.h"
#include "app/edit_detail.h"

namespace convene {
namespace {

/// The plan without its new groups: those have keys only since they were written.
CohortChanges of_existing_groups(const Proposal& proposal) {
    CohortChanges changes = proposal.changes;
    changes.new_groups.clear();
    // An attempt was made and stays made.
    for (SignupChange& signup : changes.signups) signup.counts_as_attempt = false;
    return changes;
}

std::string summary_of(const Proposal& proposal, const SchedulingResult& written) {
    const std::size_t dissolved = proposal.changes.statuses.size();
    std::string text = fmt::format("a plan is accepted: {} new groups", written.groups.size());
    if (dissolved > 0) text += fmt::format(", {} dissolved", dissolved);
    return text + fmt::format(", {} people placed", written.placed);
}

}  // namespace

EditId record_acceptance(CohortStore& store, const Clock& clock, const Proposal& proposal,
                         const SchedulingResult& written, const std::string& author) {
    Inverse inverse;
    inverse.made = of_existing_groups(proposal);
    inverse.undo = inverse_of(inverse.made, proposal.cohort);
    for (const ScheduledGroup& group : written.groups) {
        inverse.made.statuses.push_back({group.group_id, GroupStatus::forming});
        inverse.undo.statuses.push_back({group.group_id, GroupStatus::cancelled});
        for (const ScheduledMember& member : group.members) {
            inverse.made.members.push_back(
                {group.group_id, member.user_id, member.role, MembershipStatus::active});
            inverse.undo.members.push_back(
                {group.group_id, member.user_id, member.role, MembershipStatus::removed});
        }
    }
    EditRecord record;
    record.command = "accept";
    record.detail = detail_of({{"run", written.run_id.value}, {"summary", summary_of(proposal, written)}});
    record.inverse = to_json(inverse);
    record.violations = "[]";
    record.author = author;
    record.made_at = clock.now();
    try {
        const auto now = store.load_cohort(proposal.cohort.cohort.cohort_id);
        if (!now) return {};
        const CommitResult committed = store.commit_edit(*now, {}, record);
        return committed.status == CommitStatus::written ? EditId{committed.record_id} : EditId{};
    } catch (const StoreFailure&) {
        return {};  // whoever accepts it again would be told that it is out of date
    }
}

}  // namespace convene
