// tests/web/board_fixture.h: a board server on a database of its own.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/import_cohort.h"
#include "app/schedule_cohort.h"
#include "storage/open_store.h"
#include "tests/support/files.h"
#include "tests/support/memory_store.h"
#include "tests/support/postgres_server.h"
#include "tests/support/program.h"
#include "tests/support/tiny_cohort.h"
#include "tests/web/http_client.h"
#include "web/board_server.h"

namespace convene::test {

class OpenStore final : public Database {
public:
    explicit OpenStore(const std::string& url) : store_(storage::open(url)) {}
    CohortStore& cohorts() override { return store_->cohorts(); }
    RealizationStore& realization() override { return store_->realizations(); }
    JobStore& jobs() override { return store_->jobs(); }
    SchemaManager& schema() override { return store_->schema(); }

private:
    std::unique_ptr<storage::Store> store_;
};

/// What Discord would do, without Discord: one step for each group that has no channels yet. Once all have
/// them, a name that somebody has changed by hand.
class PretendedRealizer final : public Realizer {
public:
    explicit PretendedRealizer(RealizationStore& store) : store_(store) {}
    RealizationPlan plan(CohortId cohort, const RealizationOptions& options) override {
        RealizationPlan plan;
        const auto wanted = store_.get_cohort_groups_for_realization(cohort);
        for (const RealizationGroup& group : wanted->groups) {
            if (!group.discord_text_channel_id)
                plan.steps.push_back({RealizationStep::Action::create, "text channel", group.group_name,
                                      group.group_name, ""});
        }
        plan.cohort_name = wanted->cohort_name;
        if (!plan.steps.empty()) return plan;
        if (options.restore) {
            plan.steps.push_back({RealizationStep::Action::update,
                                  "category",
                                  "",
                                  "by hand",
                                  "",
                                  {{"name", "by hand", "as it was"}}});
        } else {
            plan.notes.push_back({RealizationNote::Kind::drift, "the category was renamed by hand", ""});
        }
        return plan;
    }
    RealizationOutcome realize(CohortId cohort, const RealizationOptions& options,
                               const std::function<void(const RealizationProgress&)>& on_progress,
                               const std::function<bool()>& should_stop) override {
        RealizationOutcome outcome;
        const RealizationPlan planned = plan(cohort, options);
        const auto wanted = store_.get_cohort_groups_for_realization(cohort);
        int done = 0;
        for (const RealizationGroup& group : wanted->groups) {
            if (should_stop()) break;
            const std::string id = std::to_string(1000 + group.group_id.value);
            store_.save_discord_channel_ids(group.group_id, id, id);
            outcome.links.push_back("https://discord.com/channels/7/" + id);
            on_progress({++done, static_cast<int>(planned.steps.size()), group.group_name});
        }
        outcome.done = planned.steps;
        return outcome;
    }

private:
    RealizationStore& store_;
};

struct BoardDatabase {
    const char* name;
    std::function<std::string(const TestFolder&)> url;
};

inline const BoardDatabase kSqlite{
    "SQLite", [](const TestFolder& folder) { return "sqlite:" + (folder.path() / "board.db").string(); }};
inline const BoardDatabase kPostgresql{
    "PostgreSQL", [](const TestFolder&) { return PostgresServer::shared().create_database(); }};

/// The 60 people of the example cohort, imported; cohort 1. Scheduled on demand.
class BoardFixture : public ::testing::Test {
protected:
    void open(const BoardDatabase& database, web::BoardOptions options = {}) {
        url_ = database.url(folder_);
        storage::open(url_, storage::Schema::unchecked)->schema().migrate();
        store_ = std::make_unique<OpenStore>(url_);
        import();
        serve(std::move(options));
    }

    void serve(web::BoardOptions options) {
        if (options.user.empty()) options.user = "ana";
        server_ = std::make_unique<web::BoardServer>(
            web::Surroundings{zone_table(), clock_, [this] { return std::make_unique<OpenStore>(url_); },
                              [](Database& database) {
                                  return std::make_unique<PretendedRealizer>(database.realization());
                              },
                              discord_login_, discord_login_ ? "42" : ""},
            std::move(options));
    }

    void schedule() {
        const auto result = schedule_cohort(store_->cohorts(), zone_table(), clock_, cohort_, {});
        ASSERT_TRUE(result && result->status == ScheduleStatus::scheduled);
    }

    [[nodiscard]] HttpClient client() const {
        HttpClient client(server_->port());
        client.open_session();
        return client;
    }
    [[nodiscard]] std::string at(const std::string& rest = "") const {
        return "/cohorts/" + std::to_string(cohort_.value) + rest;
    }
    /// Waits for the end of a job; everything it told.
    static std::vector<nlohmann::json> events(HttpClient& client, const std::string& job) {
        const std::string stream = client.get("/jobs/" + job + "/events").body;
        std::vector<nlohmann::json> told;
        for (std::size_t at = stream.find("data: {\"type\""); at != std::string::npos;
             at = stream.find("data: {\"type\"", at + 1))
            told.push_back(nlohmann::json::parse(stream.substr(at + 6, stream.find('\n', at) - at - 6)));
        return told;
    }
    static nlohmann::json last_event(HttpClient& client, const std::string& job) {
        const auto told = events(client, job);
        return told.empty() ? nlohmann::json() : told.back();
    }

    TestFolder folder_;
    SetClock clock_{instant("2025-01-01T00:00:00Z")};
    std::string url_;
    std::unique_ptr<OpenStore> store_;
    CohortId cohort_;
    std::function<web::DiscordUser(const std::string&, const std::string&)> discord_login_;
    std::unique_ptr<web::BoardServer> server_;

private:
    void import() {
        const auto imported =
            import_cohort_file(store_->cohorts(), zone_table(), read_data("instances/60.cohort.json"));
        ASSERT_TRUE(imported) << to_string(imported.error().front());
        cohort_ = imported->report.cohort_id;
    }
};

}  // namespace convene::test
