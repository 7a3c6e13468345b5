#include "cli/read_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <array>
#include <cerrno>
#include <system_error>

#include "cli/bad_input.h"
#include "cli/interrupt.h"

namespace convene::cli {
namespace {

/// A descriptor that closes itself, standard input excepted.
class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : number_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~Descriptor() {
        if (number_ > STDIN_FILENO) close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

[[noreturn]] void refuse(const std::string& path, std::string message) {
    throw BadInput(source_name(path), {InputFault{"", "", std::move(message)}});
}

}  // namespace

std::string source_name(const std::string& path) {
    return path == "-" ? "standard input" : path;
}

std::string read_input(const std::string& path) {
    const Descriptor file(path);
    if (file.number() < 0) {
        refuse(path, errno == ENOENT ? "there is no such file" : std::generic_category().message(errno));
    }
    struct stat about {};
    if (fstat(file.number(), &about) == 0 && S_ISDIR(about.st_mode))
        refuse(path, "this is a directory, not a file");

    std::string text;
    std::array<char, 65536> block;
    while (true) {
        const ssize_t count = read(file.number(), block.data(), block.size());
        if (count == 0) return text;
        if (count < 0 && errno == EINTR && !interrupted()) continue;
        if (count < 0) refuse(path, std::generic_category().message(errno));
        text.append(block.data(), static_cast<std::size_t>(count));
        if (text.size() > kLargestInput) {
            refuse(path, fmt::format("larger than {} MB, which no cohort is", kLargestInput >> 20));
        }
    }
}

}  // namespace convene::cli
