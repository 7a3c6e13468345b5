// tests/support/program.h: started programs, for tests of the whole.
#pragma once
#include <sys/types.h>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace convene::test {

struct ProgramResult {
    int exit_code = 0;  ///< 128 + signal for a program that a signal ended
    std::string out;
    std::string err;
};

struct ProgramOptions {
    std::string input;                               ///< for standard input
    std::map<std::string, std::string> environment;  ///< on top of an environment without convene's settings
    std::filesystem::path directory;                 ///< to work in
};

/// One process, its standard streams read to the end. Killed when destroyed before it was waited for.
class Program {
public:
    Program(const std::string& path, const std::vector<std::string>& arguments,
            const ProgramOptions& options);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void send(int signal) const;
    [[nodiscard]] pid_t id() const noexcept { return process_; }
    [[nodiscard]] bool has_ended() const;
    /// Returns once the program has a handler for `signal`, as the kernel tells, or has ended.
    void wait_until_it_catches(int signal) const;
    /// The next line of standard output, without its break; what is left when it ends before one.
    [[nodiscard]] std::string read_line();
    [[nodiscard]] ProgramResult wait();

private:
    pid_t process_ = -1;
    std::filesystem::path input_;
    std::filesystem::path errors_;
    int out_ = -1;
};

[[nodiscard]] ProgramResult run_program(const std::string& path, const std::vector<std::string>& arguments,
                                        const ProgramOptions& options = {});

/// A folder that goes with its files when destroyed.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    /// Writes a file into it. \returns its path
    std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path path_;
};

}  // namespace convene::test
