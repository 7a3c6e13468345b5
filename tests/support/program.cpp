#include "tests/support/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace convene::test {
namespace {

std::filesystem::path scratch_file(const std::string& kind) {
    static std::atomic<int> count = 0;
    return std::filesystem::temp_directory_path() /
           ("convene-test-" + std::to_string(getpid()) + '-' + std::to_string(++count) + '.' + kind);
}

std::string content_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// Ours without convene's settings, and these variables: `NAME=value` each.
std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
    static const std::set<std::string> kSettings = {
        "CONVENE_DATABASE_URL",   "DISCORD_TOKEN",           "DISCORD_GUILD_ID", "DISCORD_API_BASE",
        "DISCORD_APPLICATION_ID", "DISCORD_TIMEOUT_SECONDS", "NO_COLOR",         "COLUMNS"};
    std::vector<std::string> entries;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string name(*entry, std::strcspn(*entry, "="));
        if (!kSettings.contains(name) && !variables.contains(name)) entries.emplace_back(*entry);
    }
    for (const auto& [name, value] : variables) entries.push_back(name + '=' + value);
    return entries;
}

/// Ended by a null pointer, as the kernel wants it; valid as long as the words are.
std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

}  // namespace

Program::Program(const std::string& path, const std::vector<std::string>& arguments,
                 const ProgramOptions& options)
    : input_(scratch_file("in")), errors_(scratch_file("err")) {
    std::ofstream(input_) << options.input;
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    std::vector<std::string> words = {path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment_with(options.environment);
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> envp = pointers(variables);

    // Between fork and exec nothing is allocated: another thread may hold the allocator's lock.
    process_ = fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ == 0) {
        dup2(open(input_.c_str(), O_RDONLY), STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        dup2(open(errors_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
        if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) _exit(126);
        execve(argv[0], argv.data(), envp.data());
        _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
}

Program::~Program() {
    if (process_ > 0) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    if (out_ >= 0) close(out_);
    std::error_code ignored;
    std::filesystem::remove(input_, ignored);
    std::filesystem::remove(errors_, ignored);
}

void Program::send(int signal) const {
    if (process_ > 0) kill(process_, signal);
}

bool Program::has_ended() const {
    siginfo_t info{};
    return process_ <= 0 ||
           (waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid != 0);
}

void Program::wait_until_it_catches(int signal) const {
    const std::string status = "/proc/" + std::to_string(process_) + "/status";
    while (true) {
        const std::string text = content_of(status);
        const std::size_t line = text.find("SigCgt:");
        if (line == std::string::npos || text.find("State:\tZ") != std::string::npos) return;
        const std::uint64_t caught = std::stoull(text.substr(line + 7, 32), nullptr, 16);
        if ((caught >> (signal - 1) & 1U) != 0) return;
        std::this_thread::yield();
    }
}

std::string Program::read_line() {
    std::string line;
    char letter = 0;
    while (read(out_, &letter, 1) == 1 && letter != '\n') line += letter;
    return line;
}

ProgramResult Program::wait() {
    ProgramResult result;
    std::array<char, 4096> block;
    while (true) {
        const ssize_t count = read(out_, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        result.out.append(block.data(), static_cast<std::size_t>(count));
    }
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    result.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    result.err = content_of(errors_);
    return result;
}

ProgramResult run_program(const std::string& path, const std::vector<std::string>& arguments,
                          const ProgramOptions& options) {
    return Program(path, arguments, options).wait();
}

TestFolder::TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "convene-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TestFolder::write(const std::string& name, const std::string& content) const {
    std::filesystem::path file = path_ / name;
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

}  // namespace convene::test
