#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "storage/sql/sqlite_connection.h"

namespace convene::storage {
namespace {

class FileLock : public CohortLock {
public:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock() override { ::close(descriptor_); }

private:
    int descriptor_;
};

[[noreturn]] void fail(const std::string& what, const std::string& path) {
    const std::string reason = std::strerror(errno);
    throw DatabaseError(DatabaseError::Kind::other, "cannot " + what + " `" + path + "`: " + reason);
}

/// One byte per key, far beyond the end of the empty file. Open file
/// description locks also exclude two descriptors of one process.
struct flock range_of(std::int64_t key) {
    struct flock range {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = static_cast<off_t>(key & (std::numeric_limits<std::int64_t>::max() >> 1));
    range.l_len = 1;
    return range;
}

}  // namespace

std::unique_ptr<CohortLock> try_lock_file(const std::string& lock_path, std::int64_t key) {
    const int descriptor = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) fail("open the lock file", lock_path);
    auto lock = std::make_unique<FileLock>(descriptor);
    struct flock range = range_of(key);
    if (::fcntl(descriptor, F_OFD_SETLK, &range) == 0) return lock;
    if (errno == EAGAIN || errno == EACCES) return nullptr;
    fail("lock", lock_path);
}

bool is_file_locked(const std::string& lock_path, std::int64_t key) {
    const int descriptor = ::open(lock_path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return false;
        fail("open the lock file", lock_path);
    }
    const FileLock closed_at_the_end(descriptor);
    struct flock range = range_of(key);
    if (::fcntl(descriptor, F_OFD_GETLK, &range) != 0) fail("look at", lock_path);
    return range.l_type != F_UNLCK;
}

}  // namespace convene::storage
