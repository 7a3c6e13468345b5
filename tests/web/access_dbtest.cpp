// Who may do what: logins, links, other people's pages.
#include <gmock/gmock.h>

#include "tests/web/board_fixture.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AccessToTheBoard : public BoardFixture {
protected:
    void open_with_login() {
        web::BoardOptions options;
        options.login = true;
        open(kSqlite, options);
        schedule();
    }
    std::string link(HttpClient& client, const nlohmann::json& wanted) {
        return client.post("/links", wanted).json().at("url");
    }
};

TEST_F(AccessToTheBoard, on_loopback_without_a_login_the_page_opens_at_once_as_whoever_started_it) {
    open(kSqlite);
    HttpClient client(server_->port());
    const auto session = client.open_session();
    EXPECT_EQ(session.at("user"), "ana");
    EXPECT_EQ(client.get("/cohorts").status, 200);
}

TEST_F(AccessToTheBoard, with_a_login_nothing_is_told_before_it) {
    open_with_login();
    HttpClient client(server_->port());
    EXPECT_FALSE(client.open_session().at("logged_in"));
    for (const auto& [method, path] : server_->routes()) {
        std::string asked = path;
        for (const char* name : {"{cohort}", "{group}", "{person}", "{plan}", "{hour}", "{job}"})
            if (const auto where = asked.find(name); where != std::string::npos)
                asked.replace(where, std::string(name).size(), "1");
        const bool open_to_all = path.find("/session") != std::string::npos ||
                                 path.find("/login/") != std::string::npos || path.ends_with("openapi.json");
        if (open_to_all) continue;
        EXPECT_EQ(client.send(method, asked, "{}").status, 401) << method << ' ' << path;
    }
}

TEST_F(AccessToTheBoard, a_login_link_works_once) {
    open_with_login();
    const std::string address = server_->address();
    HttpClient ana(server_->port());
    EXPECT_EQ(ana.log_in(address).status, 200);
    EXPECT_EQ(ana.get("/cohorts").status, 200);
    HttpClient other(server_->port());
    EXPECT_EQ(other.log_in(address).status, 403);
    EXPECT_EQ(other.get("/cohorts").status, 401);
}

TEST_F(AccessToTheBoard, a_forged_link_opens_nothing) {
    open_with_login();
    std::string address = server_->address();
    address.back() = address.back() == 'A' ? 'B' : 'A';
    HttpClient client(server_->port());
    EXPECT_EQ(client.log_in(address).status, 403);
}

TEST_F(AccessToTheBoard, an_invited_colleague_stands_in_the_history_by_name) {
    open_with_login();
    HttpClient ana(server_->port());
    ana.log_in(server_->address());
    HttpClient ben(server_->port());
    ben.log_in(link(ana, {{"kind", "login"}, {"name", "Ben"}}));
    const auto board = ben.get(at()).json();
    ben.post(at("/edits"), {{"command", "pin"},
                            {"group", board.at("groups")[0].at("group_id")},
                            {"version", board.at("version")}});
    EXPECT_EQ(ana.get(at("/edits")).json().at("edits")[0].at("author"), "Ben");
}

TEST_F(AccessToTheBoard, a_share_link_shows_one_cohort_without_addresses_or_hours_and_changes_nothing) {
    open_with_login();
    HttpClient ana(server_->port());
    ana.log_in(server_->address());
    const std::string share = link(ana, {{"kind", "share"}, {"cohort", cohort_.value}});
    HttpClient guest(server_->port());
    ASSERT_EQ(guest.log_in(share).status, 200);
    const auto board = guest.get(at());
    ASSERT_EQ(board.status, 200);
    const auto groups = board.json().at("groups");
    EXPECT_EQ(groups.size(), 13U);
    const std::string person = std::to_string(groups[0].at("members")[0].at("user_id").get<int>());
    for (const char* path : {"", "/groups", "/people", "/unplaced", "/heat", "/checks"}) {
        const auto reply = guest.get(at(path));
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_THAT(reply.body, Not(HasSubstr("@"))) << path;
        EXPECT_THAT(reply.body, Not(HasSubstr("letter"))) << path;
    }
    const std::vector<std::string> hidden = {"/people/" + person, "/people/" + person + "/verdicts", "/edits",
                                             "/heat/18"};
    for (const std::string& path : hidden) EXPECT_EQ(guest.get(at(path)).status, 403) << path;
    EXPECT_EQ(guest.post(at("/edits"), {{"command", "undo"}, {"version", "x"}}).status, 403);
    EXPECT_EQ(guest.post("/links", {{"kind", "login"}, {"name", "me"}}).status, 403);
    EXPECT_EQ(guest.get("/cohorts/" + std::to_string(cohort_.value + 1)).status, 404);
    HttpClient again(server_->port());
    EXPECT_EQ(again.log_in(share).status, 200) << "a share link works more than once";
}

