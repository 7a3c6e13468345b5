#include "discord/login.h"

#include <gmock/gmock.h>

#include "app/failure.h"

namespace convene::discord {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Discord's side of a login, as its documentation describes it.
class LoginPage final : public HttpTransport {
public:
    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override {
        asked.push_back(request);
        if (silent) return tl::unexpected(TransportFault{true, "nothing came back"});
        if (request.url.ends_with("/oauth2/token")) return HttpResponse{token_status, {}, token};
        if (request.url.ends_with("/users/@me")) return HttpResponse{200, {}, user};
        return HttpResponse{200, {}, guilds};
    }

    std::vector<HttpRequest> asked;
    bool silent = false;
    int token_status = 200;
    std::string token = R"({"access_token":"access-7","token_type":"Bearer"})";
    std::string user = R"({"id":"5","username":"cleo","global_name":"Cleo C."})";
    std::string guilds = R"([{"id":"1","owner":false,"permissions":"2147483647"},
                             {"id":"42","owner":false,"permissions":"8"}])";
};

const LoginConfiguration kConfiguration{"https://discord.com/api/v10", "900", "s3cret&=", "42"};

LoggedIn enter(LoginPage& page) {
    return log_in(page, kConfiguration, "co/de", "https://board.example.org/return");
}

TEST(Login, exchanges_the_code_and_asks_with_the_access_it_got) {
    LoginPage page;
    const LoggedIn in = enter(page);
    EXPECT_EQ(in.name, "Cleo C.");
    EXPECT_TRUE(in.administrator);
    ASSERT_EQ(page.asked.size(), 3U);
    EXPECT_EQ(page.asked[0].method, "POST");
    EXPECT_EQ(
        page.asked[0].body,
        "grant_type=authorization_code&code=co%2Fde&redirect_uri=https%3A%2F%2Fboard.example.org%2Freturn"
        "&client_id=900&client_secret=s3cret%26%3D");
    EXPECT_THAT(page.asked[0].url, Not(HasSubstr("s3cret")));
    EXPECT_EQ(page.asked[1].headers.front().second, "Bearer access-7");
}

TEST(Login, only_administrators_and_owners_of_the_configured_server_count) {
    LoginPage page;
    page.guilds = R"([{"id":"42","owner":false,"permissions":"2147483639"}])";  // all but ADMINISTRATOR
    EXPECT_FALSE(enter(page).administrator);
    page.guilds = R"([{"id":"42","owner":true,"permissions":"0"}])";
    EXPECT_TRUE(enter(page).administrator);
    page.guilds = R"([{"id":"43","owner":true,"permissions":"8"}])";
    EXPECT_FALSE(enter(page).administrator) << "of another server";
    page.guilds = R"([])";
    EXPECT_FALSE(enter(page).administrator);
}

TEST(Login, whoever_has_no_display_name_goes_by_their_username) {
    LoginPage page;
    page.user = R"({"id":"5","username":"cleo","global_name":null})";
    EXPECT_EQ(enter(page).name, "cleo");
}

TEST(Login, answers_that_make_no_sense_let_nobody_in) {
    LoginPage page;
    page.guilds = R"({"id":"42","owner":true})";
    EXPECT_FALSE(enter(page).administrator);
    page.guilds = R"(["42",{"id":42,"owner":"yes","permissions":8}])";
    EXPECT_FALSE(enter(page).administrator);
    page.token = R"({"error":"invalid_grant"})";
    EXPECT_THROW((void)enter(page), DiscordFailure);
    page.token = "\"a text\"";
    EXPECT_THROW((void)enter(page), DiscordFailure);
}

TEST(Login, a_refusal_or_silence_is_told_without_secrets) {
    for (const bool silent : {false, true}) {
        LoginPage page;
        page.silent = silent;
        page.token_status = 401;
        try {
            (void)enter(page);
            ADD_FAILURE() << "nobody is let in";
        } catch (const DiscordFailure& failure) {
            EXPECT_THAT(failure.what(), Not(HasSubstr("s3cret")));
            EXPECT_THAT(failure.what(), Not(HasSubstr("co/de")));
        }
    }
}

}  // namespace
}  // namespace convene::discord
