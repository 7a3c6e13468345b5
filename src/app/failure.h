// src/app/failure.h: the world outside failed; no input or caller is to blame.
#pragma once
#include <stdexcept>
#include <string>

namespace convene {

/// Base of every such failure. what() is one sentence for people, free of secrets.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// May the caller try again?
enum class Retry {
    safe,     ///< nothing was done
    useless,  ///< it will fail again until somebody mends something
    unknown,  ///< it may have been done: look before repeating
};

/// The database failed.
class StoreFailure : public Failure {
public:
    StoreFailure(std::string operation, const std::string& message, Retry retry)
        : Failure(operation + ": " + message), operation_(std::move(operation)), retry_(retry) {}
    [[nodiscard]] const std::string& operation() const noexcept { return operation_; }
    [[nodiscard]] Retry retry() const noexcept { return retry_; }

private:
    std::string operation_;
    Retry retry_;
};

/// Discord failed, refused, or could not be reached.
class DiscordFailure : public Failure {
public:
    DiscordFailure(const std::string& message, Retry retry) : Failure(message), retry_(retry) {}
    [[nodiscard]] Retry retry() const noexcept { return retry_; }

private:
    Retry retry_;
};

}  // namespace convene
