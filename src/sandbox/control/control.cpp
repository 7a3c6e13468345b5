#include "sandbox/control/control.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sandbox/control/control_answer.h"
#include "sandbox/control/endpoint_control.h"
#include "sandbox/control/interaction_control.h"
#include "sandbox/control/page.h"
#include "sandbox/rest/api.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/overwrites.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

const auto answer = control_answer;

HttpResponse bad(const std::string& what) {
    return control_refusal(what);
}
HttpResponse bad(const std::vector<std::string>& faults) {
    return control_refusal(faults);
}

template <class Things, class ToObject>
json list(const Things& things, ToObject&& to_object) {
    json out = json::array();
    for (const auto& [id, thing] : things) out.push_back(to_object(thing));
    return out;
}

HttpResponse get_state(Sandbox& sandbox) {
    const Instant now = sandbox.tick();
    sandbox.keep_changes();
    const World& world = sandbox.world;
    json messages = json::object();
    for (const auto& [id, channel] : world.channels) {
        if (channel.type != ChannelType::category) messages[id_text(id)] = json::array();
    }
    for (const auto& [channel_id, in_channel] : world.messages) {
        messages[id_text(channel_id)] =
            list(in_channel, [&](const Message& m) { return message_object(world, m); });
    }
    return answer(
        200, {{"guild", guild_object(world, true)},
              {"roles", list(world.roles, role_object)},
              {"members", list(world.members, [&](const Member& m) { return member_object(world, m); })},
              {"channels", list(world.channels, [&](const Channel& c) { return channel_object(world, c); })},
              {"scheduled_events",
               list(world.events, [&](const ScheduledEvent& e) { return event_object(world, e); })},
              {"messages", messages},
              {"audit_log", list(world.audit_log, audit_entry_object)},
              {"now", to_iso(now)}});
}

HttpResponse get_visible(Sandbox& sandbox, const HttpRequest& request) {
    const auto given = request.query.find("user_id");
    const auto user_id = given == request.query.end() ? std::nullopt : parse_snowflake(given->second);
    if (!user_id) return bad("user_id: must be an id");
    (void)sandbox.tick();
    sandbox.keep_changes();
    json channels = json::array();
    json events = json::array();
    for (const Channel* channel : visible_channels(sandbox.world, *user_id)) {
        channels.push_back(channel_object(sandbox.world, *channel));
    }
    for (const ScheduledEvent* event : visible_events(sandbox.world, *user_id)) {
        events.push_back(event_object(sandbox.world, *event));
    }
    return answer(200, {{"user_id", id_text(*user_id)},
                        {"member", sandbox.world.members.contains(*user_id)},
                        {"channels", channels},
                        {"scheduled_events", events}});
}

/// The role that makes people administrators; made when first needed.
Snowflake administrator_role(World& world, Instant now) {
    for (const auto& [id, role] : world.roles) {
        if (!role.bot_id && (role.permissions & permission::kAdministrator) != 0) return id;
    }
    Role role;
    role.id = world.ids.next(now);
    role.name = "Administrator";
    role.permissions = permission::kAdministrator;
    role.position = static_cast<int>(world.roles.size());
    world.roles.emplace(role.id, role);
    world.note(Kind::role, role.id);
    return role.id;
}

HttpResponse post_member(Sandbox& sandbox, const json& body) {
    const auto id = id_in(body, "id");
    if (!id) return bad("id: must be an id");
    const Instant now = sandbox.tick();
    Member member;
    member.id = *id;
    member.username = body.value("username", fmt::format("user{}", *id));
    member.joined_at = now;
    if (body.contains("nick") && body["nick"].is_string()) member.nick = body["nick"].get<std::string>();
    if (body.contains("global_name") && body["global_name"].is_string()) {
        member.global_name = body["global_name"].get<std::string>();
    }
    member.pending = body.value("pending", false);
    if (body.value("administrator", false)) member.roles.push_back(administrator_role(sandbox.world, now));
    const bool joined = !sandbox.world.members.contains(*id);
    if (!joined) member.joined_at = sandbox.world.members.at(*id).joined_at;
    sandbox.world.members.insert_or_assign(*id, member);
    sandbox.world.note(Kind::member, *id);
    sandbox.keep_changes();
    return answer(joined ? 201 : 200, member_object(sandbox.world, member));
}

HttpResponse delete_member(Sandbox& sandbox, const std::string& id_text_given) {
    const auto id = parse_snowflake(id_text_given);
    if (id == sandbox.world.identity.bot_user_id)
        return bad("the bot stays: without it nothing is left to see");
    if (!id || sandbox.world.members.erase(*id) == 0) return answer(404, {{"error", "no such member"}});
    sandbox.world.note(Kind::member, *id);
    if (!sandbox.world.settings.overwrites_survive_leaving) forget_overwrites_of(sandbox.world, *id);
    sandbox.keep_changes();
    return {204, {}, ""};
}

HttpResponse post_faults(Sandbox& sandbox, const json& body) {
    const auto faults = sandbox.faults.add(body.is_object() ? json::array({body}) : body);
    return faults.empty() ? answer(200, sandbox.faults.describe()) : bad(faults);
}

