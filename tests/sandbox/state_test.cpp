#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

/// run() in a process of its own, to be killed.
class Child {
public:
    explicit Child(const Options& options) {
        int ends[2];
        if (::pipe(ends) != 0) return;
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(ends[0]);
            ::dup2(ends[1], STDOUT_FILENO);
            std::ofstream out("/dev/stdout");
            ::_exit(run(options, out));
        }
        ::close(ends[1]);
        std::FILE* in = ::fdopen(ends[0], "r");
        char line[4096] = "";
        if (std::fgets(line, sizeof line, in) != nullptr) announced = json::parse(line, nullptr, false);
        std::fclose(in);
    }
    ~Child() { (void)end(SIGKILL); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Exit code, or minus the signal that ended it.
    int end(int signal) {
        if (pid_ <= 0) return 0;
        ::kill(pid_, signal);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    [[nodiscard]] SandboxClient client() const {
        return SandboxClient({announced["api_base"], announced["gateway"], announced["control"],
                              announced["token"], announced["application_id"], announced["guild_id"],
                              announced["bot_user_id"], announced["admin_user_id"]});
    }

    json announced;

private:
    pid_t pid_ = 0;
};

/// One change of every kind that the state file has to keep.
void change_everything(const SandboxClient& client) {
    client.control("POST", "/settings", {{"rate_limits", false}, {"list_finished_events", true}});
    client.join("555", true);
    client.join("556");
    client.control("DELETE", "/members/556");
    const std::string category = client.create({{"name", "C"}, {"type", 4}}).id();
    const std::string voice =
        client
            .create({{"name", "V"},
                     {"type", 2},
                     {"parent_id", category},
                     {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}})
            .id();
    const std::string gone = client.create({{"name", "gone"}, {"topic", "t"}}).id();
    client.rest("DELETE", "/channels/" + gone);
    client.rest("PUT", "/channels/" + voice + "/permissions/777", {{"type", 1}, {"allow", "1024"}});
    client.create_event(voice, 24, {{"description", "d"}});
    client.create_event(voice, 1);
    client.say(
        client.general(),
        {{"content", "hi \u00fc"}, {"embeds", {{{"title", "t"}}}}, {"nonce", "n1"}, {"enforce_nonce", true}});
    const std::string mine = client.say(client.general(), {{"content", "second"}}).id();
    client.rest("PATCH", "/channels/" + client.general() + "/messages/" + mine, {{"content", "edited"}});
    client.control("POST", "/clock", {{"advance_seconds", 6 * 3600}});
}

TEST(State, survives_kill_9_with_nothing_acknowledged_lost) {
    const TemporaryFile file;
    Options options;
    options.state_file = file.path;
    json before, log, announced;
    {
        Child child(options);
        ASSERT_TRUE(child.announced.is_object());
        change_everything(child.client());
        before = child.client().state();
        log = child.client().requests();
        announced = child.announced;
        EXPECT_EQ(child.end(SIGKILL), -SIGKILL);
    }
    Child child(options);
    for (const char* same : {"token", "application_id", "guild_id", "bot_user_id", "admin_user_id"}) {
        EXPECT_EQ(child.announced[same], announced[same]);
    }
    json after = child.client().state();
    EXPECT_GE(after["now"], before["now"]);
    before.erase("now");
    after.erase("now");
    EXPECT_EQ(after, before);
    EXPECT_EQ(child.client().requests(), log);
    EXPECT_EQ(child.client().control("GET", "/settings").body["list_finished_events"], true);

    // Ids go on rising, and an enforced nonce is still known.
    const Reply next = child.client().create({{"name", "next"}});
    EXPECT_GT(std::stoull(next.id()), std::stoull(before["audit_log"].back()["id"].get<std::string>()));
    EXPECT_EQ(child.client().requests().size(), log.size() + 1);
    EXPECT_EQ(child.end(SIGTERM), 0);
}

TEST(State, a_last_line_cut_short_is_passed_over) {
    const TemporaryFile file;
    Options options;
    options.state_file = file.path;
    json before;
    {
        const SandboxProcess process(options);
        before = SandboxClient(process.endpoints()).state();
    }
    std::ofstream(file.path, std::ios::app) << R"({"id":5,"kind":"chan)";
    const SandboxProcess process(options);
    EXPECT_EQ(SandboxClient(process.endpoints()).state()["channels"], before["channels"]);
}