TEST_F(AccessToTheBoard, a_change_without_the_csrf_token_is_refused) {
    open(kSqlite);
    HttpClient client = this->client();
    client.csrf = "guessed";
    EXPECT_EQ(client.post(at("/edits"), {{"command", "undo"}, {"version", "x"}}).refusal(), "csrf");
    client.csrf.clear();
    EXPECT_EQ(client.post(at("/edits"), {{"command", "undo"}, {"version", "x"}}).refusal(), "csrf");
}

TEST_F(AccessToTheBoard, another_sites_page_and_another_name_of_this_machine_are_refused) {
    open(kSqlite);
    HttpClient client = this->client();
    EXPECT_EQ(client.send("POST", "/api/v1/session", "{}", {{"Origin", "https://evil.example"}}).refusal(),
              "wrong_origin");
    EXPECT_EQ(client.send("GET", "/api/v1/session", {}, {{"Host", "evil.example"}}).status, 421);
}

TEST_F(AccessToTheBoard, the_page_may_run_and_load_only_what_this_server_sends) {
    open(kSqlite);
    HttpClient client(server_->port());
    const auto page = client.send("GET", "/");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.headers.at("content-security-policy"),
                HasSubstr("default-src 'none'; script-src 'self'"));
    EXPECT_THAT(page.headers.at("content-security-policy"), Not(HasSubstr("unsafe")));
    EXPECT_THAT(page.body, Not(HasSubstr("<style")));
    EXPECT_THAT(page.body, HasSubstr("assets/board.js"));
    EXPECT_EQ(client.send("GET", "/assets/board.js").headers.at("content-type"),
              "text/javascript; charset=utf-8");
    EXPECT_EQ(client.send("GET", "/assets/../board_server.cpp").status, 404);
    const std::string tag = page.headers.at("etag");
    EXPECT_EQ(client.send("GET", "/", {}, {{"If-None-Match", tag}}).status, 304);
}

TEST_F(AccessToTheBoard, no_path_leads_out_of_the_page) {
    open(kSqlite);
    HttpClient client(server_->port());
    for (const char* path : {"/assets/%2e%2e/%2e%2e/etc/passwd.txt", "/..%2f..%2fetc/passwd.txt",
                             "/assets/%00.js", "/%2e%2e/board.db", "/assets/board.js%00.css"}) {
        const auto reply = client.send("GET", path);
        EXPECT_EQ(reply.status, 404) << path << ' ' << reply.body;
    }
    EXPECT_EQ(client.send("POST", "/", "x").status, 405);
}

TEST_F(AccessToTheBoard, what_a_reply_tells_a_browser_keeps_others_out) {
    web::BoardOptions options;
    options.login = true;
    options.behind_proxy = true;
    options.public_url = "https://board.example.org";
    open(kSqlite, options);
    HttpClient client(server_->port());
    const auto page = client.send("GET", "/", {}, {{"Host", "board.example.org"}});
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
    EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(page.headers.at("strict-transport-security"), HasSubstr("max-age="));
    const std::string address = server_->address();
    const auto in = client.send("POST", "/api/v1/session",
                                nlohmann::json{{"token", address.substr(address.find("#login=") + 7)}}.dump(),
                                {{"Host", "board.example.org"}});
    ASSERT_EQ(in.status, 200) << in.body;
    EXPECT_THAT(in.headers.at("set-cookie"), HasSubstr("HttpOnly; SameSite=Strict; Secure"));
    EXPECT_EQ(in.headers.at("cache-control"), "no-store");
}

