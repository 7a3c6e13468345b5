// src/sandbox/control/interaction_control.h: people at their clients, on the control port.
#pragma once
#include <mutex>
#include <nlohmann/json_fwd.hpp>

#include "sandbox/http/http_message.h"
#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// POST /interactions: a slash command is typed and sent.
[[nodiscard]] HttpResponse post_interaction(Sandbox& sandbox, const nlohmann::json& body);
/// GET /interactions and GET /interactions/ID: what became of them.
[[nodiscard]] HttpResponse list_interactions(const Sandbox& sandbox);
[[nodiscard]] HttpResponse get_interaction(const Sandbox& sandbox, const std::string& id);
/// POST /components: a button is pressed.
[[nodiscard]] HttpResponse post_component(Sandbox& sandbox, const nlohmann::json& body);
/// POST /autocomplete: waits for the choices, or until they would come too
/// late. The mutex, which `lock` holds, is free meanwhile.
[[nodiscard]] HttpResponse post_autocomplete(Sandbox& sandbox, const nlohmann::json& body,
                                             std::unique_lock<std::mutex>& lock);

}  // namespace convene::sandbox
