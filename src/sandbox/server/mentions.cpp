#include "sandbox/server/mentions.h"

#include <algorithm>
#include <set>

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kListed = 100;

/// What allowed_mentions lets through.
struct Allowed {
    bool everyone = true;
    bool all_users = true;
    bool all_roles = true;
    std::set<Snowflake> users;
    std::set<Snowflake> roles;
};

std::set<Snowflake> read_ids(Form& form, const std::string& field) {
    std::set<Snowflake> ids;
    const json* listed = form.array(field, kListed);
    for (std::size_t i = 0; listed != nullptr && i < listed->size(); ++i) {
        const json& entry = (*listed)[i];
        const auto id =
            entry.is_string() ? parse_snowflake(entry.get_ref<const std::string&>()) : std::nullopt;
        if (id) {
            ids.insert(*id);
        } else {
            form.fault(field, "NUMBER_TYPE_COERCE", "Value " + entry.dump() + " is not snowflake.");
        }
    }
    return ids;
}

Allowed read_allowed(Form& outer, MentionDefault by_default) {
    if (!outer.has("allowed_mentions") || outer.is_null("allowed_mentions")) {
        const bool every_kind = by_default == MentionDefault::every_kind;
        return {every_kind, true, every_kind, {}, {}};
    }
    Form form(outer.raw("allowed_mentions"), outer.faults(), outer.path_to("allowed_mentions"));
    Allowed allowed{false, false, false, read_ids(form, "users"), read_ids(form, "roles")};
    const json* parse = form.array("parse", 3);
    for (std::size_t i = 0; parse != nullptr && i < parse->size(); ++i) {
        const json& kind = (*parse)[i];
        if (kind == "everyone") {
            allowed.everyone = true;
        } else if (kind == "users") {
            allowed.all_users = true;
        } else if (kind == "roles") {
            allowed.all_roles = true;
        } else {
            form.fault("parse", "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').");
        }
    }
    const auto exclusive = [&](bool all, const std::set<Snowflake>& listed, const std::string& field) {
        if (!all || listed.empty()) return;
        form.fault(field, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                   "parse:[\"" + field + "\"] and " + field + ": [ids...] are mutually exclusive.");
    };
    exclusive(allowed.all_users, allowed.users, "users");
    exclusive(allowed.all_roles, allowed.roles, "roles");
    return allowed;
}

/// Ids written in `content` between `opening` and ">", each once, in order.
std::vector<Snowflake> written_ids(const std::string& content, const std::string& opening) {
    std::vector<Snowflake> ids;
    for (std::size_t at = content.find(opening); at != std::string::npos;
         at = content.find(opening, at + 1)) {
        const std::size_t begin = at + opening.size();
        const std::size_t end = content.find('>', begin);
        if (end == std::string::npos) break;
        const auto id = parse_snowflake(content.substr(begin, end - begin));
        if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
    }
    return ids;
}

}  // namespace

void read_mentions(const World& world, Form& form, Message& message, bool may_mention_everyone,
                   MentionDefault by_default) {
    const Allowed allowed = read_allowed(form, by_default);
    message.mentions.clear();
    message.mention_roles.clear();
    std::vector<Snowflake> users = written_ids(message.content, "<@");
    for (const Snowflake id : written_ids(message.content, "<@!")) users.push_back(id);
    for (const Snowflake id : users) {
        const bool passes = allowed.all_users || allowed.users.contains(id);
        if (passes && world.members.contains(id)) message.mentions.push_back(id);
    }
    for (const Snowflake id : written_ids(message.content, "<@&")) {
        const bool passes = allowed.all_roles || allowed.roles.contains(id);
        if (passes && world.roles.contains(id)) message.mention_roles.push_back(id);
    }
    const bool written = message.content.find("@everyone") != std::string::npos ||
                         message.content.find("@here") != std::string::npos;
    message.mention_everyone = written && allowed.everyone && may_mention_everyone;
}

}  // namespace convene::sandbox
