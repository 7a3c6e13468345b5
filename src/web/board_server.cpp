#include "web/board_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "web/api/api.h"
#include "web/api/cookies.h"
#include "web/assets.h"
#include "web/login/secrets.h"

namespace convene::web {
namespace {

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1" || address == "localhost";
}

std::string host_in_url(const std::string& address) {
    return address.find(':') == std::string::npos ? address : '[' + address + ']';
}

/// `https://host/x` is host.
std::string authority_of(const std::string& url) {
    const std::size_t begin = url.find("://");
    if (begin == std::string::npos) return url;
    return url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
}

/// What the proxy itself has added; what stands before it anybody may have written.
std::string last_of_list(const std::string& list) {
    const std::string last = list.substr(list.rfind(',') + 1);
    const std::size_t begin = last.find_first_not_of(' ');
    return begin == std::string::npos ? "" : last.substr(begin, last.find_last_not_of(' ') + 1 - begin);
}

Response plain_refusal(int status, const char* code, const char* message) {
    return Refusal(status, code, message).response();
}

/// Nothing but what this server sends runs or loads, no other page frames it, and links tell nobody where
/// they were clicked.
void add_safety_headers(Response& response) {
    response.headers.insert(response.headers.end(),
                            {{"Content-Security-Policy",
                              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                              "data:; font-src 'self'; connect-src 'self'; "
                              "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
                             {"X-Content-Type-Options", "nosniff"},
                             {"Referrer-Policy", "no-referrer"},
                             {"Cross-Origin-Opener-Policy", "same-origin"},
                             {"Cross-Origin-Resource-Policy", "same-origin"},
                             {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"}});
}

}  // namespace

struct BoardServer::Impl {
    Impl(Surroundings surroundings, BoardOptions wanted)
        : stage(std::move(surroundings), wanted,
                wanted.link_key.empty() ? random_secret() : wanted.link_key) {
        BoardOptions& options = stage.options;
        if (!is_loopback(options.server.address)) options.login = true;
        if (options.behind_proxy) options.server.limits.connections_of_one_address = 0;
        add_session_routes(router, stage);
        add_cohort_routes(router, stage);
        add_people_routes(router, stage);
        add_edit_routes(router, stage);
        add_plan_routes(router, stage);
        add_realization_routes(router, stage);
        add_job_routes(router, stage);
        router.add("GET", "/api/v1/openapi.json", Access::anybody,
                   [](const Call&) { return asset("openapi.json"); });
        server = std::make_unique<http::Server>(options.server,
                                                [this](const Request& request) { return answer(request); });
        const bool tls = !options.server.certificate_file.empty();
        stage.base_url = options.public_url.empty()
                             ? fmt::format("{}://{}:{}", tls ? "https" : "http",
                                           host_in_url(options.server.address), server->port())
                             : options.public_url;
        ready = true;
    }

    static Response asset(std::string_view path) {
        const Asset* found = find_asset(path);
        if (found == nullptr) return plain_refusal(404, "not_found", "no such page");
        return {200,
                {{"Content-Type", std::string(found->type)},
                 {"Cache-Control", "no-cache"},
                 {"ETag", fmt::format("\"{}\"", found->tag)}},
                std::string(found->content),
                {}};
    }

    Response answer(Request request) {
        if (stage.options.behind_proxy) {
            const std::string client = last_of_list(request.header("x-forwarded-for"));
            if (!client.empty()) request.client = client;
        }
        Response response;
        try {
            response = answer_safely(request);
        } catch (const Refusal& refusal) {
            response = refusal.response();
        } catch (const StoreFailure& failure) {
            response = Refusal(503, "database", failure.what()).response();
        } catch (const DiscordFailure& failure) {
            response = Refusal(502, "discord", failure.what()).response();
        } catch (const Failure& failure) {
            response = Refusal(500, "failure", failure.what()).response();
        }
        add_safety_headers(response);
        if (stage.base_url.starts_with("https:"))
            response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
        return response;
    }

    Response answer_safely(const Request& request) {
        if (!ready || !host_is_ours(request))
            return plain_refusal(421, "wrong_host", "not a name of this server");
        if (!stage.requests.take(request.client, std::chrono::steady_clock::now()))
            return plain_refusal(429, "too_many", "too many requests; wait a little");
        if (request.path.empty() || request.path.front() != "api") return page(request);
        const Router::Match match = router.match(request);
        if (match.route == nullptr) {
            return match.path_known ? plain_refusal(405, "method", "not with this method")
                                    : plain_refusal(404, "not_found", "no such thing in the API");
        }
        const SessionPtr session = stage.sessions.find(request.cookie(kSessionCookie));
        admit(request, *match.route, match.parameters, session);
        return match.route->answer({request, match.parameters, session});
    }

    static Response page(const Request& request) {
        if (request.method != "GET" && request.method != "HEAD")
            return plain_refusal(405, "method", "not with this method");
        std::string path;
        for (const std::string& segment : request.path) path += (path.empty() ? "" : "/") + segment;
        // Addresses of the page itself, such as /cohorts/3, are for its script to read.
        const bool file = path.find('.') != std::string::npos;
        Response response = asset(file ? path : "index.html");
        for (const auto& [name, value] : response.headers) {
            if (name == "ETag" && request.header("if-none-match") == value) {
                response.status = 304;
                response.body.clear();
                break;
            }
        }
        return response;
    }

    /// Whoever else's name leads here (by DNS rebinding, say) is sent away.
    [[nodiscard]] bool host_is_ours(const Request& request) const {
        const std::string host = request.header("host");
        if (host == authority_of(stage.base_url)) return true;
        const std::string port = ":" + std::to_string(server->port());
        return is_loopback(stage.options.server.address) &&
               (host == "localhost" + port || host == "127.0.0.1" + port || host == "[::1]" + port);
    }

    void admit(const Request& request, const Route& route,
               const std::map<std::string, std::string>& parameters, const SessionPtr& session) const {
        if (request.method != "GET" && request.method != "HEAD") {
            const std::string origin = request.header("origin");
            if (!origin.empty() && authority_of(origin) != request.header("host"))
                throw Refusal(403, "wrong_origin", "sent by the page of another site");
        }
        if (route.access == Access::anybody) return;
        if (!session) throw Refusal(401, "login", "log in first");
        if (route.access == Access::organiser && !session->may_change())
            throw Refusal(403, "read_only", "this link only shows the groups");
        if (session->only) {
            const auto cohort = parameters.find("cohort");
            if (cohort != parameters.end() && cohort->second != std::to_string(session->only->value))
                throw Refusal(404, "not_found", "no such cohort");
        }
        const bool changes = request.method != "GET" && request.method != "HEAD";
        if (changes && !equal_secrets(request.header("x-convene-csrf"), session->csrf))
            throw Refusal(403, "csrf", "the page is out of date: load it again");
    }

    Backstage stage;
    Router router;
    std::atomic<bool> ready = false;  ///< the first requests may come before the address is known
    std::unique_ptr<http::Server> server;
};

BoardServer::BoardServer(Surroundings surroundings, BoardOptions options)
    : impl_(std::make_unique<Impl>(std::move(surroundings), std::move(options))) {}

BoardServer::~BoardServer() {
    stop();
}

std::string BoardServer::address() const {
    const Backstage& stage = impl_->stage;
    if (!stage.options.login) return stage.base_url + "/";
    return stage.base_url + "/#login=" +
           stage.sessions.login_token(stage.options.user.empty() ? "organiser" : stage.options.user);
}

std::uint16_t BoardServer::port() const noexcept {
    return impl_->server->port();
}

std::vector<std::pair<std::string, std::string>> BoardServer::routes() const {
    std::vector<std::pair<std::string, std::string>> list;
    for (const Route& route : impl_->router.routes()) list.emplace_back(route.method, route.path);
    return list;
}

void BoardServer::stop() {
    impl_->stage.jobs.stop();
    impl_->server->stop();
}

}  // namespace convene::web
