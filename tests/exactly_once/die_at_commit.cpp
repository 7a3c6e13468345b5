// A library to be preloaded into a program: it ends that program, as kill -9
// would, right before or right after its n-th transaction that writes is committed.
//
// DIE_AT_COMMIT=7 DIE_WHEN=before|after, or DIE_COUNT_FILE=… to learn how many there are. Both databases are
// reached through their own C libraries, whose calls are caught here; the program itself knows of nothing.
#include <dlfcn.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace {

// A transaction belongs to one thread from BEGIN to COMMIT.
thread_local bool writing = false;
std::atomic<int> commits{0};

bool starts_with(const char* text, const char* with) {
    return text != nullptr && std::strncmp(text, with, std::strlen(with)) == 0;
}

/// Whether the statement is the commit to die at.
bool is_the_one(const char* sql) {
    if (starts_with(sql, "BEGIN")) {
        writing = std::strstr(sql, "IMMEDIATE") != nullptr || std::strstr(sql, "READ WRITE") != nullptr;
        return false;
    }
    if (!starts_with(sql, "COMMIT") || !writing) return false;
    const char* number = std::getenv("DIE_AT_COMMIT");
    return ++commits == (number == nullptr ? 0 : std::atoi(number));
}

bool before() {
    const char* when = std::getenv("DIE_WHEN");
    return when != nullptr && std::strcmp(when, "before") == 0;
}

void die() {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

template <class Call, class... Arguments>
auto carry_out(const char* name, const char* sql, Arguments... arguments) {
    const auto real = reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
    const bool now = is_the_one(sql);
    if (now && before()) die();
    const auto result = real(arguments...);
    if (now) die();
    return result;
}

/// Of a program that lived: how many there were.
__attribute__((destructor)) void tell() {
    const char* file = std::getenv("DIE_COUNT_FILE");
    if (file != nullptr) std::ofstream(file) << commits.load();
}

}  // namespace

extern "C" {

int sqlite3_exec(sqlite3* database, const char* sql, int (*each)(void*, int, char**, char**), void* context,
                 char** error) {
    return carry_out<decltype(&sqlite3_exec)>("sqlite3_exec", sql, database, sql, each, context, error);
}

PGresult* PQexec(PGconn* connection, const char* sql) {
    return carry_out<decltype(&PQexec)>("PQexec", sql, connection, sql);
}
}
