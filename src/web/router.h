// src/web/router.h: which function answers which request, and who may ask.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "web/login/sessions.h"

namespace convene::web {

using http::Request;
using http::Response;

enum class Access {
    anybody,    ///< without a session too
    viewer,     ///< with a session; a share link's only for its own cohort
    organiser,  ///< with a session that may change things
};

/// A request that has been let through.
struct Call {
    const Request& request;
    std::map<std::string, std::string> parameters;
    SessionPtr session;  ///< null only for Access::anybody

    /// A parameter that is a key. \throws Refusal 404 for anything but digits
    [[nodiscard]] std::int64_t key(const std::string& name) const;
    [[nodiscard]] CohortId cohort() const { return CohortId{key("cohort")}; }
    /// Empty when the query does not have it.
    [[nodiscard]] std::optional<std::string> query(const std::string& name) const;
};

struct Route {
    std::string method;
    std::string path;  ///< `/api/v1/cohorts/{cohort}/groups`, as in the OpenAPI file
    Access access = Access::viewer;
    std::function<Response(const Call&)> answer;
};

class Router {
public:
    void add(std::string method, std::string path, Access access,
             std::function<Response(const Call&)> answer);
    [[nodiscard]] const std::vector<Route>& routes() const noexcept { return routes_; }

    struct Match {
        const Route* route = nullptr;  ///< null: no such route
        std::map<std::string, std::string> parameters;
        bool path_known = false;  ///< with another method
    };
    [[nodiscard]] Match match(const Request& request) const;

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> segments_;  ///< of each route's path
};

}  // namespace convene::web
