// src/sandbox/gateway/serve_gateway.h: the gateway on a WebSocket.
#pragma once
#include "sandbox/http/http_message.h"
#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// Whether the request is for the gateway rather than the REST API.
[[nodiscard]] bool is_gateway_request(const HttpRequest& request);

/// Takes the connection over, or says why not. Frames are compressed for
/// clients that connect with compress=zlib-stream.
[[nodiscard]] HttpOutcome serve_gateway(Sandbox& sandbox, const HttpRequest& request);

}  // namespace convene::sandbox