HttpResponse post_clock(Sandbox& sandbox, const json& body) {
    const json seconds = body.value("advance_seconds", json());
    if (!seconds.is_number() || seconds.get<double>() < 0)
        return bad("advance_seconds: must be a number, 0 or more");
    sandbox.clock.advance(std::chrono::milliseconds(static_cast<long long>(seconds.get<double>() * 1000)));
    if (sandbox.file) sandbox.file->append_clock(sandbox.clock.offset());
    const Instant now = sandbox.tick();
    sandbox.keep_changes();
    return answer(200, {{"now", to_iso(now)}});
}

HttpResponse post_settings(Sandbox& sandbox, const json& body) {
    const auto faults = change_settings(sandbox.world.settings, body);
    if (!faults.empty()) return bad(faults);
    sandbox.world.note(Kind::settings, 0);
    sandbox.keep_changes();
    return answer(200, to_json(sandbox.world.settings));
}

HttpResponse post_act(Sandbox& sandbox, const json& body) {
    const auto user_id = id_in(body, "user_id");
    if (!user_id || !sandbox.world.members.contains(*user_id)) return bad("user_id: must be a member's id");
    const std::string method = body.value("method", "GET");
    const std::string path = body.value("path", "");
    const json what = body.value("body", json());
    return act_as(sandbox, *user_id, method, path, what.is_null() ? "" : what.dump());
}

HttpResponse get_page(Sandbox& sandbox, const HttpRequest& request) {
    const auto id = [&](const char* name) {
        const auto given = request.query.find(name);
        return given == request.query.end() ? 0 : parse_snowflake(given->second).value_or(0);
    };
    const Instant now = sandbox.tick();
    sandbox.keep_changes();
    return {200,
            {{"Content-Type", "text/html; charset=utf-8"}},
            page_for(sandbox.world, {id("user_id"), id("channel_id")}, now)};
}

HttpResponse post_gateway(Sandbox& sandbox, const json& body) {
    const std::string fault =
        sandbox.gateway.order(body, {sandbox.clock.now(), std::chrono::steady_clock::now()});
    return fault.empty() ? answer(200, sandbox.gateway.describe()) : bad(fault);
}

HttpResponse get_requests(Sandbox& sandbox, const HttpRequest& request) {
    const auto after = request.query.find("after");
    long long n = 0;
    if (after != request.query.end()) {
        const auto number = parse_snowflake(after->second);
        if (!number && after->second != "0") return bad("after: must be a number");
        n = static_cast<long long>(number.value_or(0));
    }
    return answer(200, sandbox.log.after(n));
}

HttpResponse route(Sandbox& sandbox, const HttpRequest& request, std::unique_lock<std::mutex>& lock) {
    const std::string& path = request.path;
    const bool get = request.method == "GET";
    const bool post = request.method == "POST";
    const bool remove = request.method == "DELETE";
    const json body = request.body.empty() ? json::object() : json::parse(request.body, nullptr, false);
    if (body.is_discarded()) return bad("the body is no JSON");
    if (post && path != "/faults" && !body.is_object()) return bad("the body must be an object");

    if (get && path == "/state") return get_state(sandbox);
    if (get && path == "/requests") return get_requests(sandbox, request);
    if (get && path == "/visible") return get_visible(sandbox, request);
    if (post && path == "/members") return post_member(sandbox, body);
    if (remove && path.starts_with("/members/")) return delete_member(sandbox, path.substr(9));
    if (post && path == "/faults") return post_faults(sandbox, body);
    if (get && path == "/faults") return answer(200, sandbox.faults.describe());
    if (remove && path == "/faults") {
        sandbox.faults.clear();
        return {204, {}, ""};
    }
    if (post && path == "/clock") return post_clock(sandbox, body);
    if (get && path == "/clock") return answer(200, {{"now", to_iso(sandbox.tick())}});
    if (post && path == "/settings") return post_settings(sandbox, body);
    if (get && path == "/settings") return answer(200, to_json(sandbox.world.settings));
    if (post && path == "/act") return post_act(sandbox, body);
    if (post && path == "/interactions") return post_interaction(sandbox, body);
    if (get && path == "/interactions") return list_interactions(sandbox);
    if (get && path.starts_with("/interactions/")) return get_interaction(sandbox, path.substr(14));
    if (post && path == "/components") return post_component(sandbox, body);
    if (post && path == "/autocomplete") return post_autocomplete(sandbox, body, lock);
    if (post && path == "/endpoint") return post_endpoint(sandbox, body, lock);
    if (get && path == "/endpoint") return get_endpoint(sandbox);
    if (post && path == "/endpoint/try") return post_endpoint_try(sandbox, body, lock);
    if (get && path == "/leaks") return answer(200, sandbox.leaks.describe());
    if (get && path == "/") return get_page(sandbox, request);
    if (post && path == "/gateway") return post_gateway(sandbox, body);
    if (get && path == "/gateway") return answer(200, sandbox.gateway.describe());
    return answer(404, {{"error", fmt::format("no such request: {} {}", request.method, path)}});
}

}  // namespace

HttpOutcome serve_control(Sandbox& sandbox, const HttpRequest& request) {
    std::unique_lock lock(sandbox.mutex);
    try {
        return HttpOutcome::with(route(sandbox, request, lock));
    } catch (const json::exception& wrong_kind) {
        return HttpOutcome::with(bad(wrong_kind.what()));
    }
}

}  // namespace convene::sandbox
