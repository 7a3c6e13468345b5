// tests/exactly_once/trial.h: a cohort of three groups, a sandbox, and one thing that goes wrong.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/rehearsal.h"
#include "tests/exactly_once/change.h"
#include "tests/exactly_once/hidden.h"
#include "tests/exactly_once/point.h"

namespace convene::test {

/// A database with the cohort imported and its groups formed, to be copied for each trial; where they have
/// been realized, with the server as it stands.
class Origin {
public:
    enum class Kind { sqlite, postgresql };
    enum class Stage { formed, realized };
    Origin(Kind kind, Stage stage);

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
    /// Options for a sandbox with the server as it stands, or else as `fresh` describes it.
    [[nodiscard]] std::vector<std::string> server(const TestFolder& folder,
                                                  const nlohmann::json& fresh) const;

private:
    void realize();

    Rehearsal rehearsal_;
    std::string template_;  ///< its file, or its name on the server
    std::string state_;     ///< the sandbox's file, once they are realized
};

/// A change by the programs, on a copy of the origin and a sandbox of its own.
class Trial {
public:
    Trial(const Origin& origin, const Change& change, Hiding hiding = Hiding::none);

    /// An undisturbed run. \throws std::runtime_error when it fails
    [[nodiscard]] CalmRun calm();

    /// Lets it happen, then runs until done. Empty, or what is wrong in the end.
    [[nodiscard]] std::string survives(const Point& point, const CalmRun& calm);

    [[nodiscard]] std::string fault(bool accident_strikes_others = false) const;
    [[nodiscard]] ProgramResult carry_out(const std::vector<std::string>& more = {}) const;
    [[nodiscard]] const SandboxProgram& sandbox() const noexcept { return *sandbox_; }
    [[nodiscard]] ProgramOptions options() const;

private:
    /// Unless the database has it already. \param with  the edit's
    void edit(const ProgramOptions& with) const;
    [[nodiscard]] std::string count_of_edits() const;
    [[nodiscard]] nlohmann::json requests() const;
    [[nodiscard]] std::string plan() const;
    /// \returns what was hidden meanwhile, if that was asked for
    std::optional<Hidden> first_run(const Point& point);
    [[nodiscard]] std::string hidden_is_told(const Hidden& hidden) const;

    const Change& change_;
    TestFolder folder_;
    std::unique_ptr<Origin::Copy> database_;
    std::unique_ptr<SandboxProgram> sandbox_;
    std::int64_t last_before_ = 0;  ///< request in the sandbox's log
    std::string edits_before_;
};

}  // namespace convene::test
