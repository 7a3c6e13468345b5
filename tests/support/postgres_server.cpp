#include "tests/support/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

namespace convene::test {
namespace {

namespace fs = std::filesystem;

/// PostgreSQL refuses to run as root.
const passwd* unprivileged_user() {
    if (::geteuid() != 0) return nullptr;
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* user = ::getpwnam(name)) return user;
    }
    throw std::runtime_error("running as root, and there is no user `postgres` or `nobody` to be instead");
}

/// Debian keeps the server's programs out of the PATH, by version.
fs::path server_programs() {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
        if (fs::exists(version.path() / "bin/initdb")) found.push_back(version.path() / "bin");
    }
    if (found.empty())
        throw std::runtime_error("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/initdb)");
    return *std::max_element(found.begin(), found.end());
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!bound) throw std::runtime_error("no free port on 127.0.0.1");
    return ntohs(address.sin_port);
}

/// Starts `sh -c script` as the unprivileged user with `input` as its standard input.
pid_t start_shell(const std::string& script, int input) {
    const passwd* user = unprivileged_user();
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::dup2(input, STDIN_FILENO);
    // A group of its own: Ctrl-C ends the tests, and their end stops the server in order.
    ::setpgid(0, 0);
    const bool ready = (user == nullptr || (::setgroups(0, nullptr) == 0 && ::setgid(user->pw_gid) == 0 &&
                                            ::setuid(user->pw_uid) == 0)) &&
                       ::chdir("/") == 0;
    if (ready) ::execl("/bin/sh", "sh", "-c", script.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
}

std::string make_directory() {
    std::string directory = (fs::temp_directory_path() / "convene-postgres-XXXXXX").string();
    if (::mkdtemp(directory.data()) == nullptr) throw std::runtime_error("cannot make " + directory);
    if (const passwd* user = unprivileged_user()) {
        if (::chown(directory.c_str(), user->pw_uid, user->pw_gid) != 0) {
            throw std::runtime_error("cannot give " + directory + " away");
        }
    }
    return directory;
}

void wait_until_ready(const std::string& url, pid_t watcher) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (PQping(url.c_str()) != PQPING_OK) {
        int status = 0;
        if (::waitpid(watcher, &status, WNOHANG) == watcher) {
            throw std::runtime_error("PostgreSQL did not start; see the output above");
        }
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL is not ready after 60 s");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace

PostgresServer& PostgresServer::shared() {
    static PostgresServer server;
    return server;
}

PostgresServer::PostgresServer() : directory_(make_directory()), port_(free_port()) {
    const std::string programs = server_programs().string();
    const std::string data = directory_ + "/data";
    const std::string log = directory_ + "/log";
    // Nothing here survives the process, so nothing needs to reach the disk.
    const std::string script =
        "trap 'rm -rf " + directory_ + "' EXIT\n" + programs + "/initdb -D " + data +
        " -U convene -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >" + log +
        " 2>&1 || { cat " + log + " >&2; exit 1; }\n" + programs + "/postgres -D " + data + " -p " +
        std::to_string(port_) +
        " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off"
        " -c max_connections=60 -c shared_buffers=16MB >" +
        log +
        " 2>&1 </dev/null &\n"
        "server=$!\n"
        "cat >/dev/null\n"
        // Again and again: a server that is only just starting does not hear the first.
        "while kill -INT $server 2>/dev/null; do sleep 0.1; done\n";
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    watcher_ = start_shell(script, pipe[0]);
    ::close(pipe[0]);
    lifeline_ = pipe[1];
    wait_until_ready(url_of("template1"), watcher_);
}

PostgresServer::~PostgresServer() {
    ::close(lifeline_);
    ::waitpid(watcher_, nullptr, 0);
}

std::string PostgresServer::url_of(const std::string& database) const {
    return "postgresql://convene@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

std::string PostgresServer::create_database(const std::string& template_name) {
    const std::string name = "test_" + std::to_string(++databases_);
    run_sql(url_of("template1"), "CREATE DATABASE " + name + " TEMPLATE " + template_name);
    return url_of(name);
}

std::vector<SqlRow> run_sql(const std::string& url, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()), &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(connection.get()));
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()),
                                                               &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        throw std::runtime_error(PQerrorMessage(connection.get()));
    }
    std::vector<SqlRow> rows;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
        SqlRow& row = rows.emplace_back();
        for (int c = 0; c < PQnfields(result.get()); ++c) {
            if (PQgetisnull(result.get(), r, c) != 0) {
                row.emplace_back();
            } else {
                row.emplace_back(PQgetvalue(result.get(), r, c));
            }
        }
    }
    return rows;
}

std::string sql_value(const std::string& url, const std::string& sql) {
    const auto rows = run_sql(url, sql);
    if (rows.size() != 1 || rows[0].size() != 1 || !rows[0][0]) {
        throw std::runtime_error("not one value: " + sql);
    }
    return *rows[0][0];
}

}  // namespace convene::test
