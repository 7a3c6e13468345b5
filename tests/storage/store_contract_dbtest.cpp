#include "tests/storage/store_contract.h"

#include "storage/sql/postgres_connection.h"
#include "storage/sql/sqlite_connection.h"
#include "tests/support/postgres_server.h"

namespace convene::test {

namespace fs = std::filesystem;
using storage::Database;

TemporaryDirectory::TemporaryDirectory() {
    std::string name = (fs::temp_directory_path() / "convene-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string fresh_database(Database database, const TemporaryDirectory& directory) {
    if (database == Database::sqlite) {
        const std::string url = "sqlite:" + (directory.path() / "convene.db").string();
        (void)storage::open(url, storage::Schema::create_if_new);
        return url;
    }
    static const std::string kTemplate = [] {
        const std::string url = PostgresServer::shared().create_database();
        storage::open(url, storage::Schema::unchecked)->schema().migrate();
        return url.substr(url.rfind('/') + 1);
    }();
    return PostgresServer::shared().create_database(kTemplate);
}

std::unique_ptr<storage::Connection> connect_raw(const std::string& url) {
    if (url.starts_with("sqlite:")) return storage::make_sqlite_connection(url.substr(7), false);
    return storage::make_postgres_connection(url);
}

StoreContract::StoreContract()
    : url_(fresh_database(GetParam(), directory_)), store_(storage::open(url_)), raw_(connect_raw(url_)) {}

StoreContract::~StoreContract() = default;

std::string StoreContract::value(const std::string& expression, const std::string& rest) {
    const auto rows = raw_->select({expression + " AS value"}, rest);
    if (rows.size() != 1) throw std::runtime_error(std::to_string(rows.size()) + " rows instead of one");
    return rows.front().optional_text("value").value_or("null");
}

CohortSnapshot StoreContract::load(CohortId cohort) {
    auto snapshot = cohorts().load_cohort(cohort);
    if (!snapshot) throw std::runtime_error("no such cohort");
    return *std::move(snapshot);
}

std::string database_name(const ::testing::TestParamInfo<Database>& info) {
    return info.param == Database::sqlite ? "sqlite" : "postgresql";
}

PersonImport person(const std::string& reference, Role role) {
    PersonImport result;
    result.reference = reference;
    result.name = "Name of " + reference;
    result.email = reference + "@example.org";
    result.timezone = "Europe/London";
    result.availability_local = R"({"Wednesday":["14:00-18:00"]})";
    result.if_needed_availability_local = "{}";
    result.role = role;
    return result;
}

CohortImport spring_cohort() {
    CohortImport import;
    import.cohort_name = "Spring";
    import.course_name = "Course";
    import.start_date = Date{std::chrono::year{2025}, std::chrono::January, std::chrono::day { 15 }};
    import.number_of_group_meetings = 2;
    import.people = {person("f1", Role::facilitator), person("p1"), person("p2")};
    return import;
}

Instant at(int year, unsigned month, unsigned day, int hour, int minute) {
    const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + Minutes{minute};
}

CohortChanges one_group_of_all(const CohortSnapshot& cohort) {
    NewGroup group;
    group.group_name = "Group 1";
    group.recurring_meeting_time_utc = "Wednesday 15:00";
    group.anchor = "UTC";
    group.anchor_start = "Wednesday 15:00";
    group.start_date = Date{std::chrono::year{2025}, std::chrono::January, std::chrono::day{15}};
    group.expected_end_date = Date{std::chrono::year{2025}, std::chrono::January, std::chrono::day{22}};
    group.meetings = {at(2025, 1, 15, 15), at(2025, 1, 22, 15)};
    CohortChanges changes;
    for (const SignupRow& signup : cohort.signups) {
        if (signup.role == Role::facilitator) {
            group.facilitator = signup.user_id;
        } else {
            group.participants.push_back(signup.user_id);
        }
        changes.signups.push_back({signup.signup_id, GroupingStatus::grouped, true});
    }
    changes.new_groups.push_back(std::move(group));
    return changes;
}

RunRecord some_run() {
    return {"job-1",   "schedule",         R"({"seed":0})",       R"({"placed":2})",
            "optimal", at(2025, 1, 10, 9), at(2025, 1, 10, 9, 1), RunId{}};
}

EditRecord some_edit() {
    EditRecord edit;
    edit.command = "move";
    edit.detail = "{}";
    edit.inverse = "{}";
    edit.violations = "[]";
    edit.author = "ana";
    edit.made_at = at(2025, 1, 11, 12, 30);
    return edit;
}

}  // namespace convene::test
