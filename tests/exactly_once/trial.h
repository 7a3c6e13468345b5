// tests/exactly_once/trial.h: a cohort of three groups, a sandbox, and one thing that goes wrong.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "tests/e2e/rehearsal.h"
#include "tests/exactly_once/hidden.h"
#include "tests/exactly_once/point.h"

namespace convene::test {

/// A database with the cohort imported and its groups formed, to be copied for each trial.
class Origin {
public:
    enum class Kind { sqlite, postgresql };
    explicit Origin(Kind kind);

    /// A fresh copy, gone when its holder goes.
    class Copy {
    public:
        Copy(std::string url, std::string drop_by) : url_(std::move(url)), drop_by_(std::move(drop_by)) {}
        ~Copy();
        Copy(const Copy&) = delete;
        Copy& operator=(const Copy&) = delete;
        [[nodiscard]] const std::string& url() const noexcept { return url_; }

    private:
        std::string url_;
        std::string drop_by_;  ///< a database of the same server; empty for a file
    };
    /// Any number of threads may call at once.
    [[nodiscard]] std::unique_ptr<Copy> copy(const TestFolder& folder) const;

private:
    Rehearsal rehearsal_;
    std::string template_;  ///< its file, or its name on the server
};

/// The server they meet on: everybody has joined. `settings` are the sandbox's.
[[nodiscard]] nlohmann::json server_of_three_groups(const nlohmann::json& settings);

/// `convene realize` by the program, on a copy of the origin and a sandbox of its own.
class Trial {
public:
    Trial(const Origin& origin, const nlohmann::json& settings);

    /// An undisturbed run. \throws std::runtime_error when it fails
    [[nodiscard]] CalmRun calm();

    /// Lets it happen, then runs until done. Empty, or what is wrong in the end.
    [[nodiscard]] std::string survives(const Point& point);

    [[nodiscard]] std::string fault(bool accident_strikes_others = false) const;
    [[nodiscard]] ProgramResult realize() const;
    [[nodiscard]] const SandboxProgram& sandbox() const noexcept { return *sandbox_; }
    [[nodiscard]] ProgramOptions options() const;

private:
    /// \returns what was hidden meanwhile, if that was asked for
    std::optional<Hidden> first_run(const Point& point);

    TestFolder folder_;
    std::unique_ptr<Origin::Copy> database_;
    std::unique_ptr<SandboxProgram> sandbox_;
};

}  // namespace convene::test