TEST_F(AccessToTheBoard, behind_a_proxy_each_client_has_its_own_limit_and_cannot_pretend_to_be_others) {
    web::BoardOptions options;
    options.login = true;
    options.behind_proxy = true;
    options.public_url = "https://board.example.org";
    open(kSqlite, options);
    HttpClient client(server_->port());
    const auto guess = [&](const std::string& forwarded) {
        return client
            .send("POST", "/api/v1/session", R"({"token":"x.y"})",
                  {{"Host", "board.example.org"}, {"X-Forwarded-For", forwarded}})
            .status;
    };
    long last = 0;
    // The first address is what the client claims; the last one is what the proxy has seen.
    for (int attempt = 0; attempt < 12; ++attempt)
        last = guess("10.0.0." + std::to_string(attempt) + ",198.51.100.7");
    EXPECT_EQ(last, 429);
    EXPECT_EQ(guess("198.51.100.8"), 403);
}

TEST_F(AccessToTheBoard, with_a_certificate_everything_is_encrypted) {
    const std::string certificate = (folder_.path() / "cert.pem").string();
    const std::string key = (folder_.path() / "key.pem").string();
    const ProgramResult made =
        run_program("/usr/bin/openssl",
                    {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    web::BoardOptions options;
    options.server.certificate_file = certificate;
    options.server.key_file = key;
    open(kSqlite, options);
    EXPECT_THAT(server_->address(), ::testing::StartsWith("https://"));
    HttpClient client(server_->port(), "https");
    client.open_session();
    EXPECT_EQ(client.get("/cohorts").status, 200);
    const auto session = client.send("GET", "/api/v1/session");
    EXPECT_EQ(session.status, 200);
    HttpClient plain(server_->port());
    EXPECT_THROW((void)plain.send("GET", "/"), std::runtime_error);
}

TEST_F(AccessToTheBoard, guessing_links_is_slowed_down) {
    open_with_login();
    HttpClient client(server_->port());
    long last = 0;
    for (int attempt = 0; attempt < 12; ++attempt) last = client.log_in("#login=x.y").status;
    EXPECT_EQ(last, 429);
}

TEST_F(AccessToTheBoard, discord_lets_administrators_in_and_nobody_else) {
    discord_login_ = [](const std::string& code, const std::string& redirect) {
        EXPECT_THAT(redirect, HasSubstr("/api/v1/login/discord/return"));
        return web::DiscordUser{"Cleo", code == "admin"};
    };
    open_with_login();
    const auto state_of = [](const HttpReply& reply) {
        const std::string location = reply.headers.at("location");
        const std::size_t begin = location.find("state=") + 6;
        return location.substr(begin, location.find('&', begin) - begin);
    };
    HttpClient cleo(server_->port());
    const auto leaving = cleo.get("/login/discord");
    EXPECT_EQ(leaving.status, 302);
    EXPECT_THAT(leaving.headers.at("location"), HasSubstr("client_id=42"));
    const auto back = cleo.get("/login/discord/return?code=admin&state=" + state_of(leaving));
    EXPECT_EQ(back.headers.at("location"), "/");
    EXPECT_EQ(cleo.open_session().at("user"), "Cleo");

    HttpClient visitor(server_->port());
    const auto left = visitor.get("/login/discord");
    EXPECT_EQ(
        visitor.get("/login/discord/return?code=visitor&state=" + state_of(left)).headers.at("location"),
        "/#refused=administrator");
    EXPECT_FALSE(visitor.open_session().at("logged_in"));

    HttpClient tricked(server_->port());
    EXPECT_EQ(tricked.get("/login/discord/return?code=admin&state=" + state_of(left)).headers.at("location"),
              "/#refused=state");
}

}  // namespace
}  // namespace convene::test
