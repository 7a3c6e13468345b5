// src/sandbox/control/control.h: the port for whoever runs the rehearsal.
#pragma once
#include "sandbox/http/http_message.h"
#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// docs/sandbox.md § Control port lists the requests. Answers are JSON.
[[nodiscard]] HttpOutcome serve_control(Sandbox& sandbox, const HttpRequest& request);

}  // namespace convene::sandbox
