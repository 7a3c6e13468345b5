#include "app/queries/people.h"

#include <functional>

#include "app/name_match.h"

namespace convene {
namespace {

bool same(const std::optional<std::string>& value, const std::string& wanted_lower) {
    return value && !wanted_lower.empty() && lower_case(*value) == wanted_lower;
}

std::string describe(const CohortSnapshot& cohort, UserId user) {
    const SignupRow* signup = signup_of(cohort, user);
    std::string text = name_of(cohort, user) + " (user " + std::to_string(user.value);
    if (signup != nullptr && !signup->reference.empty()) text += ", " + signup->reference;
    if (signup != nullptr && signup->email) text += ", " + *signup->email;
    return text + ")";
}

template <class Ids, class Describe>
std::string joined(const Ids& ids, const Describe& describe_one) {
    std::string list;
    for (const auto id : ids) list += (list.empty() ? "" : ", ") + describe_one(id);
    return list;
}

InputFault unknown(const char* path, std::string_view text, const std::string& message,
                   const std::vector<std::string>& names) {
    const std::vector<std::string> nearest = nearest_names(text, names);
    return {path, in_quotes(text),
            message + (nearest.empty() ? "" : "; did you mean " + alternatives(nearest) + "?")};
}

}  // namespace

std::vector<UserId> people_named(const CohortSnapshot& cohort, std::string_view text) {
    const std::string wanted(trimmed(text));
    const std::string lower = lower_case(wanted);
    const std::function<bool(const SignupRow&)> ways[] = {
        [&](const SignupRow& s) { return !s.reference.empty() && s.reference == wanted; },
        [&](const SignupRow& s) { return std::to_string(s.user_id.value) == wanted; },
        [&](const SignupRow& s) { return s.discord_id && !wanted.empty() && *s.discord_id == wanted; },
        [&](const SignupRow& s) {
            return same(s.email, lower) || same(s.discord_username, lower) || same(s.nickname, lower);
        },
        [&](const SignupRow& s) {
            return !wanted.empty() && starts_with_ignoring_case(s.display_name(), wanted);
        },
    };
    std::vector<UserId> found;
    for (const auto& fits : ways) {
        for (const SignupRow& signup : cohort.signups) {
            const bool known = !found.empty() && found.back() == signup.user_id;
            if (!known && fits(signup)) found.push_back(signup.user_id);
        }
        if (!found.empty()) break;
    }
    return found;
}

std::vector<GroupId> groups_named(const CohortSnapshot& cohort, std::string_view text) {
    const std::string wanted(trimmed(text));
    const std::string lower = lower_case(wanted);
    const std::function<bool(const GroupRow&)> ways[] = {
        [&](const GroupRow& g) { return std::to_string(g.group_id.value) == wanted; },
        [&](const GroupRow& g) { return g.group_name == wanted; },
        [&](const GroupRow& g) { return lower_case(g.group_name) == lower; },
        [&](const GroupRow& g) { return !wanted.empty() && starts_with_ignoring_case(g.group_name, wanted); },
    };
    for (const auto& fits : ways) {
        std::vector<GroupId> running;
        std::vector<GroupId> ended;
        for (const GroupRow& group : cohort.groups) {
            if (fits(group)) (is_running(group) ? running : ended).push_back(group.group_id);
        }
        if (!running.empty()) return running;
        if (!ended.empty()) return ended;
    }
    return {};
}

tl::expected<UserId, InputFaults> find_person(const CohortSnapshot& cohort, std::string_view text) {
    const std::vector<UserId> found = people_named(cohort, text);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
        const auto describe_one = [&](UserId user) { return describe(cohort, user); };
        return tl::unexpected(InputFaults{
            {"person", in_quotes(text), "fits several people; give an id: " + joined(found, describe_one)}});
    }
    std::vector<std::string> names;
    for (const SignupRow& signup : cohort.signups) names.push_back(signup.display_name());
    return tl::unexpected(
        InputFaults{unknown("person", text, "is nobody in " + cohort.cohort.cohort_name, names)});
}

tl::expected<GroupId, InputFaults> find_group(const CohortSnapshot& cohort, std::string_view text) {
    const std::vector<GroupId> found = groups_named(cohort, text);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
        const auto describe_one = [&](GroupId id) {
            return std::to_string(id.value) + " (" + group_of(cohort, id)->group_name + ")";
        };
        return tl::unexpected(InputFaults{
            {"group", in_quotes(text), "fits several groups; give the id: " + joined(found, describe_one)}});
    }
    std::vector<std::string> names;
    for (const GroupRow& group : cohort.groups) names.push_back(group.group_name);
    return tl::unexpected(
        InputFaults{unknown("group", text, "is no group of " + cohort.cohort.cohort_name, names)});
}

const SignupRow* signup_of(const CohortSnapshot& cohort, UserId user) noexcept {
    for (const SignupRow& signup : cohort.signups) {
        if (signup.user_id == user) return &signup;
    }
    return nullptr;
}

const GroupRow* group_of(const CohortSnapshot& cohort, GroupId group) noexcept {
    for (const GroupRow& row : cohort.groups) {
        if (row.group_id == group) return &row;
    }
    return nullptr;
}

std::string name_of(const CohortSnapshot& cohort, UserId user) {
    const SignupRow* signup = signup_of(cohort, user);
    return signup != nullptr ? signup->display_name() : "user " + std::to_string(user.value);
}

bool is_running(const GroupRow& group) noexcept {
    return group.status == GroupStatus::forming || group.status == GroupStatus::active;
}

}  // namespace convene