TEST(State, a_foreign_file_is_refused_and_left_alone) {
    const TemporaryFile file("shopping list\n");
    Options options;
    options.state_file = file.path;
    try {
        const SandboxProcess process(options);
        FAIL() << "a shopping list was taken for a state file";
    } catch (const SandboxFailure& failure) {
        EXPECT_TRUE(failure.bad_input());
    }
    EXPECT_EQ(std::filesystem::file_size(file.path), 14U);
}

TEST(State, ctrl_c_ends_it_with_130) {
    Child child({});
    ASSERT_TRUE(child.announced.is_object());
    EXPECT_EQ(child.end(SIGINT), 130);
}

TEST(State, a_port_in_use_is_a_failure_of_the_world_not_of_the_input) {
    const SandboxProcess first({});
    Options options;
    const std::string& control = first.endpoints().control;
    options.port = static_cast<std::uint16_t>(std::stoi(control.substr(control.rfind(':') + 1)));
    try {
        const SandboxProcess second(options);
        FAIL() << "two servers on one port";
    } catch (const SandboxFailure& failure) {
        EXPECT_FALSE(failure.bad_input());
    }
}

TEST(GuildFile, builds_the_server_it_describes) {
    const TemporaryFile file(R"({
        "name": "Course", "everyone_permissions": "1024", "settings": {"guild_members_intent": true},
        "roles": [{"name": "Staff", "permissions": "16"}],
        "members": [{"id": "555", "username": "ada", "roles": ["Staff"]}],
        "channels": [{"type": "category", "name": "Staff only", "overwrites": [
                        {"role": "@everyone", "deny": "1024"}, {"role": "Staff", "allow": "1024"}]},
                     {"name": "Talk", "parent": "Staff only"}, {"type": "voice", "name": "Room"}],
        "events": [{"name": "Open day", "start": "2099-01-15T15:00:00Z", "channel": "Room", "count": 60},
                   {"name": "Picnic", "start": "2099-01-15T15:00:00Z", "location": "Park"}]})");
    Options options;
    options.guild_file = file.path;
    const SandboxProcess process(options);
    const SandboxClient client(process.endpoints());
    const json state = client.state();
    EXPECT_EQ(state["guild"]["name"], "Course");
    EXPECT_EQ(state["scheduled_events"].size(), 61U);
    const json seen_by_ada = client.control("GET", "/visible?user_id=555").body["channels"];
    EXPECT_EQ(seen_by_ada.size(), 4U);  // general, category, talk, Room
    EXPECT_EQ(client.rest("GET", client.guild() + "/channels").body.size(), 2U);
}

TEST(GuildFile, refuses_more_copies_than_any_server_holds) {
    for (const char* count : {"1000000000", "-1", "\"3\""}) {
        const TemporaryFile file(std::string(R"({"channels": [{"name": "talk", "count": )") + count + "}]}");
        Options options;
        options.guild_file = file.path;
        EXPECT_THROW(SandboxProcess{options}, SandboxFailure) << count;
    }
}

TEST(GuildFile, names_every_fault_in_it) {
    const TemporaryFile file(
        R"({"nam": 1, "members": [{"id": 5}], "channels": [{"name": "x", "parent": "none"}]})");
    Options options;
    options.guild_file = file.path;
    try {
        const SandboxProcess process(options);
        FAIL() << "a faulty guild file was accepted";
    } catch (const SandboxFailure& failure) {
        EXPECT_TRUE(failure.bad_input());
        for (const char* path : {"nam:", "members[0].id", "members[0].username", "channels[0].parent"}) {
            EXPECT_NE(std::string(failure.what()).find(path), std::string::npos) << failure.what();
        }
    }
}

}  // namespace
}  // namespace convene::sandbox
