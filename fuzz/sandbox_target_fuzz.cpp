// A request's target: path and query, and the route it names.
#include "fuzz/fuzz_target.h"
#include "sandbox/http/http_message.h"
#include "sandbox/rest/router.h"

using namespace convene::sandbox;

void convene::fuzz::try_text(std::string_view text) {
    HttpRequest request;
    set_target(request, std::string(text));
    require(request.path.find('?') == std::string::npos, "the query is no part of the path");
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        const RouteMatch match = find_route(method, request.path);
        require(match.route == nullptr || match.path_known, "a route's path is known");
        for (const auto& [name, id] : match.ids) require(id != 0, "an id is no zero");
    }
}
